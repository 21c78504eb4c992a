package io.github.gitops4j.kubernetes.inventory;

/** What a Secret of the state holds; the label {@code gitops4j.github.io/part} has its label. */
enum StatePart {
  /** What changes: the rest of the state follows from it. */
  HEAD("head"),
  /** That there was a head once. */
  ORIGIN("origin"),
  /** A range of the inventory. */
  INVENTORY("inventory"),
  /** Older records of the history. */
  HISTORY("history");

  private final String label;

  StatePart(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
