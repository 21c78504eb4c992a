package io.github.gitops4j.kubernetes.internal.fields;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerObjectTest {
  private static final ManagerName OURS = ManagerName.of("shop");
  private static final ResourceKey KEY = ResourceKey.of("apps", "Deployment", "prod", "web");

  /** Words that a test replaces to see what they change. */
  private static final String OBJECT =
      """
      {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","namespace":"prod",\
      "uid":"u-1","resourceVersion":"7","generation":3,"creationTimestamp":"C",\
      "labels":{"a":"\\u00fc\\"}"},"annotations":{"x":"1"},"managedFields":[\
      {"manager":"gitops4j:shop","operation":"Apply","apiVersion":"apps/v1","time":"T1",\
      "fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:replicas":{}}}},\
      {"manager":"controller","operation":"Update","apiVersion":"apps/v1","time":"T2",\
      "fieldsType":"FieldsV1","fieldsV1":{"f:status":{}},"subresource":"status"}]},\
      "spec":{"replicas":2,"x":[1,-2.5e3,true,null,"s"]},"status":{"ready":1}}""";

  private static ServerObject read(String json) {
    return ServerObject.read(json.getBytes(UTF_8));
  }

  private static ContentDigest digest(String json) {
    return read(json).digest(OURS);
  }

  private static ContentDigest changed(String what, String to) {
    assertThat(OBJECT).contains(what);
    return digest(OBJECT.replace(what, to));
  }

  @Test
  void metadataAreKnownAtOnce() {
    ServerObject object = read(OBJECT);
    assertThat(object.name()).isEqualTo("web");
    assertThat(object.namespace()).isEqualTo("prod");
    assertThat(object.resourceVersion()).isEqualTo("7");
    assertThat(object.isTerminating()).isFalse();
    assertThat(object.owner(OURS)).isEqualTo("shop");
    assertThat(read(OBJECT.replace("\"generation\"", "\"deletionTimestamp\":\"D\",\"generation\"")))
        .matches(ServerObject::isTerminating);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"resourceVersion\":\"7\"|\"resourceVersion\":\"8\"",
        "\"ready\":1|\"ready\":2",
        "\"time\":\"T2\"|\"time\":\"T3\"",
        "\"x\":\"1\"|\"x\":\"2\"",
        "\"replicas\":2|\"replicas\":3"
      })
  void whatWeCouldNotOwnIsNotInTheDigestOfWhatWeApplied(String change) {
    String[] parts = change.split("\\|", -1);
    assertThat(changed(parts[0], parts[1])).isEqualTo(digest(OBJECT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"time\":\"T1\"|\"time\":\"T9\"",
        "\"f:replicas\"|\"f:paused\"",
        "\"generation\":3|\"generation\":4"
      })
  void whatWeAppliedAndTheGenerationAreInIt(String change) {
    String[] parts = change.split("\\|", -1);
    assertThat(changed(parts[0], parts[1])).isNotEqualTo(digest(OBJECT));
  }

  @Test
  void whereNobodyCountsGenerationsTheContentIsInIt() {
    String without = OBJECT.replace("\"generation\":3,", "");
    assertThat(digest(without.replace("\"replicas\":2", "\"replicas\":3")))
        .isNotEqualTo(digest(without));
    assertThat(digest(without.replace("\"ready\":1", "\"ready\":2"))).isEqualTo(digest(without));
  }

  @Test
  void whatIsNotOursHasTheDigestOfItsContentAlone() {
    String theirs = OBJECT.replace("gitops4j:shop", "someone");
    assertThat(digest(theirs.replace("\"x\":\"1\"", "\"x\":\"2\""))).isNotEqualTo(digest(theirs));
    assertThat(digest(theirs.replace("T1", "T9"))).isEqualTo(digest(theirs));
    assertThat(digest(theirs.replace("\"generation\":3", "\"generation\":4")))
        .isEqualTo(digest(theirs));
    assertThat(digest(theirs.replace("\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",", "")))
        .isEqualTo(digest(theirs));
    assertThat(digest(theirs.replace(",\"status\":{\"ready\":1}", ""))).isEqualTo(digest(theirs));
  }

  /** Inventories hold such digests, so another reader must not give others. */
  @Test
  void itsDigestIsOfTheBytesOfTheServer() {
    int entry = OBJECT.indexOf("{\"manager\"");
    String ours = OBJECT.substring(entry, OBJECT.indexOf(",{\"manager\":\"controller\""));
    assertThat(digest(OBJECT)).isEqualTo(ContentDigest.of(ours + "\0" + "3\0"));
    assertThat(digest(OBJECT.replace("gitops4j:shop", "someone")))
        .isEqualTo(
            ContentDigest.of(
                String.join(
                        "\0",
                        "\"name\":\"web\"",
                        "\"namespace\":\"prod\"",
                        "\"labels\":{\"a\":\"\\u00fc\\\"}\"}",
                        "\"annotations\":{\"x\":\"1\"}",
                        "\"spec\":{\"replicas\":2,\"x\":[1,-2.5e3,true,null,\"s\"]}")
                    + "\0"));
  }

  @Test
  void theMarksOfOthersAreSeen() {
    assertThat(read(OBJECT.replace("gitops4j:shop", "gitops4j:other")).owner(OURS))
        .isEqualTo("other");
    String theirs = OBJECT.replace("gitops4j:shop", "someone");
    assertThat(read(theirs).owner(OURS)).isEmpty();
    assertThat(
            read(theirs.replace("\"x\":\"1\"", "\"argocd.argoproj.io/tracking-id\":\"app:g/k\""))
                .owner(OURS))
        .isEqualTo("argocd:app");
    assertThat(
            read(theirs.replace(
                    "\"a\":\"", "\"kustomize.toolkit.fluxcd.io/name\":\"apps\",\"a\":\""))
                .owner(OURS))
        .isEqualTo("flux:apps");
  }

  @Test
  void itsContentIsReadWhenItIsAskedFor() {
    LiveResource seen = read(OBJECT).observed(KEY, OURS);
    assertThat(seen.uid()).isEqualTo("u-1");
    assertThat(seen.document().orElseThrow().text(FieldPath.parse("/metadata/labels/a")))
        .contains("ü\"}");
    assertThat(seen.document().orElseThrow().at(FieldPath.parse("/metadata/managedFields")))
        .isEmpty();
  }

  @Test
  void whatIsNoObjectIsSaid() {
    assertThatThrownBy(() -> read("[]")).isInstanceOf(LiveStateException.class);
    assertThatThrownBy(() -> read("{\"metadata\":")).isInstanceOf(LiveStateException.class);
  }

  @Test
  void whatIsKeptIsTheContentWithoutTheEntriesOfManagers() {
    ServerObject object = read(OBJECT);
    byte[] kept = object.slimJson();
    assertThat(new String(kept, UTF_8))
        .contains("\"managedFields\":[]")
        .hasSizeLessThan(OBJECT.length() * 2 / 3);
    assertThat(ServerObject.contentOf(kept))
        .isEqualTo(object.observed(KEY, OURS).document().orElseThrow());
    String unmanaged = OBJECT.replaceAll("\"managedFields\":.*]},", "\"n\":1},");
    assertThat(new String(read(unmanaged).slimJson(), UTF_8)).isEqualTo(unmanaged);
  }
}
