package io.github.gitops4j.testkit;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.FieldMerge;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.diff.ListKeys;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes to an {@link InMemorySystem}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryApplier implements Applier {
  private final InMemorySystem system;
  private final List<IgnoreRule> ignoreRules;
  private final List<LiveResource> keptAside = new ArrayList<>();

  private InMemoryApplier(InMemorySystem system, List<IgnoreRule> ignoreRules) {
    this.system = system;
    this.ignoreRules = List.copyOf(ignoreRules);
  }

  /** Creates an applier that keeps the live value of ignored fields. */
  public static InMemoryApplier of(InMemorySystem system, List<IgnoreRule> ignoreRules) {
    return new InMemoryApplier(system, ignoreRules);
  }

  /** Returns what was kept aside, oldest first. */
  public List<LiveResource> keptAside() {
    synchronized (keptAside) {
      return List.copyOf(keptAside);
    }
  }

  @Override
  public ApplySession open(ApplyRequest request, CallContext call) {
    return new Session(request);
  }

  private final class Session implements ApplySession {
    private final ApplyRequest request;
    private final Map<ResourceKey, LiveResource> left = new HashMap<>();

    Session(ApplyRequest request) {
      this.request = request;
    }

    @Override
    public void apply(
        List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext call) {
      for (PlannedAction action : batch) {
        outcomes.accept(outcome(action, call));
      }
    }

    @Override
    public Optional<LiveResource> left(ResourceKey key) {
      return Optional.ofNullable(left.remove(key));
    }

    @Override
    public void close() {}

    private ApplyOutcome outcome(PlannedAction action, CallContext call) {
      try {
        call.checkActive("apply");
        Optional<LiveResource> live = system.get(action.key());
        Optional<Failure> stale = stale(action, live);
        return stale.isPresent()
            ? new ApplyOutcome.Failed(action.key(), stale.get())
            : perform(action, live, call);
      } catch (CallException e) {
        return new ApplyOutcome.Failed(action.key(), e.failure());
      } catch (RuntimeException e) {
        return new ApplyOutcome.Failed(action.key(), Failure.from(e));
      }
    }

    private ApplyOutcome perform(
        PlannedAction action, Optional<LiveResource> live, CallContext call) {
      if (action instanceof PlannedAction.Create) {
        return write(action, Effect.CREATED, live, call);
      } else if (action instanceof PlannedAction.Update update) {
        if (update.overwritten() == LiveContent.KEEP_ASIDE) {
          keepAside(live.orElseThrow());
        }
        return write(action, Effect.UPDATED, live, call);
      } else if (action instanceof PlannedAction.Replace) {
        system.remove(action.key());
        return write(action, Effect.REPLACED, Optional.empty(), call);
      } else if (action instanceof PlannedAction.Adopt) {
        return adopted(action, live.orElseThrow());
      } else if (action instanceof PlannedAction.Prune) {
        return system.askToGo(action.key())
            ? new ApplyOutcome.Removed(action.key(), Effect.PRUNED, "")
            : new ApplyOutcome.Removing(action.key(), "held by order of the test");
      } else if (action instanceof PlannedAction.Quarantine) {
        keepAside(live.orElseThrow());
        system.remove(action.key());
        return new ApplyOutcome.Removed(action.key(), Effect.QUARANTINED, "memory");
      } else if (action instanceof PlannedAction.Release) {
        return new ApplyOutcome.Removed(action.key(), Effect.RELEASED, "");
      }
      throw new AssertionError(action);
    }

    private ApplyOutcome write(
        PlannedAction action, Effect effect, Optional<LiveResource> live, CallContext call) {
      Content content = request.desired().load(action.key(), call).content();
      if (!(content instanceof Content.Structured structured)) {
        throw new IllegalStateException(action.key() + " is no document");
      }
      List<FieldPath> ignored = IgnoreRule.pathsFor(ignoreRules, action.key());
      Document written =
          live.flatMap(LiveResource::document)
              .flatMap(
                  old ->
                      FieldMerge.keeping(ignored, ListKeys.NONE).merge(structured.document(), old))
              .orElse(structured.document());
      LiveResource after = system.put(action.key(), written, "");
      left.put(action.key(), after);
      String kept = keeps(action) ? "memory" : "";
      return new ApplyOutcome.Written(action.key(), effect, applied(action, after), kept);
    }

    private ApplyOutcome adopted(PlannedAction action, LiveResource live) {
      return ApplyOutcome.Written.of(action.key(), Effect.ADOPTED, applied(action, live));
    }
  }

  private static boolean keeps(PlannedAction action) {
    return action instanceof PlannedAction.Update update
        && update.overwritten() == LiveContent.KEEP_ASIDE;
  }

  private void keepAside(LiveResource live) {
    synchronized (keptAside) {
      keptAside.add(live);
    }
  }

  private static Applied applied(PlannedAction action, LiveResource live) {
    ContentDigest desired = action.head().desired().orElseThrow();
    return new Applied(desired, live.digest(), live.uid());
  }

  private static Optional<Failure> stale(PlannedAction action, Optional<LiveResource> live) {
    Precondition expected = action.head().precondition();
    boolean holds =
        expected instanceof Precondition.MustEqual equal
            ? live.filter(found -> found.uid().equals(equal.uid()))
                .filter(found -> found.digest().equals(equal.digest()))
                .isPresent()
            : live.isEmpty();
    return holds
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                FailureCategory.STALE, action.key() + ": applying failed: live moved meanwhile"));
  }
}
