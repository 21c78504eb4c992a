package io.github.gitops4j.forge.publish;

import java.util.Arrays;
import java.util.Locale;

/**
 * What is said of a revision. Each host has words of its own for it; see {@code
 * docs/publishing.md}.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum PublishState {
  /** It has not begun. */
  PENDING,
  /** It is being done, or waits for health. */
  RUNNING,
  /** Live is as declared. */
  SUCCESS,
  /** It worked, and there is something to do: changes of a plan, or drift. */
  CHANGES,
  /** A gate does not allow it yet. */
  WAITING,
  /** A gate or a guard does not allow it. */
  REFUSED,
  /** Something that is declared is wrong, or could not be applied. */
  FAILED,
  /** It could not be found out: something did not answer, or is broken. */
  ERROR;

  /** Returns it as it is written in options, such as {@code success}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the one of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PublishState parse(String word) {
    for (PublishState each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "expected one of "
            + Arrays.stream(values()).map(PublishState::word).toList()
            + ", not "
            + word);
  }
}
