package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.gate.DeletionLimit;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.InputsUnderstood;
import io.github.gitops4j.gate.OtherApplications;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.plan.IncompletePolicy;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.source.TreeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes a target equal to what a source declares, one pass at a time.
 *
 * <p>A pass reads the real state, makes a {@link Plan}, asks the gates, records its intent, writes,
 * and records the result. It never waits: if a wave has to become healthy first, the report says
 * {@link PassResult.Awaiting} and the next pass goes on. It may be killed at any moment; the next
 * pass begins with the real state again.
 *
 * <p>What a reconciler learned is kept for its next pass, so that a pass costs what changed. It
 * makes no threads and reads no clock but the one it was given.
 *
 * <p>Thread-safe: calls on one reconciler run one after the other.
 *
 * @since 0.1.0
 */
public final class Reconciler {
  private final Setup setup;
  private final Turnstile turnstile = new Turnstile();
  private final Join join;

  private Reconciler(Builder builder) {
    this.setup = new Setup(builder);
    this.join = new Join(setup);
  }

  /** Returns a builder for a source of resources. */
  public static Builder builder(DesiredStateSource source, Target target) {
    return new Builder(source, target);
  }

  /** Returns a builder for a source of files, read with the target's model. */
  public static Builder builder(TreeSource source, Target target) {
    return new Builder(TreeDesiredStateSource.of(source, target.model()), target);
  }

  /**
   * Says what a pass would do now. Writes nothing.
   *
   * @throws io.github.gitops4j.error.GitOpsException of the stage that could not go on
   */
  public Plan plan(CallContext call) {
    return inTurn(() -> new Resolving(setup, join).plan(call), call);
  }

  /**
   * Says what a pass to that revision would do now. Writes nothing.
   *
   * @throws io.github.gitops4j.error.GitOpsException of the stage that could not go on
   */
  public Plan planAt(Revision revision, CallContext call) {
    requireNonNull(revision, "revision");
    return inTurn(() -> join.decide(revision, setup.history(call), call).plan(), call);
  }

  /**
   * Returns a reconciler of the same target that declares nothing: its passes remove what the
   * target owns, in the reverse order, and ask no gate. What vetoes or guards protect stays.
   *
   * <p>It shares nothing with this one; only one of the two may be at work.
   */
  public Reconciler toRemoveEverything() {
    Builder remover = new Builder(new NothingDeclared(setup.source.id()), setup.target);
    return remover
        .policy(
            PlanPolicy.builder()
                .pruning(PlanPolicy.Pruning.EVEN_ALL)
                .prunedDrift(setup.policy.prunedDrift())
                .ignoreRules(setup.policy.ignoreRules())
                .build())
        .gates(List.of())
        .clock(setup.clock)
        .retry(setup.retry)
        .healthTimeout(setup.healthTimeout)
        .operationIds(setup.operationIds)
        .listener(setup::tell)
        .build();
  }

  /** Makes one pass. What goes wrong is in the report. */
  public ReconcileReport reconcile(CallContext call) {
    return inTurn(() -> new Pass(setup, join, call).toTracked(), call);
  }

  /**
   * Makes passes until one does not have to wait for health, or the call's deadline comes; then the
   * report is the one that waits, and says for what. Between them it waits for what the live system
   * tells, if that {@linkplain io.github.gitops4j.live.ChangeFeed#listen tells something by
   * itself}; if not, as long as the retry policy says.
   *
   * @throws io.github.gitops4j.error.CallException if the call is cancelled while it waits
   */
  public ReconcileReport reconcileAndWait(CallContext call) {
    try (Waiting waiting = new Waiting(setup)) {
      for (int attempt = 1; ; attempt++) {
        waiting.passBegins();
        ReconcileReport report = reconcile(call);
        if (!(report.result() instanceof PassResult.Awaiting awaiting)
            || !waiting.afterPass(attempt, awaiting, report, call)) {
          return report;
        }
      }
    }
  }

  /**
   * Makes one pass that does exactly what a plan says. If anything moved since the plan was made,
   * the report is {@link PassResult.Refused} by {@code stale-plan} and nothing was written.
   */
  public ReconcileReport apply(Plan plan, CallContext call) {
    requireNonNull(plan, "plan");
    return inTurn(() -> new Pass(setup, join, call).of(plan), call);
  }

