package io.github.gitops4j.gate;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds a plan until another application, such as the one of the environment before, has been ready
 * for some time with what it declares at the same revision.
 *
 * <p>Both come from one repository. What counts is the content: a revision that changes nothing of
 * the other application has soaked as long as the one before it. An approval of the plan's digest
 * overrules the gate.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Soak implements Gate {
  private final String application;
  private final Duration time;

  private Soak(String application, Duration time) {
    this.application = requireNonNull(application, "application");
    this.time = requireNonNull(time, "time");
  }

  /**
   * Returns the gate.
   *
   * @param application the name of the other application
   * @param time how long it has to be ready
   */
  public static Soak in(String application, Duration time) {
    return new Soak(application, time);
  }

  /** Returns the name of the other application. */
  public String application() {
    return application;
  }

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public GateVerdict evaluate(Plan plan, GateFacts facts) {
    Optional<Duration> ready = facts.others().readyFor(application, plan.revision());
    if (ready.filter(had -> had.compareTo(time) >= 0).isPresent()) {
      return GateVerdict.allow();
    }
    String why =
        application
            + " has to be ready with "
            + plan.revision().id()
            + " for "
            + InWords.of(time)
            + (ready.isEmpty() ? ", and is not" : ", and is not for so long yet");
    if (facts.isApproved(plan)) {
      return new GateVerdict.Allow(why + "; approved by digest");
    }
    Optional<Instant> until = ready.map(had -> facts.now().plus(time.minus(had)));
    return new GateVerdict.Await(why, until);
  }
}
