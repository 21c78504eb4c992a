package io.github.gitops4j.resource;

import java.util.ArrayList;
import java.util.List;

/**
 * Globs of which one has to take a text, and some that must not: those that begin with {@code !}
 * win. No globs take nothing. {@code *} stands for any text, also with slashes in it, and {@code ?}
 * for one character.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Globs {
  private final List<Glob> taken = new ArrayList<>();
  private final List<Glob> refused = new ArrayList<>();

  private Globs(List<String> patterns) {
    for (String pattern : patterns) {
      boolean refuses = pattern.startsWith("!");
      String glob = refuses ? pattern.substring(1) : pattern;
      if (glob.isEmpty()) {
        throw new IllegalArgumentException("a glob that is not empty");
      }
      (refuses ? refused : taken).add(new Glob(glob));
    }
  }

  /**
   * Returns the globs.
   *
   * @throws IllegalArgumentException if one is empty
   */
  public static Globs of(List<String> patterns) {
    return new Globs(patterns);
  }

  /** Says whether a glob takes a text, and none refuses it. */
  public boolean take(String text) {
    return refused.stream().noneMatch(glob -> glob.takes(text))
        && taken.stream().anyMatch(glob -> glob.takes(text));
  }
}
