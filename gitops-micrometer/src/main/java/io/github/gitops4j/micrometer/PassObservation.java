package io.github.gitops4j.micrometer;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileListener;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes the passes of one application: {@code gitops.reconcile} for the pass, and within it
 * {@code gitops.reconcile.stage} for each of its stages. It is in scope in the thread of the pass,
 * so that what the pass asks of others, over an HTTP client that is observed too, becomes a child
 * of the stage.
 *
 * <p>One for each reconciler: {@code builder.listener(PassObservation.of(registry, name))}.
 *
 * <p>Told by one thread at a time.
 *
 * @since 0.1.0
 */
public final class PassObservation implements ReconcileListener {
  static final String PASS = "gitops.reconcile";
  static final String STAGE = "gitops.reconcile.stage";

  private final ObservationRegistry registry;
  private final String application;
  private @Nullable Running pass;
  private @Nullable Running stage;

  private PassObservation(ObservationRegistry registry, String application) {
    this.registry = requireNonNull(registry, "registry");
    this.application = requireNonNull(application, "application");
  }

  /** Creates an observation of the passes of an application. */
  public static PassObservation of(ObservationRegistry registry, String application) {
    return new PassObservation(registry, application);
  }

  /** An observation that is in scope in the thread that began it. */
  private record Running(Observation observation, Observation.Scope scope, Thread thread) {
    static Running start(Observation observation) {
      observation.start();
      return new Running(observation, observation.openScope(), Thread.currentThread());
    }

    void stop() {
      // A pass that threw an error was not ended, and another thread may make the next one.
      if (thread.equals(Thread.currentThread())) {
        scope.close();
      }
      observation.stop();
    }
  }

  @Override
  public void onEvent(ReconcileEvent event) {
    if (event instanceof ReconcileEvent.PassStarted started) {
      begin(started.target());
    } else if (event instanceof ReconcileEvent.RevisionResolved resolved) {
      if (pass != null) {
        pass.observation.highCardinalityKeyValue("gitops.revision", resolved.revision().id());
      }
      enter("plan");
    } else if (event instanceof ReconcileEvent.PlanMade) {
      enter("decide");
    } else if (event instanceof ReconcileEvent.WaveStarted) {
      enter("apply");
    } else if (event instanceof ReconcileEvent.PassEnded ended) {
      end(ended.report());
    }
  }

  private void begin(String target) {
    leave();
    Observation observation =
        Observation.createNotStarted(PASS, registry)
            .contextualName("reconcile " + application)
            .highCardinalityKeyValue("gitops.application", application)
            .highCardinalityKeyValue("gitops.target", target);
    pass = Running.start(observation);
    enter("resolve");
  }

  private void enter(String name) {
    if (stage != null) {
      stage.stop();
    }
    stage =
        Running.start(
            Observation.createNotStarted(STAGE, registry)
                .contextualName(name)
                .lowCardinalityKeyValue("stage", name));
  }

  private void end(ReconcileReport report) {
    PassResult result = report.result();
    if (pass != null) {
      pass.observation
          .lowCardinalityKeyValue("result", Counting.result(result))
          .highCardinalityKeyValue("gitops.operation", report.operation());
    }
    if (result instanceof PassResult.Failed failed) {
      PassFailedException why = new PassFailedException(failed);
      if (stage != null) {
        stage.observation.error(why);
      }
      if (pass != null) {
        pass.observation.error(why);
      }
    }
    leave();
  }

  private void leave() {
    if (stage != null) {
      stage.stop();
      stage = null;
    }
    if (pass != null) {
      pass.stop();
      pass = null;
    }
  }
}