  /**
   * Pins the target to a revision and makes one pass to it. It stays there until the source moves
   * on or {@link #unpin} is called.
   *
   * @param by who asks for it, for the history
   */
  public ReconcileReport rollback(Revision revision, String by, CallContext call) {
    requireNonNull(revision, "revision");
    requireNonNull(by, "by");
    return inTurn(() -> new Pass(setup, join, call).back(revision, by), call);
  }

  /**
   * Says that what was applied last has failed after all, though everything became healthy, if that
   * was not long ago, nothing was begun since and the target is at no pin. Under {@link
   * RollbackPolicy#TO_LAST_HEALTHY} the next pass goes back.
   *
   * @param within how long ago its operation may have ended
   * @param reason why it counts as failed
   * @return whether it was recorded
   * @throws io.github.gitops4j.error.HistoryException if it cannot be recorded
   */
  public boolean fail(Duration within, String reason, CallContext call) {
    requireNonNull(within, "within");
    requireNonNull(reason, "reason");
    return inTurn(
        () -> {
          Instant now = setup.clock.instant();
          Optional<HistoryEvent> failure =
              LateFailure.of(setup.history(call), now.minus(Ticker.countable(within)), reason);
          failure.ifPresent(event -> setup.target.history().append(event, now, call));
          return failure.isPresent();
        },
        call);
  }

  /**
   * Lets the target follow its source again, from the next pass on.
   *
   * @throws io.github.gitops4j.error.HistoryException if it cannot be recorded
   */
  public void unpin(String by, CallContext call) {
    record(new HistoryEvent.RevisionUnpinned(by), call);
  }

  /**
   * Lets hooks that have failed be run once more for the same revision, from the next pass on.
   *
   * @throws io.github.gitops4j.error.HistoryException if it cannot be recorded
   */
  public void retryHooks(String by, CallContext call) {
    record(new HistoryEvent.HooksRetried(by), call);
  }

  /**
   * Puts right again, from the next pass on, what was left as it is because somebody else changed
   * it each time.
   */
  public void correctAgain(CallContext call) {
    inTurn(
        () -> {
          setup.fights.forget();
          return setup;
        },
        call);
  }

  /**
   * Approves a plan by its digest, for the gates that ask for it.
   *
   * @throws io.github.gitops4j.error.HistoryException if it cannot be recorded
   */
  public void approve(ContentDigest plan, String by, CallContext call) {
    record(new HistoryEvent.PlanApproved(plan, by), call);
  }

  /**
   * Says how the target stands. Writes nothing.
   *
   * @throws io.github.gitops4j.error.GitOpsException of the stage that could not go on
   */
  public TargetStatus status(CallContext call) {
    return inTurn(() -> new Resolving(setup, join).status(call), call);
  }

  /**
   * Says which of some resources are declared now and not healthy. Writes nothing.
   *
   * @throws io.github.gitops4j.error.GitOpsException of the stage that could not go on
   */
  public SortedMap<ResourceKey, HealthReport> unhealthy(Set<ResourceKey> among, CallContext call) {
    requireNonNull(among, "among");
    return inTurn(() -> new Resolving(setup, join).unhealthy(among, call), call);
  }

  /**
   * Returns the newest records of the history, newest first.
   *
   * @throws io.github.gitops4j.error.HistoryException if it cannot be read
   */
  public List<HistoryRecord> history(int limit, CallContext call) {
    return setup.target.history().newest(limit, call);
  }

  /**
   * Looks at every record of the history as it is kept now, and says where the chain breaks first,
   * if it does. Writes nothing.
   *
   * @throws io.github.gitops4j.error.HistoryException if it cannot be read
   */
  public HistoryAudit audit(CallContext call) {
    return audit(HistoryAuditor.create(), call);
  }

  /**
   * Does the same, knowing a record that has to be there: so it finds as well that the newest
   * records were cut off, or that all were written anew.
   *
   * @param known the digest of the record, such as that of an earlier audit
   * @throws io.github.gitops4j.error.HistoryException if it cannot be read
   */
  public HistoryAudit audit(ContentDigest known, CallContext call) {
    return audit(HistoryAuditor.knowing(known), call);
  }

  private HistoryAudit audit(HistoryAuditor auditor, CallContext call) {
    setup.target.history().audit(auditor, call);
    return auditor.result();
  }

