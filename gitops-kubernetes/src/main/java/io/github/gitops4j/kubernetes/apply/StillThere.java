package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what keeps an object that was asked to go. */
final class StillThere {
  private static final FieldPath GRACE = FieldPath.parse("/metadata/deletionGracePeriodSeconds");
  private static final FieldPath NAMESPACE_FINALIZERS = FieldPath.parse("/spec/finalizers");
  private static final FieldPath CONDITIONS = FieldPath.parse("/status/conditions");

  /** By which namespaces and definitions say what is left of what they hold. */
  private static final Set<String> LEFT_INSIDE =
      Set.of(
          "NamespaceContentRemaining",
          "NamespaceFinalizersRemaining",
          "NamespaceDeletionDiscoveryFailure",
          "NamespaceDeletionContentFailure",
          "Terminating");

  private StillThere() {}

  static String why(LiveObject live) {
    Document object = live.document();
    List<String> finalizers = new ArrayList<>(live.finalizers());
    texts(object, NAMESPACE_FINALIZERS).forEach(finalizers::add);
    List<String> reasons = new ArrayList<>();
    if (!finalizers.isEmpty()) {
      reasons.add("held by " + String.join(", ", finalizers));
    }
    grace(object).ifPresent(reasons::add);
    reasons.addAll(leftInside(object));
    return reasons.isEmpty() ? "asked to go and still there" : String.join("; ", reasons);
  }

  private static Optional<String> grace(Document object) {
    return object
        .at(GRACE)
        .filter(Numeral.class::isInstance)
        .map(seconds -> ((Numeral) seconds).asLong().orElse(0))
        .filter(seconds -> seconds > 0)
        .map(seconds -> "ending within " + seconds + " s");
  }

  private static List<String> leftInside(Document object) {
    List<String> messages = new ArrayList<>();
    if (object.at(CONDITIONS).orElse(null) instanceof Sequence conditions) {
      for (int i = 0; i < conditions.size(); i++) {
        if (conditions.get(i) instanceof Mapping condition
            && LEFT_INSIDE.contains(condition.text("type").orElse(""))
            && condition.text("status").orElse("").equals("True")) {
          condition.text("message").ifPresent(messages::add);
        }
      }
    }
    return messages;
  }

  private static List<String> texts(Document object, FieldPath path) {
    List<String> texts = new ArrayList<>();
    if (object.at(path).orElse(null) instanceof Sequence values) {
      for (int i = 0; i < values.size(); i++) {
        Value value = values.get(i);
        if (value instanceof Text text) {
          texts.add(text.value());
        }
      }
    }
    return texts;
  }
}
