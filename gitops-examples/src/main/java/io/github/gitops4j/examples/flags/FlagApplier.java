package io.github.gitops4j.examples.flags;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.examples.flags.FlagService.Flag;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.MappingReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes flags. What the plan expects is checked right before each write, and the service checks
 * with the version that nothing came between.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FlagApplier implements Applier {
  private final FlagService service;

  /** Creates an applier. */
  public FlagApplier(FlagService service) {
    this.service = requireNonNull(service, "service");
  }

  @Override
  public ApplySession open(ApplyRequest request, CallContext call) {
    return new Session(request);
  }

  private final class Session implements ApplySession {
    private final ApplyRequest request;

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
    public void close() {}

    private ApplyOutcome outcome(PlannedAction action, CallContext call) {
      try {
        call.checkActive("apply flag");
        Optional<Flag> flag = service.get(action.key().name());
        checkExpected(action, flag);
        return perform(action, flag, call);
      } catch (RuntimeException e) {
        return new ApplyOutcome.Failed(action.key(), Failure.from(e));
      }
    }

    private ApplyOutcome perform(PlannedAction action, Optional<Flag> flag, CallContext call) {
      if (action instanceof PlannedAction.Create) {
        return written(action, Effect.CREATED, set(action, 0, call), "");
      } else if (action instanceof PlannedAction.Update update) {
        boolean theirs = update.overwritten() == LiveContent.KEEP_ASIDE;
        String kept = theirs ? archive(flag.orElseThrow()) : "";
        Flag after = set(action, flag.orElseThrow().version(), call);
        return written(action, Effect.UPDATED, after, kept);
      } else if (action instanceof PlannedAction.Replace) {
        Flag after = set(action, flag.orElseThrow().version(), call);
        return written(action, Effect.REPLACED, after, "");
      } else if (action instanceof PlannedAction.Adopt) {
        return written(action, Effect.ADOPTED, flag.orElseThrow(), "");
      } else if (action instanceof PlannedAction.Prune) {
        delete(flag.orElseThrow());
        return new ApplyOutcome.Removed(action.key(), Effect.PRUNED, "");
      } else if (action instanceof PlannedAction.Quarantine) {
        String kept = archive(flag.orElseThrow());
        delete(flag.orElseThrow());
        return new ApplyOutcome.Removed(action.key(), Effect.QUARANTINED, kept);
      } else if (action instanceof PlannedAction.Release) {
        return new ApplyOutcome.Removed(action.key(), Effect.RELEASED, "");
      }
      throw new AssertionError(action);
    }

    private Flag set(PlannedAction action, long version, CallContext call) {
      Content content = request.desired().load(action.key(), call).content();
      Content.Structured structured = (Content.Structured) content;
      String value = MappingReader.of("flag", structured.document().root()).text("value");
      return service
          .set(action.key().name(), value, version)
          .orElseThrow(() -> stale(action.key().toString()));
    }
  }

  private void delete(Flag flag) {
    if (!service.delete(flag.name(), flag.version())) {
      throw stale(flag.name());
    }
  }

  private String archive(Flag flag) {
    service.archive(flag);
    return "archive of flags";
  }

  private static void checkExpected(PlannedAction action, Optional<Flag> flag) {
    Optional<LiveResource> live = flag.map(FlagLive::live);
    boolean holds =
        action.head().precondition() instanceof Precondition.MustEqual equal
            ? live.filter(found -> found.digest().equals(equal.digest())).isPresent()
            : live.isEmpty();
    if (!holds) {
      throw stale(action.key().toString());
    }
  }

  private static ApplyException stale(String name) {
    return new ApplyException(
        FailureCategory.STALE, name + ": applying failed: it moved since the plan was made");
  }

  private static ApplyOutcome written(
      PlannedAction action, Effect effect, Flag after, String keptAside) {
    Applied applied =
        new Applied(action.head().desired().orElseThrow(), FlagLive.live(after).digest(), "");
    return new ApplyOutcome.Written(action.key(), effect, applied, keptAside);
  }
}
