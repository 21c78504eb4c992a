package io.github.gitops4j.tests.oracle;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;

/** What changes in a field, with its values, which do not tell themselves. */
final class ChangeText {
  private ChangeText() {}

  static String of(FieldChange change) {
    return change.path() + " " + of(change.before()) + " " + of(change.after());
  }

  private static String of(FieldValue value) {
    if (value instanceof FieldValue.Shown shown) {
      return shown.value().toJson();
    }
    return value instanceof FieldValue.Masked ? "masked" : value.toString();
  }
}
