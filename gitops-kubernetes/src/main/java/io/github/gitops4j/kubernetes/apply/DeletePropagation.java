package io.github.gitops4j.kubernetes.apply;

/**
 * What happens to the objects that a deleted object owns.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum DeletePropagation {
  /** The object goes at once, and what it owns after it. */
  BACKGROUND("Background"),
  /** What it owns goes first, and the object waits for it. */
  FOREGROUND("Foreground"),
  /** What it owns stays, without an owner. */
  ORPHAN("Orphan");

  private final String word;

  DeletePropagation(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
