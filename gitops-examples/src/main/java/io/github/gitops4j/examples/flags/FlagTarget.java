package io.github.gitops4j.examples.flags;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.Settings;
import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.ResourceModel;
import java.nio.file.Path;

/**
 * A service of feature flags as a target. What is ours and what happened is kept in a directory
 * beside the program, in the stores of the filesystem backend.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FlagTarget implements Target {
  private final FlagService service;
  private final Target state;

  private FlagTarget(FlagService service, Target state) {
    this.service = requireNonNull(service, "service");
    this.state = state;
  }

  /** Creates a target that keeps its state in an existing directory. */
  public static FlagTarget of(FlagService service, Path state) {
    return new FlagTarget(service, FilesystemTarget.at(state));
  }

  /** Returns the target {@code flags} of application files. */
  public static Backend<Target> backend(FlagService service) {
    return Backend.bind("flags", settings -> opener(settings, service));
  }

  private static Backend.Opener<Target> opener(Settings settings, FlagService service) {
    settings.text("state");
    Path state = settings.path("state").orElse(Path.of(""));
    return () -> of(service, state);
  }

  @Override
  public String id() {
    return "flags:" + state.id();
  }

  @Override
  public ResourceModel model() {
    return new FlagModel();
  }

  @Override
  public LiveStateProvider live() {
    return new FlagLive(service);
  }

  @Override
  public Differ differ() {
    return new FlagDiffer();
  }

  @Override
  public Applier applier() {
    return new FlagApplier(service);
  }

  @Override
  public InventoryStore inventory() {
    return state.inventory();
  }

  @Override
  public HistoryStore history() {
    return state.history();
  }

  @Override
  public TargetLock lock() {
    return state.lock();
  }

  @Override
  public void close() {
    state.close();
  }
}
