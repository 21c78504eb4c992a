package io.github.gitops4j.kubernetes.cel;

import io.github.gitops4j.resource.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which labels are selected, as Kubernetes writes it; an empty one selects all.
 *
 * @param written the selector
 */
record LabelSelector(Mapping written) {
  boolean isEmpty() {
    return Parts.part(written, "matchLabels").size() == 0
        && Parts.parts(written, "matchExpressions").isEmpty();
  }

  /** Says whether it looks at no other label than this one. */
  boolean asksOnlyFor(String label) {
    return Parts.part(written, "matchLabels").keys().stream().allMatch(label::equals)
        && Parts.parts(written, "matchExpressions").stream()
            .allMatch(demand -> demand.text("key").equals(Optional.of(label)));
  }

  boolean selects(Map<String, String> labels) {
    Mapping wanted = Parts.part(written, "matchLabels");
    return wanted.keys().stream()
            .allMatch(key -> wanted.text(key).equals(Optional.ofNullable(labels.get(key))))
        && Parts.parts(written, "matchExpressions").stream()
            .allMatch(demand -> isMet(demand, labels));
  }

  private static boolean isMet(Mapping demand, Map<String, String> labels) {
    Optional<String> label = Optional.ofNullable(labels.get(demand.text("key").orElse("")));
    List<String> values = Parts.texts(demand, "values");
    return switch (demand.text("operator").orElse("")) {
      case "In" -> label.filter(values::contains).isPresent();
      case "NotIn" -> label.filter(values::contains).isEmpty();
      case "Exists" -> label.isPresent();
      case "DoesNotExist" -> label.isEmpty();
      default -> false;
    };
  }
}
