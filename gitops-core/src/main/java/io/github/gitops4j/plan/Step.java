package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.ResourceTraits;
import java.util.Comparator;

/**
 * When within an operation an action runs: phase, stage, wave, layer, order.
 *
 * <p>Removals come after writes, in reverse. Steps that differ in nothing but their order form one
 * wave: it is applied at once, and the next one starts when it is healthy.
 *
 * <p>Immutable.
 *
 * @param phase the phase
 * @param stage writing or removing
 * @param wave the wave as executed: for removals the negated declared wave
 * @param layer how many dependencies within the wave come before it
 * @param order order within wave and layer
 * @since 0.1.0
 */
public record Step(Phase phase, Stage stage, int wave, int layer, int order)
    implements Comparable<Step> {

  /** Whether something is written or removed; removals come last. */
  public enum Stage {
    /** Creates, updates, adoptions and holds. */
    WRITE,
    /** Prunes, quarantines and releases. */
    REMOVE
  }

  private static final Comparator<Step> ORDER =
      Comparator.comparing(Step::phase)
          .thenComparing(Step::stage)
          .thenComparingInt(Step::wave)
          .thenComparingInt(Step::layer)
          .thenComparingInt(Step::order);

  /** Checks the parts. */
  public Step {
    requireNonNull(phase, "phase");
    requireNonNull(stage, "stage");
  }

  /** Returns when something with these traits is written, dependencies left out. */
  public static Step ofWrite(ResourceTraits traits) {
    return new Step(traits.phase(), Stage.WRITE, traits.wave(), 0, traits.order());
  }

  /** Says whether both belong to one wave. */
  public boolean sameWave(Step other) {
    return phase == other.phase
        && stage == other.stage
        && wave == other.wave
        && layer == other.layer;
  }

  @Override
  public int compareTo(Step other) {
    return ORDER.compare(this, other);
  }

  /** Returns phase, stage, wave and layer. */
  @Override
  public String toString() {
    return phase + "/" + stage + "/" + wave + "." + layer;
  }
}
