package io.github.gitops4j.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceSelectorTest {
  private static final ResourceKey WEB = ResourceKey.of("apps", "Deployment", "shop", "web-1");

  @Test
  void selectsByEachPart() {
    assertThat(ResourceSelector.all().selects(WEB)).isTrue();
    assertThat(
            ResourceSelector.builder()
                .group("apps")
                .kind("Deploy*")
                .namespace("s?op")
                .name("*-1")
                .build()
                .selects(WEB))
        .isTrue();
    assertThat(ResourceSelector.builder().group("batch").build().selects(WEB)).isFalse();
    assertThat(ResourceSelector.builder().namespace("sop").build().selects(WEB)).isFalse();
  }

  @Test
  void isItsGlobs() {
    assertThat(ResourceSelector.builder().kind("A").name("b*").build())
        .isEqualTo(ResourceSelector.builder().name("b*").kind("A").build())
        .hasSameHashCodeAs(ResourceSelector.builder().kind("A").name("b*").build())
        .hasToString("|A||b*")
        .isNotEqualTo(ResourceSelector.builder().kind("A").build());
  }

  @ParameterizedTest
  @CsvSource({
    "'', x, true",
    "*, '', true",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "?, '', false",
    "a?c, abc, true",
    "**, x, true",
    "*.yaml, dir/a.yaml, true",
    "a*a, a, false"
  })
  void matchesGlobs(String pattern, String text, boolean taken) {
    assertThat(new Glob(pattern).takes(text)).isEqualTo(taken);
  }

  @Test
  void matchesHostileGlobInTime() {
    assertThat(new Glob("*a".repeat(2000) + "b").takes("a".repeat(20_000))).isFalse();
  }
}
