package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateFacts;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What a user hands in and what behaves at random: a gate and listeners that throw whatever, block,
 * give nothing, or change what they are given. Until they are calm.
 */
final class Moods {
  private static final int RARELY = 120;

  private final Random random;
  private final ManualClock clock;
  private final Set<Mood> seen = EnumSet.noneOf(Mood.class);
  private boolean calm;

  Moods(Random random, ManualClock clock) {
    this.random = random;
    this.clock = clock;
  }

  /** What somebody may be up to. */
  enum Mood {
    GATE_THROWS,
    GATE_BREAKS,
    GATE_GIVES_NOTHING,
    GATE_BLOCKS,
    GATE_WAITS,
    GATE_CHANGES_WHAT_IT_IS_GIVEN,
    GATE_HAS_NO_NAME,
    LISTENER_THROWS,
    LISTENER_BREAKS,
    LISTENER_BLOCKS,
    LISTENER_CHANGES_WHAT_IT_IS_GIVEN
  }

  /** Nobody is up to anything any more. */
  void calm() {
    calm = true;
  }

  /** Returns what came up. */
  Set<Mood> seen() {
    return seen;
  }

  private boolean is(Mood mood) {
    boolean now = !calm && random.nextInt(RARELY) == 0;
    if (now) {
      seen.add(mood);
    }
    return now;
  }

  /** A gate that does all that a gate must not do. */
  @SuppressWarnings("NullAway")
  Gate gate() {
    return new Gate() {
      @Override
      public String name() {
        return is(Mood.GATE_HAS_NO_NAME) ? null : "moody";
      }

      @Override
      public GateVerdict evaluate(Plan plan, GateFacts facts) {
        if (is(Mood.GATE_THROWS)) {
          throw new IllegalStateException("a gate that throws");
        } else if (is(Mood.GATE_BREAKS)) {
          throw new LinkageError("a gate that cannot be loaded");
        } else if (is(Mood.GATE_BLOCKS)) {
          clock.advance(Duration.ofMinutes(3));
        } else if (is(Mood.GATE_WAITS)) {
          return new GateVerdict.Await("later", Optional.of(clock.instant().plusNanos(1)));
        } else if (is(Mood.GATE_CHANGES_WHAT_IT_IS_GIVEN)) {
          assertUnchangeable(plan.actions());
          assertUnchangeable(plan.waves().get(0).actions());
          assertUnchangeable(facts.approvals());
          assertUnchangeable(facts.hooks());
          assertUnchangeable(facts.standing().going());
        }
        return is(Mood.GATE_GIVES_NOTHING) ? null : GateVerdict.allow();
      }
    };
  }

  /** Hears of a pass, in its thread. */
  void hear(ReconcileEvent event) {
    if (is(Mood.LISTENER_THROWS)) {
      throw new IllegalStateException("a listener that throws");
    } else if (is(Mood.LISTENER_BREAKS)) {
      throw new LinkageError("a listener that cannot be loaded");
    } else if (is(Mood.LISTENER_BLOCKS)) {
      clock.advance(Duration.ofSeconds(random.nextInt(200)));
    } else if (event instanceof ReconcileEvent.PassEnded ended
        && is(Mood.LISTENER_CHANGES_WHAT_IT_IS_GIVEN)) {
      ReconcileReport report = ended.report();
      assertUnchangeable(report.outcomes());
      assertUnchangeable(report.decisions());
      assertUnchangeable(report.unhealthy().keySet());
      report.plan().ifPresent(plan -> assertUnchangeable(plan.actions()));
    }
  }

  /** Hears of a controller, by its queue. */
  void hear(ControllerEvent event) {
    if (is(Mood.LISTENER_THROWS)) {
      throw new IllegalStateException("a listener that throws at " + event);
    } else if (is(Mood.LISTENER_BREAKS)) {
      throw new LinkageError("a listener that cannot be loaded");
    }
  }

  private static void assertUnchangeable(Collection<?> given) {
    assertThatThrownBy(() -> given.remove(given.iterator().next()))
        .satisfiesAnyOf(
            thrown -> assertThat(given).isEmpty(),
            thrown -> assertThat(thrown).isInstanceOf(UnsupportedOperationException.class));
  }
}
