package io.github.gitops4j.kubernetes.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import org.junit.jupiter.api.Test;

class KeptContentsTest {
  private static final int ROOM = 2000;

  private final KeptContents contents = KeptContents.ofBytes(ROOM);

  private static ResourceKey key(String kind, String name) {
    return ResourceKey.of("", kind, "shop", name);
  }

  private static ResourceKey key(String name) {
    return key("ConfigMap", name);
  }

  private void keep(ResourceKey key, String version, String value) {
    String json =
        "{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"%s\"},\"data\":{\"x\":\"%s\"}}"
            .formatted(key.name(), version, value);
    contents.keep(key, ServerObject.read(json.getBytes(UTF_8)));
  }

  private String found(ResourceKey key, String version) {
    return contents
        .find(key, version)
        .flatMap(document -> document.text(FieldPath.parse("/data/x")))
        .orElse("");
  }

  @Test
  void contentServesForItsVersionAlone() {
    keep(key("a"), "7", "old");
    keep(key("a"), "8", "new");
    assertThat(found(key("a"), "7")).isEmpty();
    assertThat(found(key("a"), "8")).isEqualTo("new");
    contents.drop(key("a"));
    contents.drop(key("a"));
    assertThat(found(key("a"), "8")).isEmpty();
  }

  @Test
  void whatWasNotAskedForLongestGivesWay() {
    keep(key("a"), "1", "a");
    keep(key("b"), "2", "b");
    for (int i = 0; i < 5; i++) {
      keep(key("c" + i), "3", "c".repeat(100));
      assertThat(found(key("a"), "1")).isEqualTo("a");
    }
    assertThat(found(key("b"), "2")).isEmpty();
    keep(key("large"), "4", "x".repeat(ROOM));
    assertThat(found(key("large"), "4")).isEmpty();
  }

  @Test
  void roomIsGivenBack() {
    for (int i = 0; i < 100; i++) {
      keep(key("a"), "" + i, "x".repeat(500));
      contents.drop(key("a"));
    }
    keep(key("a"), "1", "x".repeat(500));
    keep(key("b"), "2", "b");
    assertThat(found(key("a"), "1")).hasSize(500);
    assertThat(found(key("b"), "2")).isEqualTo("b");
  }

  @Test
  void secretsAndWhatHasNoVersionAreNotKept() {
    keep(key("Secret", "s"), "7", "secret");
    keep(key("a"), "", "unversioned");
    assertThat(contents.find(key("Secret", "s"), "7")).isEmpty();
    assertThat(contents.find(key("a"), "")).isEmpty();
  }
}
