package io.github.gitops4j.kubernetes.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.AdditionPolicy;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.diff.Masking;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.DiffException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.OwnedFields;
import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Compares Kubernetes objects without a cluster: says what applying would change, from what is
 * known of the kinds of Kubernetes itself.
 *
 * <p>Amounts are compared by value, a default that is not declared is no difference, nor is empty
 * for absent; items of lists are matched as the API server matches them. Status and what only the
 * server writes do not count. Fields that only live has are left alone, unless they were declared
 * before: because the manager's entry of the managed fields holds them, or what was applied does.
 * Of custom kinds only metadata and what they have in common with Pods is known; the rest is
 * compared as it is written.
 *
 * <p>Values of Secrets and {@code last-applied-configuration} are masked.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class OfflineDiffer implements Differ {
  private final Predicate<String> manager;
  private final Function<ResourceKey, Optional<Document>> applied;
  private final AdditionPolicy additions;

  private OfflineDiffer(Builder builder) {
    this.manager = builder.manager;
    this.applied = builder.applied;
    this.additions = builder.additions;
  }

  /** Starts a differ. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public List<Drift> diff(DiffBatch batch, CallContext call) {
    List<Drift> drifts = new ArrayList<>();
    for (Comparison sides : batch.comparisons()) {
      call.checkActive("diff");
      drifts.add(drift(sides, batch, call));
    }
    return drifts;
  }

  private Drift drift(Comparison sides, DiffBatch batch, CallContext call) {
    if (sides.live() instanceof Observation.Unreadable unreadable) {
      return new Drift.Undecided(unreadable.failure());
    } else if (!(sides.live() instanceof Observation.Present present)) {
      return Drift.Missing.INSTANCE;
    } else if (sides.desired().isEmpty()) {
      return Drift.Extra.INSTANCE;
    } else {
      try {
        Document live = present.resource().document().orElseThrow(() -> notComparable(sides.key()));
        if (!(batch.desired().load(sides.key(), call).content()
            instanceof Content.Structured declared)) {
          throw notComparable(sides.key());
        }
        List<FieldPath> sensitive =
            new ArrayList<>(sides.desired().orElseThrow().traits().sensitivePaths());
        sensitive.addAll(SecretFields.of(sides.key()));
        return compare(
            sides.key(),
            declared.document(),
            live,
            batch.ignoreRules(),
            Masking.of(sensitive, batch.maskingKey()));
      } catch (CallException e) {
        throw e;
      } catch (RuntimeException e) {
        return new Drift.Undecided(Failure.from(e));
      }
    }
  }

  private static DiffException notComparable(ResourceKey key) {
    return new DiffException(FailureCategory.INVALID_INPUT, key + ": comparing failed: no object");
  }

  /**
   * Compares one object with what is declared of it. Values of Secrets are masked without digests.
   *
   * @throws IllegalArgumentException if a side is no object
   */
  public Drift compare(ResourceKey key, Document desired, Document live, List<IgnoreRule> rules) {
    return compare(key, desired, live, rules, Masking.withoutDigest(SecretFields.of(key)));
  }

  Drift compare(
      ResourceKey key, Document desired, Document live, List<IgnoreRule> rules, Masking masking) {
    LiveObject object = LiveObject.of(live);
    Mapping present = SecretFields.stored(key, object.root());
    ApplyPayload payload = ApplyPayload.of(key, desired);
    FieldType type = payload.type();
    Value after =
        Prediction.of(payload.besides(present), present, type, claim(key, object, payload, type));
    if (after == present || after == null) {
      return Drift.InSync.INSTANCE;
    }
    List<FieldChange> changes =
        DocumentDiffer.builder()
            .additions(AdditionPolicy.REPORT)
            .listKeys(payload.listKeys())
            .ignoring(IgnoredFields.of(rules, key, object, payload.document()).paths())
            .masking(masking)
            .build()
            .diff(Document.of(after), Document.of(present));
    return changes.isEmpty() ? Drift.InSync.INSTANCE : new Drift.Changed(changes);
  }

  private Claim claim(ResourceKey key, LiveObject live, ApplyPayload payload, FieldType type) {
    if (additions == AdditionPolicy.REPORT) {
      return new Claim.Declared();
    }
    Claim claim = Claim.Nothing.INSTANCE;
    for (Mapping entry : live.managers()) {
      if (LiveObject.isApply(entry) && manager.test(entry.text("manager").orElse(""))) {
        OwnedFields ours = OwnedFields.ofEntry(entry);
        if (!ours.isWithin(payload.root(), type)) {
          claim = Claim.Either.of(claim, new Claim.Owned(ours, others(live, entry)));
        }
      }
    }
    Optional<Document> before = applied.apply(key);
    return before.isPresent()
        ? Claim.Either.of(claim, new Claim.Applied(ApplyPayload.of(key, before.get()).root()))
        : claim;
  }

  private static List<OwnedFields> others(LiveObject live, Mapping ours) {
    return live.managers().stream()
        .filter(entry -> !entry.equals(ours))
        .map(OwnedFields::ofEntry)
        .toList();
  }

  /**
   * Collects options.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private Predicate<String> manager = name -> ManagerName.ownerOf(name).isPresent();
    private Function<ResourceKey, Optional<Document>> applied = key -> Optional.empty();
    private AdditionPolicy additions = AdditionPolicy.IGNORE;

    private Builder() {}

    /** Default any owner of ours: whose entry of the managed fields says what was declared. */
    public Builder owner(String owner) {
      return manager(ManagerName.of(owner).name());
    }

    /** Default any owner of ours: the field manager whose entry says what was declared. */
    public Builder manager(String name) {
      requireNonNull(name, "name");
      this.manager = name::equals;
      return this;
    }

    /** Default none: what was applied last, for a comparison of three sides. */
    public Builder applied(Function<ResourceKey, Optional<Document>> lastApplied) {
      this.applied = requireNonNull(lastApplied, "lastApplied");
      return this;
    }

    /** Default {@link AdditionPolicy#IGNORE}. Says what becomes of what only live has. */
    public Builder additions(AdditionPolicy policy) {
      this.additions = requireNonNull(policy, "policy");
      return this;
    }

    /** Returns the differ. */
    public OfflineDiffer build() {
      return new OfflineDiffer(this);
    }
  }
}
