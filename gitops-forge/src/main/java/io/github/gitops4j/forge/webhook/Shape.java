package io.github.gitops4j.forge.webhook;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which parts of a payload are of interest. Everything else is passed over unread. */
final class Shape {
  private final Map<String, Shape> fields = new HashMap<>();
  private @Nullable Shape items;
  private boolean wanted;

  private Shape() {}

  /**
   * Returns the shape of some paths.
   *
   * @param paths such as {@code commits[].added[]}: names with dots between, and brackets behind
   *     what is a list
   */
  static Shape of(String... paths) {
    Shape root = new Shape();
    for (String path : paths) {
      Shape at = root;
      for (String step : path.split("\\.", -1)) {
        String name = step.replace("[]", "");
        at = at.fields.computeIfAbsent(name, any -> new Shape());
        for (int i = name.length(); i < step.length(); i += 2) {
          at = at.itemsOrNew();
        }
      }
      at.wanted = true;
    }
    return root;
  }

  private Shape itemsOrNew() {
    Shape own = items;
    if (own == null) {
      own = new Shape();
      items = own;
    }
    return own;
  }

  @Nullable Shape field(String name) {
    return fields.get(name);
  }

  @Nullable Shape items() {
    return items;
  }

  /** Says whether a text, number or truth value is of interest here. */
  boolean isWanted() {
    return wanted;
  }

  /** Says whether anything in an object is of interest here. */
  boolean hasFields() {
    return !fields.isEmpty();
  }
}