  private <T> T inTurn(Supplier<T> work, CallContext call) {
    return turnstile.pass(
        () -> {
          try {
            return work.get();
          } finally {
            setup.passEnded();
          }
        },
        call);
  }

  private void record(HistoryEvent event, CallContext call) {
    turnstile.pass(() -> setup.target.history().append(event, setup.clock.instant(), call), call);
  }

  /** Builds a {@link Reconciler}. Confined to one thread. */
  public static final class Builder {
    final DesiredStateSource source;
    final Target target;
    PlanPolicy policy;
    InstantSource clock = InstantSource.system();
    RetryPolicy retry = RetryPolicy.builder().build();
    RewindPolicy rewind = RewindPolicy.REFUSE;
    Duration healthTimeout = Duration.ofMinutes(10);
    DegradedPolicy onDegraded = DegradedPolicy.FAIL;
    RollbackPolicy rollback = RollbackPolicy.NEVER;
    FightPolicy fights = FightPolicy.defaults();
    Supplier<String> operationIds = () -> UUID.randomUUID().toString();
    final List<ReconcileListener> listeners = new ArrayList<>();
    OtherApplications others = OtherApplications.none();
    private List<Gate> gates = List.of(DeletionLimit.relative());

    private Builder(DesiredStateSource source, Target target) {
      this.source = requireNonNull(source, "source");
      this.target = requireNonNull(target, "target");
      this.policy = target.defaultPolicy();
    }

    /** Default {@link Target#defaultPolicy()}. */
    public Builder policy(PlanPolicy value) {
      this.policy = requireNonNull(value, "policy");
      return this;
    }

    /**
     * Default {@link DeletionLimit#relative()}; these gates take its place. That inputs are
     * understood is asked in any case, unless the policy isolates those that are not.
     */
    public Builder gates(List<Gate> value) {
      this.gates = List.copyOf(value);
      return this;
    }

    /** Adds a gate to those that there are. */
    public Builder gate(Gate value) {
      List<Gate> all = new ArrayList<>(gates);
      all.add(requireNonNull(value, "gate"));
      this.gates = List.copyOf(all);
      return this;
    }

    /** Default {@link OtherApplications#none}: what gates may ask about others. */
    public Builder others(OtherApplications value) {
      this.others = requireNonNull(value, "others");
      return this;
    }

    /** Default the system's clock. */
    public Builder clock(InstantSource value) {
      this.clock = requireNonNull(value, "clock");
      return this;
    }

    /** Default four attempts within a few seconds. */
    public Builder retry(RetryPolicy value) {
      this.retry = requireNonNull(value, "retry");
      return this;
    }

    /** Default {@link RewindPolicy#REFUSE}. */
    public Builder rewind(RewindPolicy value) {
      this.rewind = requireNonNull(value, "rewind");
      return this;
    }

    /** Default 10 minutes: how long a wave may take to become healthy. */
    public Builder healthTimeout(Duration value) {
      this.healthTimeout = requireNonNull(value, "healthTimeout");
      return this;
    }

    /** Default {@link DegradedPolicy#FAIL}. */
    public Builder onDegraded(DegradedPolicy value) {
      this.onDegraded = requireNonNull(value, "onDegraded");
      return this;
    }

    /** Default {@link RollbackPolicy#NEVER}. */
    public Builder rollback(RollbackPolicy value) {
      this.rollback = requireNonNull(value, "rollback");
      return this;
    }

    /** Default {@link FightPolicy#defaults}. */
    public Builder fights(FightPolicy value) {
      this.fights = requireNonNull(value, "fights");
      return this;
    }

    /** Default random UUIDs. */
    public Builder operationIds(Supplier<String> value) {
      this.operationIds = requireNonNull(value, "operationIds");
      return this;
    }

    /** Default none; each call adds one. */
    public Builder listener(ReconcileListener value) {
      listeners.add(requireNonNull(value, "listener"));
      return this;
    }

    /** Builds the reconciler. */
    public Reconciler build() {
      return new Reconciler(this);
    }

    List<Gate> allGates() {
      List<Gate> all = new ArrayList<>();
      if (policy.incomplete() == IncompletePolicy.REFUSE) {
        all.add(new InputsUnderstood());
      }
      all.addAll(gates);
      return List.copyOf(all);
    }
  }
}
