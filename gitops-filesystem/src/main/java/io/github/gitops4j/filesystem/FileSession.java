package io.github.gitops4j.filesystem;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Applies waves to a directory: stage everything, flush, rename everything, flush.
 *
 * <p>Confined to one reconcile call.
 */
final class FileSession implements ApplySession {
  private static final int PROGRESS_STEP = 100;

  private final StateDirectory state;
  private final StageArea stage;
  private final Staging staging;
  private final Quarantine quarantine;
  private final OwnDirectories own;
  private final Durability durability;
  private final Rules rules;
  private final String operation;
  private int waves;

  /** How a target wants to be written. */
  record Rules(Crew crew, ReplaceStyle style) {}

  FileSession(StateDirectory state, ApplyRequest request, Rules rules, CallContext call) {
    this.state = state;
    this.rules = rules;
    this.operation = call.operationId();
    this.quarantine = new Quarantine(state);
    this.durability = new Durability(state.disk());
    try {
      state.initialise();
      this.stage = StageArea.open(state, quarantine);
    } catch (IOException e) {
      Failure failure = WriteFailure.of(state.directory(), e);
      throw new ApplyException(failure.category(), failure.message(), e);
    }
    this.own = OwnDirectories.load(state);
    this.staging = new Staging(stage.directory(), request.desired(), state.disk());
  }

  @Override
  public void apply(List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext call) {
    Map<ResourceKey, ApplyOutcome> failed = new ConcurrentHashMap<>();
    Staged staged = stage(batch, failed, call);
    Map<ResourceKey, ApplyOutcome> done = new HashMap<>(2 * batch.size());
    done.putAll(failed);
    try {
      durability.flush(staged.files.values(), batch.size());
      Set<Path> touched = publish(batch, staged, done, call);
      own.save();
      durability.flush(touched, batch.size());
    } catch (IOException e) {
      // What may not survive a crash of the machine is not done. The intent stays in the inventory,
      // and the next pass finds what is there.
      for (PlannedAction action : batch) {
        Failure failure = WriteFailure.of(action.key(), e);
        done.compute(
            action.key(),
            (key, outcome) ->
                outcome instanceof ApplyOutcome.Failed
                    ? outcome
                    : new ApplyOutcome.Failed(key, failure));
      }
    }
    batch.forEach(action -> outcomes.accept(done.get(action.key())));
  }

  /** The files that wait to be put into place, some of them in directories of theirs. */
  private record Staged(Map<ResourceKey, Path> files, FreshDirectories fresh) {}

  private Staged stage(
      List<PlannedAction> batch, Map<ResourceKey, ApplyOutcome> done, CallContext call) {
    List<PlannedAction> writes = batch.stream().filter(FileSession::writes).toList();
    FreshDirectories fresh =
        new FreshDirectories(state.root(), stage.directory(), state.disk(), waves++);
    fresh.prepare(writes);
    Staged staged = new Staged(new ConcurrentHashMap<>(2 * writes.size()), fresh);
    AtomicInteger seen = new AtomicInteger();
    rules
        .crew()
        .doAll(
            writes.size(),
            i -> {
              stageOne(writes.get(i), staged, done, call);
              tell(call, "stage", seen.incrementAndGet(), writes.size());
            });
    return staged;
  }

  private static void tell(CallContext call, String phase, int done, int total) {
    if (done % PROGRESS_STEP == 0) {
      call.progress(phase, done, total);
    }
  }

  private void stageOne(
      PlannedAction action, Staged staged, Map<ResourceKey, ApplyOutcome> done, CallContext call) {
    try {
      Optional<Path> place = staged.fresh.place(action);
      ContentDigest content = action.head().desired().orElseThrow();
      staged.files.put(action.key(), staging.write(action.key(), place, content, call));
    } catch (IOException | RuntimeException e) {
      staged.fresh.spoil(action.key());
      done.put(
          action.key(), new ApplyOutcome.Failed(action.key(), WriteFailure.of(action.key(), e)));
    }
  }

  private Set<Path> publish(
      List<PlannedAction> batch,
      Staged staged,
      Map<ResourceKey, ApplyOutcome> done,
      CallContext call)
      throws IOException {
    try (ConfinedTree tree = new ConfinedTree(state, stage.directory(), own)) {
      Publishing publishing =
          new Publishing(
              tree,
              stage.directory(),
              state.disk(),
              new Publishing.Rules(rules.style(), quarantine, operation));
      int seen = 0;
      staged.fresh.publish(tree, call);
      for (PlannedAction action : inOrder(batch)) {
        tell(call, "publish", ++seen, batch.size());
        if (!done.containsKey(action.key())) {
          done.put(action.key(), perform(action, staged, publishing, call));
        }
      }
      Set<Path> touched = new LinkedHashSet<>(quarantine.touched());
      touched.addAll(tree.touched());
      return touched;
    }
  }

  /** What is taken away may have to make room, deepest first; then comes what is written. */
  private static List<PlannedAction> inOrder(List<PlannedAction> batch) {
    List<PlannedAction> ordered = new ArrayList<>();
    batch.stream()
        .filter(action -> !writes(action))
        .sorted(Comparator.comparing(PlannedAction::key).reversed())
        .forEach(ordered::add);
    batch.stream()
        .filter(FileSession::writes)
        .sorted(Comparator.comparing(PlannedAction::key))
        .forEach(ordered::add);
    return ordered;
  }

  private static boolean writes(PlannedAction action) {
    return action instanceof PlannedAction.Create
        || action instanceof PlannedAction.Update
        || action instanceof PlannedAction.Replace;
  }

  private static ApplyOutcome perform(
      PlannedAction action, Staged staged, Publishing publishing, CallContext call) {
    try {
      Path file = staged.files.get(action.key());
      if (file != null && staged.fresh.published(file)) {
        return Publishing.created(action);
      }
      call.checkActive("apply");
      if (file != null) {
        return publishing.write(action, file);
      } else if (action instanceof PlannedAction.Adopt) {
        return publishing.adopt(action);
      } else if (action instanceof PlannedAction.Release) {
        return new ApplyOutcome.Removed(action.key(), Effect.RELEASED, "");
      }
      return publishing.remove(action);
    } catch (IOException | RuntimeException e) {
      return new ApplyOutcome.Failed(action.key(), WriteFailure.of(action.key(), e));
    }
  }

  @Override
  public void close() {
    try {
      stage.sweep();
    } catch (IOException e) {
      // What is left over is swept by the next session.
    }
  }
}
