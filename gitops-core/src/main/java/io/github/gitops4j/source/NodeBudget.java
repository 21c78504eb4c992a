package io.github.gitops4j.source;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;

/** Counts the values of one file and knows where the file is wrong. Confined to one read. */
final class NodeBudget {
  private final String file;
  private final DocumentLimits limits;
  private int nodes;

  NodeBudget(String file, DocumentLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /** Returns the values so far. */
  int nodes() {
    return nodes;
  }

  /** Counts values, an expanded alias with all that is in it. */
  void take(int count, int line, int column) {
    if (count > limits.maxNodes() - nodes) {
      throw limit(line, column, "more than " + limits.maxNodes() + " values, aliases expanded");
    }
    nodes += count;
  }

  /** Refuses what nests too deep. */
  void checkDepth(int depth, int line, int column) {
    if (depth > limits.maxDepth()) {
      throw limit(line, column, "nested deeper than " + limits.maxDepth());
    }
  }

  InvalidInputException limit(int line, int column, String problem) {
    return new InvalidInputException(FailureCategory.LIMIT_EXCEEDED, file, line, column, problem);
  }

  InvalidInputException wrong(int line, int column, String problem) {
    return new InvalidInputException(file, line, column, problem);
  }

  static void checkSize(String file, byte[] bytes, DocumentLimits limits) {
    if (bytes.length > limits.maxBytes()) {
      throw new InvalidInputException(
          FailureCategory.LIMIT_EXCEEDED,
          file,
          0,
          0,
          "more than " + limits.maxBytes() + " bytes, which is the limit");
    }
  }
}
