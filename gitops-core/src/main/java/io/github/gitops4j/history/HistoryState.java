package io.github.gitops4j.history;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a history: a fold over its records.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class HistoryState {
  private static final int APPROVALS_KEPT = 100;
  private static final int HOOKS_KEPT = 1000;
  private static final HistoryState EMPTY = new HistoryState(0, HistoryRecord.START, new Fold());

  private final long sequence;
  private final ContentDigest digest;
  private final @Nullable Revision lastApplied;
  private final @Nullable Instant lastAppliedAt;
  private final HistoryEvent.@Nullable OperationBegan began;
  private final HistoryEvent.@Nullable OperationAwaits awaits;
  private final HistoryEvent.@Nullable OperationEnded lastEnded;
  private final HistoryEvent.@Nullable RevisionPinned pin;
  private final HistoryEvent.@Nullable PlanRefused refused;
  private final @Nullable Instant lastEndedAt;
  private final @Nullable String lastEndedContent;
  private final Healing healing;
  private final Evidence evidence;
  private final Map<ContentDigest, String> approvals;
  private final @Nullable String failing;
  private final Map<ResourceKey, HookState> hooks;

  private HistoryState(long sequence, ContentDigest digest, Fold fold) {
    this.sequence = sequence;
    this.digest = digest;
    this.lastApplied = fold.lastApplied;
    this.lastAppliedAt = fold.lastAppliedAt;
    this.began = fold.began;
    this.awaits = fold.awaits;
    this.lastEnded = fold.lastEnded;
    this.pin = fold.pin;
    this.refused = fold.refused;
    this.lastEndedAt = fold.lastEndedAt;
    this.lastEndedContent = fold.lastEndedContent;
    this.healing = fold.healing;
    this.evidence = fold.evidence;
    this.approvals = fold.approvals;
    this.failing = fold.failing;
    this.hooks = fold.hooks;
  }

  /** Returns the state of an empty history. */
  public static HistoryState empty() {
    return EMPTY;
  }

  /** Says whether a record is intact and the next link of the chain. */
  public boolean isContinuedBy(HistoryRecord record) {
    return record.isIntact()
        && record.sequence() == sequence + 1
        && record.previous().equals(digest);
  }

  /** Returns the state after one more record. */
  public HistoryState after(HistoryRecord record) {
    Fold fold = new Fold(this);
    fold.apply(requireNonNull(record, "record"));
    return new HistoryState(record.sequence(), record.digest(), fold);
  }

  /**
   * Returns the numbers of the records that it follows from: after these alone, in their order, a
   * state is the same. The last record is among them.
   */
  public NavigableSet<Long> evidence() {
    return evidence.numbers();
  }

  /** Returns the number of the last record; 0 if there is none. */
  public long sequence() {
    return sequence;
  }

  /** Returns the digest of the last record. */
  public ContentDigest digest() {
    return digest;
  }

  /** Returns the revision of the last operation that wrote. */
  public Optional<Revision> lastApplied() {
    return Optional.ofNullable(lastApplied);
  }

  /** Returns when the last operation that wrote began. */
  public Optional<Instant> lastAppliedAt() {
    return Optional.ofNullable(lastAppliedAt);
  }

  /** Returns the operation that has begun and not ended. */
  public Optional<HistoryEvent.OperationBegan> running() {
    return Optional.ofNullable(began);
  }

  /** Returns what the running operation waits for. */
  public Optional<HistoryEvent.OperationAwaits> awaits() {
    return Optional.ofNullable(awaits);
  }

  /** Returns how the last operation ended. */
  public Optional<HistoryEvent.OperationEnded> lastEnded() {
    return Optional.ofNullable(lastEnded);
  }

  /** Returns when the last operation ended. */
  public Optional<Instant> lastEndedAt() {
    return Optional.ofNullable(lastEndedAt);
  }

  /** Returns the content id of the last operation that ended. */
  public Optional<String> lastEndedContent() {
    return Optional.ofNullable(lastEndedContent);
  }

  /**
   * Returns the last revision with which everything became healthy, if a content is the one that
   * has failed since.
   */
  public Optional<Revision> healthyBefore(String contentId) {
    return healing.back(contentId);
  }

  /** Returns why a content has failed, if it has since it became healthy or was forgiven. */
  public Optional<String> failureOf(String contentId) {
    return contentId.equals(healing.failed()) ? Optional.of(healing.reason()) : Optional.empty();
  }

  /** Returns the pin. */
  public Optional<HistoryEvent.RevisionPinned> pin() {
    return Optional.ofNullable(pin);
  }

  /** Returns the plan that was refused last, if nothing was written since. */
  public Optional<HistoryEvent.PlanRefused> refused() {
    return Optional.ofNullable(refused);
  }

  /** Returns the digests of approved plans, the newest hundred. */
  public Set<ContentDigest> approvals() {
    return approvals.keySet();
  }

  /** Returns who approved a plan last, if its approval is one of these. */
  public Optional<String> approvedBy(ContentDigest plan) {
    return Optional.ofNullable(approvals.get(plan));
  }

  /**
   * Returns why the running operation has failed, if it has and only its hooks for that are left.
   */
  public Optional<String> failing() {
    return Optional.ofNullable(failing);
  }

  /** Returns how the last run of each hook stands, of the newest thousand. */
  public Map<ResourceKey, HookState> hooks() {
    return hooks;
  }

  /** A state in the making. */
  private static final class Fold {
    private @Nullable Revision lastApplied;
    private @Nullable Instant lastAppliedAt;
    private HistoryEvent.@Nullable OperationBegan began;
    private HistoryEvent.@Nullable OperationAwaits awaits;
    private HistoryEvent.@Nullable OperationEnded lastEnded;
    private HistoryEvent.@Nullable RevisionPinned pin;
    private HistoryEvent.@Nullable PlanRefused refused;
    private @Nullable Instant lastEndedAt;
    private @Nullable String lastEndedContent;
    private Healing healing = Healing.NOTHING;
    private Evidence evidence = Evidence.NONE;
    private long number;
    private Map<ContentDigest, String> approvals = Map.of();
    private @Nullable String failing;
    private Map<ResourceKey, HookState> hooks = Map.of();

    Fold() {}

    Fold(HistoryState from) {
      this.lastApplied = from.lastApplied;
      this.lastAppliedAt = from.lastAppliedAt;
      this.began = from.began;
      this.awaits = from.awaits;
      this.lastEnded = from.lastEnded;
      this.pin = from.pin;
      this.refused = from.refused;
      this.lastEndedAt = from.lastEndedAt;
      this.lastEndedContent = from.lastEndedContent;
      this.healing = from.healing;
      this.evidence = from.evidence;
      this.approvals = from.approvals;
      this.failing = from.failing;
      this.hooks = from.hooks;
    }

    void apply(HistoryRecord record) {
      number = record.sequence();
      evidence = evidence.with(Evidence.Part.LAST, number);
      apply(record.event(), record.time());
      evidence = evidence.onlyOf(approvals.keySet(), hooks.keySet());
    }

    private void apply(HistoryEvent event, Instant time) {
      if (event instanceof HistoryEvent.OperationBegan started) {
        began = started;
        awaits = null;
        failing = null;
        refused = null;
        evidence =
            evidence
                .without(Evidence.Part.AWAITS, Evidence.Part.FAILING, Evidence.Part.REFUSED)
                .with(Evidence.Part.BEGAN, number);
        lastApplied = started.revision();
        lastAppliedAt = time;
      } else if (event instanceof HistoryEvent.OperationAwaits waiting) {
        awaits = waiting;
        evidence = evidence.with(Evidence.Part.AWAITS, number);
      } else if (event instanceof HistoryEvent.OperationEnded ended) {
        evidence =
            evidence
                .without(Evidence.Part.AWAITS, Evidence.Part.FAILING)
                .with(Evidence.Part.ENDED, number);
        heal(ended);
        lastEndedAt = time;
        began = null;
        awaits = null;
        failing = null;
        lastEnded = ended;
      } else if (event instanceof HistoryEvent.OperationFailing failed) {
        failing = failed.reason();
        evidence = evidence.with(Evidence.Part.FAILING, number);
      } else {
        applyStep(event);
      }
    }

    private void applyStep(HistoryEvent event) {
      if (event instanceof HistoryEvent.HookStarted hook) {
        put(hook.run().key(), new HookState(hook.operation(), hook.run(), Optional.empty(), ""));
        evidence = evidence.withHook(hook.run().key(), number);
      } else if (event instanceof HistoryEvent.HookEnded hook) {
        HookState state = hooks.get(hook.key());
        if (state != null) {
          put(
              hook.key(),
              new HookState(hook.operation(), state.run(), Optional.of(hook.end()), hook.reason()));
          evidence = evidence.andHook(hook.key(), number);
        }
      } else if (event instanceof HistoryEvent.HooksRetried) {
        forgive();
        retryHooks();
      } else {
        applyDecision(event);
      }
    }

    private void applyDecision(HistoryEvent event) {
      if (event instanceof HistoryEvent.PlanApproved approved) {
        approve(approved);
        evidence = evidence.withApproval(approved.plan(), number);
      } else if (event instanceof HistoryEvent.PlanRefused plan) {
        refused = plan;
        evidence = evidence.with(Evidence.Part.REFUSED, number);
      } else if (event instanceof HistoryEvent.RevisionPinned pinned) {
        pin = pinned;
        evidence = evidence.with(Evidence.Part.PIN, number);
      } else if (event instanceof HistoryEvent.RevisionUnpinned) {
        pin = null;
        evidence = evidence.without(Evidence.Part.PIN);
        forgive();
      } else if (event instanceof HistoryEvent.RevisionFailed failed) {
        healing = healing.failed(failed.contentId(), failed.reason());
        evidence = evidence.with(Evidence.Part.FAILED, number);
      } else {
        throw new AssertionError(event);
      }
    }

    private void heal(HistoryEvent.OperationEnded ended) {
      if (began == null) {
        return;
      }
      lastEndedContent = began.contentId();
      NavigableSet<Long> both = new TreeSet<>(evidence.of(Evidence.Part.BEGAN));
      both.add(number);
      evidence = evidence.with(Evidence.Part.ENDED_CONTENT, both);
      if (ended.result() == OperationResult.SUCCEEDED) {
        succeed(ended.revision(), began.contentId(), both);
      } else if (ended.result() == OperationResult.FAILED) {
        healing = healing.failed(began.contentId(), "its operation failed");
        evidence = evidence.with(Evidence.Part.FAILED, both);
      }
    }

    private void succeed(Revision revision, String contentId, NavigableSet<Long> records) {
      Healing before = healing;
      healing = healing.succeeded(revision, contentId);
      if (!Objects.equals(healing.before(), before.before())) {
        evidence = evidence.with(Evidence.Part.HEALTHY_BEFORE, evidence.of(Evidence.Part.HEALTHY));
      }
      evidence = evidence.with(Evidence.Part.HEALTHY, records);
      if (healing.failed() == null) {
        evidence = evidence.without(Evidence.Part.FAILED);
      }
    }

    private void forgive() {
      healing = healing.forgiven();
      evidence = evidence.without(Evidence.Part.FAILED).with(Evidence.Part.FORGIVEN, number);
    }

    private void retryHooks() {
      Map<ResourceKey, HookState> next = new LinkedHashMap<>(hooks);
      next.replaceAll(
          (key, state) -> {
            if (!state.ended(Hook.End.FAILED)) {
              return state;
            }
            evidence = evidence.andHook(key, number);
            return new HookState(
                state.operation(), state.run().forNone(), state.end(), state.reason());
          });
      hooks = Collections.unmodifiableMap(next);
    }

    private void put(ResourceKey key, HookState state) {
      Map<ResourceKey, HookState> next = new LinkedHashMap<>(hooks);
      next.remove(key);
      next.put(key, state);
      while (next.size() > HOOKS_KEPT) {
        next.remove(next.keySet().iterator().next());
      }
      hooks = Collections.unmodifiableMap(next);
    }

    private void approve(HistoryEvent.PlanApproved approved) {
      Map<ContentDigest, String> next = new LinkedHashMap<>(approvals);
      next.remove(approved.plan());
      next.put(approved.plan(), approved.by());
      while (next.size() > APPROVALS_KEPT) {
        next.remove(next.keySet().iterator().next());
      }
      approvals = Collections.unmodifiableMap(next);
    }
  }
}
