package io.github.gitops4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceSelector;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DriftRuleTest {
  private static final ResourceKey WEB = ResourceKey.of("apps", "Deployment", "shop", "web");

  private static List<FieldChange> changes(String... paths) {
    return Stream.of(paths)
        .map(
            path ->
                new FieldChange(
                    FieldPath.parse(path), FieldValue.Absent.INSTANCE, FieldValue.Absent.INSTANCE))
        .toList();
  }

  private static DriftRule rule(ResourceSelector resources, String... paths) {
    return new DriftRule(
        resources, Stream.of(paths).map(FieldPath::parse).toList(), DriftPolicy.REPORT);
  }

  @Test
  void takesDriftOfItsFieldsOnly() {
    DriftRule rule = rule(ResourceSelector.all(), "/spec/replicas", "/spec/ports/*/nodePort");
    assertThat(rule.takes(WEB, changes("/spec/replicas"))).isTrue();
    assertThat(rule.takes(WEB, changes("/spec/ports/3/nodePort", "/spec/replicas"))).isTrue();
    assertThat(rule.takes(WEB, changes("/spec/replicas", "/spec/image"))).isFalse();
    assertThat(rule.takes(WEB, changes("/spec"))).isFalse();
    assertThat(rule.takes(WEB, changes())).isFalse();
  }

  @Test
  void takesAnyDriftOfItsResourcesIfItNamesNoField() {
    DriftRule rule = rule(ResourceSelector.builder().kind("Deployment").build());
    assertThat(rule.takes(WEB, changes("/spec"))).isTrue();
    assertThat(rule.takes(WEB, changes())).isTrue();
    assertThat(rule.takes(ResourceKey.of("", "Pod", "shop", "web"), changes())).isFalse();
  }
}
