package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.reconcile.ReconcileEvent;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Something that happened in a {@link Controller}.
 *
 * <p>The events of one application come in the order in which they happened.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ControllerEvent
    permits ControllerEvent.OfApplication, ControllerEvent.Missed {

  /** Something that happened to one application. */
  sealed interface OfApplication extends ControllerEvent
      permits ApplicationPut,
          ApplicationRemoved,
          ApplicationSuspended,
          ApplicationResumed,
          TurnStarted,
          TurnEnded,
          ConditionAppeared,
          ConditionCleared,
          PassTold {
    /** Returns the name of the application. */
    String application();
  }

  /**
   * An application was added, or took the place of the one of that name.
   *
   * @param application its name
   */
  record ApplicationPut(String application) implements OfApplication {
    /** Checks the parts. */
    public ApplicationPut {
      requireNonNull(application, "application");
    }
  }

  /**
   * An application is there no more; at most it ends a turn.
   *
   * @param application its name
   */
  record ApplicationRemoved(String application) implements OfApplication {
    /** Checks the parts. */
    public ApplicationRemoved {
      requireNonNull(application, "application");
    }
  }

  /**
   * An application is left alone from now on.
   *
   * @param application its name
   */
  record ApplicationSuspended(String application) implements OfApplication {
    /** Checks the parts. */
    public ApplicationSuspended {
      requireNonNull(application, "application");
    }
  }

  /**
   * An application is left alone no more.
   *
   * @param application its name
   */
  record ApplicationResumed(String application) implements OfApplication {
    /** Checks the parts. */
    public ApplicationResumed {
      requireNonNull(application, "application");
    }
  }

  /**
   * A turn began.
   *
   * @param application the name of who has it
   * @param causes why
   */
  record TurnStarted(String application, Set<Cause> causes) implements OfApplication {
    /** Copies the set. */
    public TurnStarted {
      requireNonNull(application, "application");
      Set<Cause> copy = EnumSet.noneOf(Cause.class);
      copy.addAll(causes);
      causes = Collections.unmodifiableSet(copy);
    }
  }

  /**
   * A turn ended.
   *
   * @param application the name of who had it
   * @param status how the application stands afterwards
   */
  record TurnEnded(String application, ApplicationStatus status) implements OfApplication {
    /** Checks the parts. */
    public TurnEnded {
      requireNonNull(application, "application");
      requireNonNull(status, "status");
    }
  }

  /**
   * There is a condition that was not there before. That an application is suspended is told by
   * {@link ApplicationSuspended} instead.
   *
   * @param application the name of the application
   * @param condition the condition; the first one, if there are several of its type
   */
  record ConditionAppeared(String application, Condition condition) implements OfApplication {
    /** Checks the parts. */
    public ConditionAppeared {
      requireNonNull(application, "application");
      requireNonNull(condition, "condition");
    }
  }

  /**
   * No condition of a type is there any more.
   *
   * @param application the name of the application
   * @param type the type
   */
  record ConditionCleared(String application, Condition.Type type) implements OfApplication {
    /** Checks the parts. */
    public ConditionCleared {
      requireNonNull(application, "application");
      requireNonNull(type, "type");
    }
  }

  /**
   * Something happened during a pass, be it in a turn or because somebody asked the {@linkplain
   * Controller#reconciler reconciler} for it.
   *
   * @param application the name of the application
   * @param event what
   */
  record PassTold(String application, ReconcileEvent event) implements OfApplication {
    /** Checks the parts. */
    public PassTold {
      requireNonNull(application, "application");
      requireNonNull(event, "event");
    }
  }

  /**
   * Whoever is told this was too slow, and was not told what came before: the oldest events are
   * given up first. What is true now is in {@link Controller#statuses}.
   *
   * @param count how many events
   */
  record Missed(long count) implements ControllerEvent {
    /** Checks the count. */
    public Missed {
      if (count < 1) {
        throw new IllegalArgumentException("at least one event, not " + count);
      }
    }
  }
}
