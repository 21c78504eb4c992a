package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

/**
 * Where a resource was declared.
 *
 * <p>Immutable.
 *
 * @param file path within the source
 * @param document index of the document within the file, from 0
 * @param line line on which the resource begins, from 1; 0 for the whole file
 * @since 0.1.0
 */
public record Origin(String file, int document, int line) {
  /** Checks the parts. */
  public Origin {
    requireNonNull(file, "file");
    if (document < 0 || line < 0) {
      throw new IllegalArgumentException("document and line are not negative");
    }
  }

  /** Names a whole file. */
  public static Origin file(String file) {
    return new Origin(file, 0, 0);
  }

  /** Returns {@code file:line}, or the file alone. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
