package io.github.gitops4j.kubernetes.schema;

/**
 * What rules may cost together. A unit is about one step, one item or a few characters.
 *
 * <p>Confined to one thread.
 *
 * @since 0.1.0
 */
public final class RuleBudget {
  private long left;

  private RuleBudget(long left) {
    this.left = left;
  }

  /** Creates a budget. */
  public static RuleBudget of(long units) {
    return new RuleBudget(units);
  }

  /** Returns what is left; nothing is 0. */
  public long left() {
    return left;
  }

  /** Takes from it what was used, and no more than is left. */
  public void take(long units) {
    left = Math.max(0, left - units);
  }
}
