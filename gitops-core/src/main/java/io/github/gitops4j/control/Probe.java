package io.github.gitops4j.control;

import java.util.ArrayList;
import java.util.List;

/**
 * What a probe found: whether all is well, and if not, why.
 *
 * <p>Immutable.
 *
 * @param problems what is not well, one line each, at most a dozen; none if all is well
 * @since 0.1.0
 */
public record Probe(List<String> problems) {
  private static final int SHOWN = 10;

  /** Copies the list, and shortens it. */
  public Probe {
    problems = shortened(problems);
  }

  private static List<String> shortened(List<String> all) {
    if (all.size() <= SHOWN + 1) {
      return List.copyOf(all);
    }
    List<String> some = new ArrayList<>(all.subList(0, SHOWN));
    some.add("and " + (all.size() - SHOWN) + " more");
    return List.copyOf(some);
  }

  /** Says whether all is well. */
  public boolean passes() {
    return problems.isEmpty();
  }

  /** Returns a probe that passes if both do. */
  public Probe and(Probe other) {
    List<String> all = new ArrayList<>(problems);
    all.addAll(other.problems);
    return new Probe(all);
  }

  /** Returns {@code ok}, or the problems, one line each. */
  @Override
  public String toString() {
    return passes() ? "ok" : String.join("\n", problems);
  }
}
