package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.PlanException;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.OtherApplications;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredStateSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a reconciler was built with. */
final class Setup {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  /** What is done already is recorded within this time. */
  private static final Duration RECORDING = Duration.ofSeconds(30);

  final DesiredStateSource source;
  final Target target;
  final PlanPolicy policy;
  final List<Gate> gates;
  final OtherApplications others;
  final InstantSource clock;
  final RetryPolicy retry;
  final RewindPolicy rewind;
  final Duration healthTimeout;
  final DegradedPolicy onDegraded;
  final RollbackPolicy rollback;
  final Fights fights;
  final Supplier<String> operationIds;
  private final List<ReconcileListener> listeners;

  Setup(Reconciler.Builder builder) {
    this.source = builder.source;
    this.target = builder.target;
    this.policy = builder.policy;
    this.gates = builder.allGates();
    this.others = builder.others;
    this.clock = builder.clock;
    this.retry = builder.retry;
    this.rewind = builder.rewind;
    this.healthTimeout = Ticker.countable(builder.healthTimeout);
    this.onDegraded = builder.onDegraded;
    this.rollback = builder.rollback;
    this.fights = new Fights(builder.fights, builder.clock);
    this.operationIds = builder.operationIds;
    this.listeners = List.copyOf(builder.listeners);
  }

  /** Tells the listeners; what one throws is its own defect. */
  void tell(ReconcileEvent event) {
    for (ReconcileListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException | Error e) {
        LOG.warn("a listener threw on {}", event.getClass().getSimpleName(), e);
      }
    }
  }

  /** Lets the source forget what it kept for one pass. */
  void passEnded() {
    try {
      source.passEnded();
    } catch (RuntimeException e) {
      LOG.warn("{} threw after a pass", source.id(), e);
    }
  }

  /** Returns a call that records what was done, however the other one ended. */
  CallContext recording(CallContext call) {
    return call.toRecordWithin(RECORDING);
  }

  /** Reads what the history says about now. */
  HistoryState history(CallContext call) {
    return read("history store", () -> target.history().state(call), call);
  }

  /** Looks at the live system. */
  LiveState observe(Scope scope, CallContext call) {
    return read("live state provider", () -> target.live().observe(scope, call), call);
  }

  /** Begins to write. */
  ApplySession open(ApplyRequest request, CallContext call) {
    return given("applier", target.applier().open(request, call));
  }

  /** Makes a read, repeating it while that may help. */
  <T> T read(String who, Supplier<T> read, CallContext call) {
    return given(who, retry.run(read, call));
  }

  /** Returns what was seen of a resource. */
  static Observation observation(LiveState live, ResourceKey key) {
    return given("live state provider", live.observation(key));
  }

  /** Returns what tells of changes, if anything does. */
  Optional<ChangeFeed> changeFeed() {
    return given("live state provider", target.live().changeFeed());
  }

  /** Returns an answer; that there is none is said of who should have given it. */
  static <T> T given(String who, @Nullable T answer) {
    if (answer == null) {
      throw defect(who, "null");
    }
    return answer;
  }

  /** Returns the exception that says of a part that its answer is wrong. */
  static PlanException defect(String who, String answer) {
    return new PlanException(
        FailureCategory.INTERNAL, "the " + who + " gave " + answer + ", which is a defect of it");
  }
}
