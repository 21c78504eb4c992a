package io.github.gitops4j.testkit.fault;

/**
 * Stands for the death of the process: the engine catches no errors of a backend, so nothing after
 * it runs.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  /** Creates a crash at a place. */
  public SimulatedCrash(String place) {
    super("simulated crash at " + place);
  }
}
