package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one pass found and did.
 *
 * <p>Four verdicts stay apart: whether live is in sync ({@link #plan()}), whether it is healthy
 * ({@link #unhealthy()}), how the pass ended ({@link #result()}), and what happened to each
 * resource ({@link #outcomes()}).
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class ReconcileReport {
  private final String operation;
  private final Instant started;
  private final Instant ended;
  private final PassResult result;
  private final @Nullable Plan plan;
  private final List<GateDecision> decisions;
  private final List<ApplyOutcome> outcomes;
  private final SortedMap<ResourceKey, HealthReport> unhealthy;

  private ReconcileReport(Builder builder, PassResult result, Instant ended) {
    this.operation = builder.operation;
    this.started = builder.started;
    this.ended = requireNonNull(ended, "ended");
    this.result = requireNonNull(result, "result");
    this.plan = builder.plan;
    this.decisions = builder.decisions;
    this.outcomes = builder.outcomes;
    this.unhealthy = Collections.unmodifiableSortedMap(builder.unhealthy);
  }

  /** Returns a builder for the report of a pass that starts. */
  public static Builder builder(String operation, Instant started) {
    return new Builder(operation, started);
  }

  /** Returns the id of the operation that this pass belongs to. */
  public String operation() {
    return operation;
  }

  /** Returns when the pass started. */
  public Instant started() {
    return started;
  }

  /** Returns when the pass ended. */
  public Instant ended() {
    return ended;
  }

  /** Returns how the pass ended. */
  public PassResult result() {
    return result;
  }

  /** Returns the plan, if the pass came so far. */
  public Optional<Plan> plan() {
    return Optional.ofNullable(plan);
  }

  /** Returns what the gates said, if they were asked. */
  public List<GateDecision> decisions() {
    return decisions;
  }

  /** Returns what happened to each resource that was acted on, in the order of the plan. */
  public List<ApplyOutcome> outcomes() {
    return outcomes;
  }

  /** Returns the outcomes that failed, in the order of the plan. */
  public List<ApplyOutcome.Failed> failures() {
    return outcomes.stream()
        .filter(ApplyOutcome.Failed.class::isInstance)
        .map(ApplyOutcome.Failed.class::cast)
        .toList();
  }

  /** Returns how many outcomes have which effect; effects without any are left out. */
  public Map<Effect, Integer> effects() {
    Map<Effect, Integer> counts = new EnumMap<>(Effect.class);
    outcomes.forEach(outcome -> counts.merge(outcome.effect(), 1, Integer::sum));
    return counts;
  }

  /**
   * Returns what was waited for and is not healthy, with the reason; what was asked to go and is
   * still there is TERMINATING.
   */
  public SortedMap<ResourceKey, HealthReport> unhealthy() {
    return unhealthy;
  }

  /**
   * Says whether the pass wrote anything, be it only to the inventory, or waits for something that
   * it asked to go.
   */
  public boolean changedAnything() {
    return outcomes.stream().anyMatch(outcome -> outcome.effect() != Effect.FAILED);
  }

  /** Says whether live is now as declared: done, and nothing failed or held. */
  public boolean converged() {
    return result instanceof PassResult.Done
        && failures().isEmpty()
        && plan().map(made -> made.holds().isEmpty() && made.broken().isEmpty()).orElse(false);
  }

  @Override
  public String toString() {
    return "ReconcileReport[" + operation + " " + result + " " + effects() + "]";
  }

  /** Collects a report while the pass runs. Confined to one reconcile call. */
  public static final class Builder {
    private String operation;
    private final Instant started;
    private @Nullable Plan plan;
    private List<GateDecision> decisions = List.of();
    private List<ApplyOutcome> outcomes = List.of();
    private final SortedMap<ResourceKey, HealthReport> unhealthy = new TreeMap<>();

    private Builder(String operation, Instant started) {
      this.operation = requireNonNull(operation, "operation");
      this.started = requireNonNull(started, "started");
    }

    /** Sets the operation, once it is known that an earlier one goes on. */
    public Builder operation(String value) {
      this.operation = requireNonNull(value, "operation");
      return this;
    }

    /** Default none. */
    public Builder plan(Plan value) {
      this.plan = requireNonNull(value, "plan");
      return this;
    }

    /** Default none. */
    public Builder decisions(List<GateDecision> value) {
      this.decisions = List.copyOf(value);
      return this;
    }

    /** Default none. */
    public Builder outcomes(List<ApplyOutcome> value) {
      this.outcomes = List.copyOf(value);
      return this;
    }

    /** Default none; each call adds one. */
    public Builder unhealthy(ResourceKey key, HealthReport report) {
      unhealthy.put(key, report);
      return this;
    }

    /** Builds the report. */
    public ReconcileReport build(PassResult result, Instant ended) {
      return new ReconcileReport(this, result, ended);
    }
  }
}
