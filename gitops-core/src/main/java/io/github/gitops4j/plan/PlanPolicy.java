package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;

/**
 * What the owner of an application wants to happen in each case.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class PlanPolicy {
  private final Pruning pruning;
  private final DriftPolicy drift;
  private final List<DriftRule> driftRules;
  private final ConflictPolicy conflict;
  private final OwnershipPolicy ownership;
  private final PrunedDriftPolicy prunedDrift;
  private final IncompletePolicy incomplete;
  private final List<IgnoreRule> ignoreRules;

  private PlanPolicy(Builder builder) {
    this.pruning = builder.pruning;
    this.drift = builder.drift;
    this.driftRules = builder.driftRules;
    this.conflict = builder.conflict;
    this.ownership = builder.ownership;
    this.prunedDrift = builder.prunedDrift;
    this.incomplete = builder.incomplete;
    this.ignoreRules = builder.ignoreRules;
  }

  /** Whether what is no longer declared is removed. */
  public enum Pruning {
    /** It is removed, but nothing if nothing at all is declared. */
    ON,
    /** It is removed, even if nothing at all is declared. */
    EVEN_ALL,
    /** It stays, and is reported. */
    OFF
  }

  /** Returns the policy of all defaults. */
  public static PlanPolicy defaults() {
    return builder().build();
  }

  /** Returns a builder with the default of each choice. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whether what is no longer declared is removed. */
  public Pruning pruning() {
    return pruning;
  }

  /** Returns what is done about drift that no rule is about. */
  public DriftPolicy drift() {
    return drift;
  }

  /** Returns the rules about drift; the first that takes one decides. */
  public List<DriftRule> driftRules() {
    return driftRules;
  }

  /** Returns what is done about drift of a resource; without changes it is gone. */
  DriftPolicy drift(ResourceKey key, List<FieldChange> changes) {
    for (DriftRule rule : driftRules) {
      if (rule.takes(key, changes)) {
        return rule.policy();
      }
    }
    return drift;
  }

  /** Returns what is done about conflicts. */
  public ConflictPolicy conflict() {
    return conflict;
  }

  /** Returns what is done about what others own. */
  public OwnershipPolicy ownership() {
    return ownership;
  }

  /** Returns what is done about what is no longer declared and was changed meanwhile. */
  public PrunedDriftPolicy prunedDrift() {
    return prunedDrift;
  }

  /** Returns what is done about inputs that cannot be understood. */
  public IncompletePolicy incomplete() {
    return incomplete;
  }

  /** Returns the fields that do not count. */
  public List<IgnoreRule> ignoreRules() {
    return ignoreRules;
  }

  /** Returns all choices as one line; equal policies give equal text. */
  public String id() {
    return String.join(
        ";",
        "prune=" + pruning,
        "drift=" + drift + (driftRules.isEmpty() ? "" : driftRules),
        "conflict=" + conflict,
        "ownership=" + ownership,
        "prunedDrift=" + prunedDrift,
        "incomplete=" + incomplete,
        "ignore=" + ignoreRules);
  }

  /** Builds a {@link PlanPolicy}. Confined to one thread. */
  public static final class Builder {
    private Pruning pruning = Pruning.ON;
    private DriftPolicy drift = DriftPolicy.CORRECT;
    private List<DriftRule> driftRules = List.of();
    private ConflictPolicy conflict = ConflictPolicy.HOLD;
    private OwnershipPolicy ownership = OwnershipPolicy.MUST_MATCH;
    private PrunedDriftPolicy prunedDrift = PrunedDriftPolicy.QUARANTINE;
    private IncompletePolicy incomplete = IncompletePolicy.REFUSE;
    private List<IgnoreRule> ignoreRules = List.of();

    private Builder() {}

    /** Default {@link Pruning#ON}. */
    public Builder pruning(Pruning value) {
      this.pruning = requireNonNull(value, "pruning");
      return this;
    }

    /** Default {@link DriftPolicy#CORRECT}. */
    public Builder drift(DriftPolicy value) {
      this.drift = requireNonNull(value, "drift");
      return this;
    }

    /** Default none: the first rule that takes a drift decides about it. */
    public Builder driftRules(List<DriftRule> value) {
      this.driftRules = List.copyOf(value);
      return this;
    }

    /** Default {@link ConflictPolicy#HOLD}. */
    public Builder conflict(ConflictPolicy value) {
      this.conflict = requireNonNull(value, "conflict");
      return this;
    }

    /** Default {@link OwnershipPolicy#MUST_MATCH}. */
    public Builder ownership(OwnershipPolicy value) {
      this.ownership = requireNonNull(value, "ownership");
      return this;
    }

    /** Default {@link PrunedDriftPolicy#QUARANTINE}. */
    public Builder prunedDrift(PrunedDriftPolicy value) {
      this.prunedDrift = requireNonNull(value, "prunedDrift");
      return this;
    }

    /** Default {@link IncompletePolicy#REFUSE}. */
    public Builder incomplete(IncompletePolicy value) {
      this.incomplete = requireNonNull(value, "incomplete");
      return this;
    }

    /** Default none. */
    public Builder ignoreRules(List<IgnoreRule> value) {
      this.ignoreRules = List.copyOf(value);
      return this;
    }

    /** Builds the policy. */
    public PlanPolicy build() {
      return new PlanPolicy(this);
    }
  }
}
