package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is. Its path is made only if there is something to say about it.
 *
 * <p>Immutable.
 */
final class Place {
  private final @Nullable Place above;
  private final String field;
  private final int index;
  private final int line;

  private Place(@Nullable Place above, String field, int index, int line) {
    this.above = above;
    this.field = field;
    this.index = index;
    this.line = line > 0 || above == null ? line : above.line;
  }

  static Place root(int line) {
    return new Place(null, "", -1, line);
  }

  Place field(String name, int at) {
    return new Place(this, name, -1, at);
  }

  Place item(int position, int at) {
    return new Place(this, "", position, at);
  }

  int line() {
    return line;
  }

  boolean isRoot() {
    return above == null;
  }

  FieldPath path() {
    if (above == null) {
      return FieldPath.root();
    }
    return index < 0 ? above.path().field(field) : above.path().index(index);
  }
}
