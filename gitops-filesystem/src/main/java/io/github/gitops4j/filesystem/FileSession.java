package io.github.gitops4j.filesystem;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Applies waves to a directory: stage everything, flush, rename everything, flush.
 *
 * <p>Confined to one reconcile call.
 */
final class FileSession implements ApplySession {
  /** Begins the names of what was taken away and not yet judged. */
  static final String WITHDRAWN = "withdrawn-";

  private final StateDirectory state;
  private final Path stage;
  private final Staging staging;
  private final Quarantine quarantine;
  private final OwnDirectories own;
  private final Parallel parallel;
  private final String operation;

  /** The threads that stage. */
  record Parallel(Executor executor, int threads) {}

  FileSession(StateDirectory state, ApplyRequest request, Parallel parallel, CallContext call) {
    this.state = state;
    this.parallel = parallel;
    this.operation = call.operationId();
    this.quarantine = new Quarantine(state);
    try {
      state.initialise();
      sweep(state.file(StateDirectory.STAGE));
      this.stage = Files.createTempDirectory(state.file(StateDirectory.STAGE), "session-");
      this.own = OwnDirectories.load(state);
    } catch (IOException e) {
      throw new ApplyException(
          FailureCategory.UNAVAILABLE,
          state.root() + ": preparing to write failed: " + e.getMessage(),
          e);
    }
    this.staging = new Staging(stage, request.desired());
  }

  @Override
  public void apply(List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext call) {
    Map<ResourceKey, ApplyOutcome> done = new ConcurrentHashMap<>();
    Map<ResourceKey, Path> staged = stage(batch, done, call);
    try {
      Durability.force(staged.values());
      Set<Path> touched = publish(batch, staged, done, call);
      own.save();
      Durability.force(touched);
    } catch (IOException e) {
      Failure failure = failure(state.root().toString(), e);
      batch.forEach(
          action -> done.putIfAbsent(action.key(), new ApplyOutcome.Failed(action.key(), failure)));
    }
    batch.forEach(action -> outcomes.accept(done.get(action.key())));
  }

  private Map<ResourceKey, Path> stage(
      List<PlannedAction> batch, Map<ResourceKey, ApplyOutcome> done, CallContext call) {
    List<PlannedAction> writes = batch.stream().filter(FileSession::writes).toList();
    Map<ResourceKey, Path> staged = new ConcurrentHashMap<>();
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i < writes.size(); i = next.getAndIncrement()) {
            stageOne(writes.get(i), staged, done, call);
          }
        };
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int i = 1; i < Math.min(parallel.threads(), writes.size()); i++) {
      others.add(CompletableFuture.runAsync(worker, parallel.executor()));
    }
    worker.run();
    others.forEach(CompletableFuture::join);
    return staged;
  }

  private void stageOne(
      PlannedAction action,
      Map<ResourceKey, Path> staged,
      Map<ResourceKey, ApplyOutcome> done,
      CallContext call) {
    try {
      staged.put(
          action.key(), staging.write(action.key(), action.head().desired().orElseThrow(), call));
    } catch (IOException | RuntimeException e) {
      done.put(action.key(), new ApplyOutcome.Failed(action.key(), failure(action, e)));
    }
  }

  private Set<Path> publish(
      List<PlannedAction> batch,
      Map<ResourceKey, Path> staged,
      Map<ResourceKey, ApplyOutcome> done,
      CallContext call)
      throws IOException {
    Set<Path> touched = new LinkedHashSet<>();
    try (ConfinedTree tree = new ConfinedTree(state.root(), stage, own)) {
      Publishing publishing = new Publishing(tree, state.root(), quarantine, operation);
      for (PlannedAction action : inOrder(batch)) {
        if (done.containsKey(action.key())) {
          continue;
        }
        ApplyOutcome outcome = perform(action, staged, publishing, call);
        done.put(action.key(), outcome);
        if (outcome.effect() != Effect.FAILED) {
          touched.add(parent(action.key().name()));
        }
      }
    }
    return touched;
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

  private ApplyOutcome perform(
      PlannedAction action,
      Map<ResourceKey, Path> staged,
      Publishing publishing,
      CallContext call) {
    try {
      call.checkActive("apply");
      Path file = staged.get(action.key());
      if (file != null) {
        return publishing.write(action, file);
      } else if (action instanceof PlannedAction.Adopt) {
        return publishing.adopt(action);
      } else if (action instanceof PlannedAction.Release) {
        return new ApplyOutcome.Removed(action.key(), Effect.RELEASED, "");
      }
      return publishing.remove(action);
    } catch (IOException | RuntimeException e) {
      return new ApplyOutcome.Failed(action.key(), failure(action, e));
    }
  }

  private Path parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? state.root() : state.root().resolve(path.substring(0, slash));
  }

  private static Failure failure(PlannedAction action, Exception e) {
    return failure(action.key().toString(), e);
  }

  private static Failure failure(String what, Exception e) {
    if (e instanceof GitOpsException ours) {
      return ours.failure();
    } else if (e instanceof AccessDeniedException) {
      return Failure.of(FailureCategory.FORBIDDEN, what + ": writing failed: permission denied", e);
    } else if (e instanceof FileSystemException fileSystem) {
      String reason = fileSystem.getReason();
      String why = reason == null ? e.getClass().getSimpleName() : reason;
      return Failure.of(FailureCategory.UNAVAILABLE, what + ": writing failed: " + why, e);
    } else if (e instanceof InvalidPathException) {
      return Failure.of(
          FailureCategory.UNSUPPORTED,
          what + ": writing failed: this system's file name encoding cannot spell it",
          e);
    } else if (e instanceof IOException) {
      return Failure.of(
          FailureCategory.UNAVAILABLE, what + ": writing failed: " + e.getMessage(), e);
    }
    return Failure.from(e);
  }

  @Override
  public void close() {
    try {
      sweep(state.file(StateDirectory.STAGE));
    } catch (IOException e) {
      // What is left over is swept by the next session.
    }
  }

  /** Removes what earlier sessions staged; what they had taken away and not judged is kept. */
  private void sweep(Path all) throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.walk(all)) {
      found = new ArrayList<>(files.filter(file -> !file.equals(all)).toList());
    }
    found.sort(Comparator.reverseOrder());
    for (Path file : found) {
      boolean directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
      if (!directory && String.valueOf(file.getFileName()).startsWith(WITHDRAWN)) {
        Files.move(file, quarantine.place("interrupted", String.valueOf(file.getFileName())));
      } else {
        Files.delete(file);
      }
    }
  }
}
