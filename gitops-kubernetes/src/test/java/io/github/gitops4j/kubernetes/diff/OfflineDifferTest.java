package io.github.gitops4j.kubernetes.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.diff.AdditionPolicy;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OfflineDifferTest {
  private static final String DEPLOYMENT = "{apiVersion: apps/v1, kind: Deployment, ";
  private static final String LIVE =
      "metadata: {name: a, uid: u, resourceVersion: \"1\"}, status: {x: 1}, ";

  @Nested
  class TwoSides {
    @Test
    void whatTheServerAddsIsNoDifference() {
      assertThat(
              diff(
                  DEPLOYMENT + "metadata: {name: a, annotations: {}}, spec: {replicas: 2}}",
                  DEPLOYMENT
                      + LIVE
                      + "spec: {replicas: 2, paused: true, strategy: {type: RollingUpdate}}}"))
          .isEmpty();
    }

    @Test
    void amountsAreComparedByValue() {
      String desired = containers("{name: a, resources: {limits: {cpu: 0.5, memory: 1Gi}}}");
      String live = containers("{name: a, resources: {limits: {cpu: 500m, memory: 1024Mi}}}");
      assertThat(diff(desired, live)).isEmpty();
      assertThat(diff(desired, live.replace("500m", "501m")))
          .containsExactly(
              "/spec/template/spec/containers/[name=a]/resources/limits/cpu: \"501m\" -> 0.5");
    }

    @Test
    void emptyAndAbsentAreTheSameWhereTheServerSaysSo() {
      String live = containers("{name: a, env: [{name: A}]}");
      assertThat(
              diff(
                  containers(
                      "{name: a, args: [], tty: false, workingDir: \"\","
                          + " env: [{name: A, value: \"\"}]}"),
                  live))
          .isEmpty();
      assertThat(
              diff(
                  containers("{name: a, securityContext: {runAsNonRoot: false}, env: [{name: A}]}"),
                  live))
          .containsExactly(
              "/spec/template/spec/containers/[name=a]/securityContext:"
                  + " absent -> {\"runAsNonRoot\":false}");
    }

    @Test
    void anEmptyValueOfAMapIsAValue() {
      assertThat(
              diff(
                  "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: \"\"}}",
                  "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {}}"))
          .containsExactly("/data/a: absent -> \"\"");
    }

    @Test
    void aDefaultIsAsGoodAsNothing() {
      String bare = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {}}";
      assertThat(diff(bare.replace("{}", "{type: ClusterIP, sessionAffinity: None}"), bare))
          .isEmpty();
      assertThat(diff(bare.replace("{}", "{type: NodePort}"), bare)).hasSize(1);
      assertThat(
              diff(
                  bare.replace("{}", "{sessionAffinity: ''}"),
                  bare.replace("{}", "{sessionAffinity: None}")))
          .isEmpty();
      assertThat(
              diff(
                  containers("{name: a, imagePullPolicy: Always}"),
                  containers("{name: a, imagePullPolicy: IfNotPresent}")))
          .hasSize(1);
    }

    @Test
    void aNullIsAsGoodAsNothing() {
      assertThat(
              diff(
                  DEPLOYMENT + "metadata: {name: a}, spec: {replicas: null}}",
                  DEPLOYMENT + "metadata: {name: a}, spec: {replicas: 7}}"))
          .isEmpty();
    }

    @Test
    void itemsAreMatchedByTheirKeysInAnyOrder() {
      assertThat(
              diff(
                  containers("{name: b, image: x}, {name: a, image: w}"),
                  containers("{name: a, image: z}, {name: c}, {name: b, image: x}")))
          .containsExactly("/spec/template/spec/containers/[name=a]/image: \"z\" -> \"w\"");
    }

    @Test
    void portsAreKnownByNumberAndProtocolWhichIsTcpIfNothingIsSaid() {
      String service = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [%s]}}";
      String live = "{port: 53, protocol: UDP, nodePort: 3}, {port: 53, protocol: TCP}";
      assertThat(diff(service.formatted("{port: 53}"), service.formatted(live))).isEmpty();
      assertThat(diff(service.formatted("{port: 53, name: x}"), service.formatted(live)))
          .containsExactly("/spec/ports/[port=53,protocol=TCP]/name: absent -> \"x\"");
      assertThat(diff(service.formatted("{port: 54}"), service.formatted(live)))
          .containsExactly(
              "/spec/ports/[port=54,protocol=TCP]: absent -> {\"port\":54,\"protocol\":\"TCP\"}");
    }

    @Test
    void setsHaveNoOrder() {
      String object = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [%s]}}";
      assertThat(diff(object.formatted("x/a, x/b"), object.formatted("x/b, x/c, x/a"))).isEmpty();
      assertThat(diff(object.formatted("x/d"), object.formatted("x/b")))
          .containsExactly("/metadata/finalizers/1: absent -> \"x/d\"");
    }

    @Test
    void otherListsAreComparedByPosition() {
      assertThat(
              diff(containers("{name: a, args: [x, y]}"), containers("{name: a, args: [y, x, z]}")))
          .hasSize(3);
    }

    @Test
    void ofCustomKindsEverythingElseCounts() {
      String shop = "{apiVersion: example.com/v1, kind: Shop, metadata: {name: a}, spec: {%s}}";
      assertThat(
              diff(
                  shop.formatted("a: 1, containers: [{name: x}]"),
                  shop.formatted("a: 1, containers: [{name: y}, {name: x}], b: 2")))
          .isEmpty();
      assertThat(diff(shop.formatted("a: {}"), shop.formatted("b: 1"))).hasSize(1);
      assertThat(diff(shop.formatted("a: null"), shop.formatted("a: 1")))
          .containsExactly("/spec/a: 1 -> null");
    }

    @Test
    void whatTheItemOfAListLacksIsNoDifference() {
      assertThat(
              diff(
                  "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}}",
                  "{metadata: {name: a}, data: {a: b}}"))
          .isEmpty();
    }
  }

  @Nested
  class ThreeSides {
    @Test
    void whatWasAppliedAndIsDeclaredNoLongerGoes() {
      String now = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}}";
      String live = now.replace("{a: b}", "{a: b, c: d, e: f}");
      OfflineDiffer differ =
          OfflineDiffer.builder()
              .applied(key -> Optional.of(read(now.replace("{a: b}", "{a: x, c: x, g: x}"))))
              .build();
      assertThat(diff(differ, now, live)).containsExactly("/data/c: \"d\" -> absent");
    }

    @Test
    void whatOthersPutBesideItStays() {
      String now = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}";
      OfflineDiffer differ =
          OfflineDiffer.builder()
              .applied(
                  key -> Optional.of(read(now.replace("{name: a}", "{name: a, labels: {o: x}}"))))
              .build();
      assertThat(diff(differ, now, now.replace("{name: a}", "{name: a, labels: {o: x, t: y}}")))
          .containsExactly("/metadata/labels/o: \"x\" -> absent");
      assertThat(diff(differ, now, now.replace("{name: a}", "{name: a, labels: {o: x}}")))
          .containsExactly("/metadata/labels: {\"o\":\"x\"} -> absent");
    }

    @Test
    void inItsPlaceComesTheDefault() {
      String now = DEPLOYMENT + "metadata: {name: a}, spec: {paused: true}}";
      OfflineDiffer differ =
          OfflineDiffer.builder()
              .applied(key -> Optional.of(read(now.replace("{paused", "{replicas: 3, paused"))))
              .build();
      assertThat(diff(differ, now, now.replace("{paused", "{replicas: 3, paused")))
          .containsExactly("/spec/replicas: 3 -> 1");
      assertThat(diff(differ, now, now.replace("{paused", "{replicas: 1, paused"))).isEmpty();
    }
  }

  @Nested
  class ManagedFields {
    private static final String LIVE =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: a
          labels: {ours: x, shared: x}
          managedFields:
          - {manager: "gitops4j:platform/shop", operation: Apply, fieldsV1: %s}
          - {manager: other, operation: Update, fieldsV1: {"f:metadata": {"f:labels": {"f:shared": {}}}}}
        spec:
          replicas: 4
          template:
            spec:
              containers:
              - {name: a, image: a, imagePullPolicy: Always}
              - {name: b, image: b, imagePullPolicy: Always}
              tolerations: [{key: a, operator: Exists, tolerationSeconds: 7}]
        """;

    @Test
    void whatIsOwnedAndDeclaredNoLongerGoes() {
      String owned =
          """
          {"f:metadata": {"f:labels": {"f:ours": {}, "f:shared": {}}}, "f:spec": {"f:replicas": {},
          "f:template": {"f:spec": {"f:containers": {'k:{"name":"a"}': {".": {}, "f:name": {}, "f:image": {}},
          'k:{"name":"b"}': {".": {}, "f:name": {}, "f:image": {}}}}}}}
          """;
      String desired =
          DEPLOYMENT
              + "metadata: {name: a}, spec: {template: {spec: {containers: [{name: a, image:"
              + " a}]}}}}";
      assertThat(diff(desired, live(owned)))
          .containsExactly(
              "/metadata/labels/ours: \"x\" -> absent",
              "/spec/replicas: 4 -> 1",
              "/spec/template/spec/containers/[name=b]:"
                  + " {\"name\":\"b\",\"image\":\"b\",\"imagePullPolicy\":\"Always\"} -> absent");
    }

    @Test
    void aListThatIsWrittenAsAWholeIsDeclaredAsAWhole() {
      String desired =
          DEPLOYMENT
              + "metadata: {name: a}, spec: {replicas: 4, template: {spec: {tolerations:"
              + " [{key: a, operator: Exists}]}}}}";
      assertThat(diff(desired, live("{\"f:spec\": {\"f:gone\": {}}}"))).isEmpty();
      assertThat(
              diff(
                  desired,
                  live(
                      "{\"f:spec\": {\"f:paused\": {}, \"f:template\": {\"f:spec\":"
                          + " {\"f:tolerations\": {}}}}}")))
          .containsExactly("/spec/template/spec/tolerations/0/tolerationSeconds: 7 -> absent");
    }

    @Test
    void whatAnotherOwnerAppliedIsNotOurs() {
      OfflineDiffer differ = OfflineDiffer.builder().owner("platform/other").build();
      assertThat(
              diff(
                  differ,
                  DEPLOYMENT + "metadata: {name: a}}",
                  live("{\"f:spec\": {\"f:replicas\": {}}}")))
          .isEmpty();
    }

    private String live(String owned) {
      return LIVE.formatted(owned.strip().replace("\n", " "));
    }
  }

  @Nested
  class Additions {
    private final OfflineDiffer differ =
        OfflineDiffer.builder().additions(AdditionPolicy.REPORT).build();

    @Test
    void allThatIsNotDeclaredIsReportedButDefaultsAndWhatTheServerWrites() {
      String live =
          DEPLOYMENT
              + "metadata: {name: a, uid: u, generation: 4, labels: {x: z}, annotations: {"
              + "deployment.kubernetes.io/revision: \"1\"}}, status: {replicas: 1}, spec: {replicas:"
              + " 1, paused: true, revisionHistoryLimit: 10, strategy: {type: RollingUpdate,"
              + " rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}}}";
      assertThat(diff(differ, DEPLOYMENT + "metadata: {name: a}, spec: {replicas: 1}}", live))
          .containsExactly(
              "/metadata/labels: {\"x\":\"z\"} -> absent", "/spec/paused: true -> absent");
    }
  }

  @Nested
  class Secrets {
    @Test
    void areComparedAsTheyAreStoredAndMasked() {
      String secret = "{apiVersion: v1, kind: Secret, metadata: {name: a}, %s}";
      assertThat(
              diff(
                  secret.formatted("stringData: {a: hunter, b: same}"),
                  secret.formatted("type: Opaque, data: {a: eA==, b: c2FtZQ==}")))
          .containsExactly("/data/a: *** -> ***");
      assertThat(
              diff(
                  secret.formatted("stringData: {a: hunter}"),
                  secret.formatted("stringData: {a: hunter}")))
          .isEmpty();
    }
  }

  @Nested
  class Ignoring {
    @Test
    void anIgnoredFieldIsInNoChange() {
      assertThat(
              diff(
                  OfflineDiffer.builder().build(),
                  containers("{name: a, image: x, workingDir: /a}"),
                  containers("{name: a, image: w, workingDir: /b}"),
                  IgnoreRule.builder(
                          List.of(
                              FieldPath.parse(
                                  "/spec/template/spec/containers/[name=a]/workingDir")))
                      .build()))
          .containsExactly("/spec/template/spec/containers/[name=a]/image: \"w\" -> \"x\"");
    }
  }

  @Nested
  class IgnoringManagers {
    @Test
    void whatTheManagerOwnsIsInNoChange() {
      String live =
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: a
            managedFields:
            - manager: scaler
              operation: Update
              fieldsV1:
                f:spec:
                  f:replicas: {}
                  f:template:
                    f:spec:
                      f:containers:
                        'k:{"name":"a"}': {f:image: {}}
                        'k:{"name":"b"}': {.: {}, f:name: {}}
          spec:
            replicas: 7
            template: {spec: {containers: [{name: a, image: x, workingDir: /a}, {name: b, tty: true}]}}
          """;
      String desired =
          DEPLOYMENT
              + "metadata: {name: a}, spec: {replicas: 1, template: {spec: {containers: [{name: a,"
              + " image: z, workingDir: /b}]}}}}";
      IgnoreRule rule = IgnoreRule.builder(List.of()).managers(List.of("scaler")).build();

      assertThat(
              diff(
                  OfflineDiffer.builder().additions(AdditionPolicy.REPORT).build(),
                  desired,
                  live,
                  rule))
          .containsExactly("/spec/template/spec/containers/[name=a]/workingDir: \"/a\" -> \"/b\"");
    }
  }

  private static String containers(String items) {
    return DEPLOYMENT
        + "metadata: {name: a}, spec: {template: {spec: {containers: ["
        + items
        + "]}}}}";
  }

  private static List<String> diff(String desired, String live) {
    return diff(OfflineDiffer.builder().build(), desired, live);
  }

  private static List<String> diff(
      OfflineDiffer differ, String desired, String live, IgnoreRule... rules) {
    Document declared = read(desired);
    Mapping root = (Mapping) declared.root();
    String version = root.text("apiVersion").orElseThrow();
    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    ResourceKey key = ResourceKey.of(group, root.text("kind").orElseThrow(), "", "a");
    Drift drift = differ.compare(key, declared, read(live), List.of(rules));
    return drift instanceof Drift.Changed changed
        ? changed.changes().stream().map(OfflineDifferTest::text).toList()
        : List.of();
  }

  private static String text(FieldChange change) {
    return change.path() + ": " + text(change.before()) + " -> " + text(change.after());
  }

  private static String text(FieldValue value) {
    return value instanceof FieldValue.Shown shown ? shown.value().toJson() : value.toString();
  }

  private static Document read(String yaml) {
    return YamlReader.create()
        .read("object.yaml", yaml.getBytes(StandardCharsets.UTF_8))
        .get(0)
        .document();
  }
}
