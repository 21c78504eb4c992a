package io.github.gitops4j.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoreRuleTest {
  private static final FieldPath REPLICAS = FieldPath.parse("/spec/replicas");
  private static final FieldPath IMAGE = FieldPath.parse("/image");
  private static final ResourceKey WEB = ResourceKey.of("apps", "Deployment", "shop", "web-1");

  @Test
  void selectsByEachPart() {
    assertThat(rule().build().selects(WEB)).isTrue();
    assertThat(
            rule().group("apps").kind("Deploy*").namespace("s?op").name("*-1").build().selects(WEB))
        .isTrue();
    assertThat(rule().group("batch").build().selects(WEB)).isFalse();
    assertThat(rule().kind("deployment").build().selects(WEB)).isFalse();
    assertThat(rule().namespace("sop").build().selects(WEB)).isFalse();
    assertThat(rule().name("web").build().selects(WEB)).isFalse();
  }

  @Test
  void collectsPathsOfRulesThatSelect() {
    List<IgnoreRule> rules =
        List.of(
            rule().kind("Deployment").build(),
            IgnoreRule.builder(List.of(IMAGE)).name("web*").build(),
            IgnoreRule.builder(List.of(FieldPath.root())).kind("Job").build());
    assertThat(IgnoreRule.pathsFor(rules, WEB)).containsExactly(REPLICAS, IMAGE);
  }

  @Test
  void collectsManagersOfRulesThatSelect() {
    List<IgnoreRule> rules =
        List.of(
            rule().kind("Deployment").managers(List.of("scaler")).build(),
            IgnoreRule.builder(List.of()).managers(List.of("other")).kind("Job").build());
    assertThat(IgnoreRule.managersFor(rules, WEB)).containsExactly("scaler");
    assertThat(IgnoreRule.lineFor(rules, WEB)).isEqualTo("[/spec/replicas]by[scaler]");
    assertThat(rules.get(1)).hasToString("IgnoreRule[|Job|| [] by [other]]");
    assertThat(rules.get(0)).isNotEqualTo(rule().kind("Deployment").build());
  }

  @Test
  void equalsByParts() {
    assertThat(rule().kind("A").build())
        .isEqualTo(rule().kind("A").build())
        .hasSameHashCodeAs(rule().kind("A").build())
        .hasToString("IgnoreRule[|A|| [/spec/replicas]]")
        .isNotEqualTo(rule().kind("B").build());
  }

  @Test
  void needsPathOrManager() {
    assertThatThrownBy(() -> IgnoreRule.builder(List.of()).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static IgnoreRule.Builder rule() {
    return IgnoreRule.builder(List.of(REPLICAS));
  }
}
