package io.github.gitops4j.resource;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the known word that somebody may have meant.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Nearest {
  private static final int CLOSE = 2;

  private Nearest() {}

  /** Returns the known word from which the given one differs in two characters at most. */
  public static Optional<String> of(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> Math.abs(word.length() - candidate.length()) <= CLOSE)
        .filter(candidate -> distance(word, candidate) <= CLOSE)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns the number of characters to add, drop or change. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
