package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.kubernetes.internal.api.ApiStatus;
import io.github.gitops4j.resource.PathSegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Proves that the server refused a change because of a field that cannot change: a cause says so
 * and names a field that we change.
 */
final class ImmutableField {
  private static final String FORBIDDEN = "FieldValueForbidden";
  private static final String INVALID = "FieldValueInvalid";

  private ImmutableField() {}

  /** Returns the field; nothing if it is not proven. */
  static Optional<String> provenBy(ApiStatus refusal, List<FieldChange> changes) {
    if (refusal.code() != 422) {
      return Optional.empty();
    }
    return refusal.causes().stream()
        .filter(ImmutableField::saysImmutable)
        .map(ApiStatus.Cause::field)
        .filter(field -> changes.stream().anyMatch(change -> touches(change, field)))
        .findFirst();
  }

  private static boolean saysImmutable(ApiStatus.Cause cause) {
    boolean invalid = cause.reason().equals(INVALID) && cause.message().contains("immutable");
    boolean forbidden =
        cause.reason().equals(FORBIDDEN)
            && (cause.message().contains("immutable")
                || cause.message().contains("updates to")
                || cause.message().contains("may not change"));
    return invalid || forbidden;
  }

  private static boolean touches(FieldChange change, String field) {
    String changed =
        change.path().segments().stream()
            .filter(PathSegment.Field.class::isInstance)
            .map(segment -> ((PathSegment.Field) segment).name())
            .collect(Collectors.joining("."));
    String named = field.replaceAll("\\[[^\\]]*\\]", "");
    return isBelow(changed, named) || isBelow(named, changed);
  }

  private static boolean isBelow(String path, String parent) {
    return !parent.isEmpty() && (path.equals(parent) || path.startsWith(parent + "."));
  }
}
