package io.github.gitops4j.benchmarks;

import io.github.gitops4j.filesystem.DirectoryWatch;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.git.CommitBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Somebody puts another file in the place of one of ours: how long it takes until the watch has
 * told, one pass was made, and the file is as declared again. Each pass asks the repository what is
 * tracked, keeps what it displaces in quarantine, and flushes.
 */
final class FileDriftCase implements ChangeFeed.Listener {
  private static final int FILES = 10_000;
  private static final int SETTLING = 4;
  private static final int WARM_UP = 100;
  private static final int EDITS = 200;
  private static final int PATIENCE_SECONDS = 30;
  private static final double BAR_MILLIS = 500;

  private final Semaphore told = new Semaphore(0);
  private final Semaphore passed = new Semaphore(0);
  private final RunSite site;
  private final Path root;

  private FileDriftCase(RunSite site) {
    this.site = site;
    this.root = site.base().resolve("root");
  }

  static RunRow measure(RunFlags flags) throws IOException {
    try (RunSite site = RunSite.create(flags.disk(), FILES)) {
      return new FileDriftCase(site).measure();
    }
  }

  private RunRow measure() throws IOException {
    Files.createDirectories(root);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (DirectoryWatch watch = DirectoryWatch.open(threads);
        FilesystemTarget target = FilesystemTarget.builder(root).watch(watch).build()) {
      Reconciler reconciler = site.reconciler(target);
      for (int i = 0; i < SETTLING; i++) {
        RunSite.pass(reconciler);
      }
      try (ChangeFeed.Listening ignored =
          target.live().changeFeed().flatMap(feed -> feed.listen(this)).orElseThrow()) {
        threads.execute(() -> follow(reconciler));
        return row(edits());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void pending() {
    told.release();
  }

  @Override
  public void stirred(ResourceKey key) {}

  private void follow(Reconciler reconciler) {
    try {
      while (true) {
        told.acquire();
        told.drainPermits();
        RunSite.pass(reconciler);
        passed.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double[] edits() throws IOException {
    double[] millis = new double[EDITS];
    for (int i = -WARM_UP; i < EDITS; i++) {
      double taken = edit(Math.floorMod(i * 37, FILES));
      if (i >= 0) {
        millis[i] = taken;
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  private double edit(int number) throws IOException {
    Path file = root.resolve(CommitBuilder.pathOf(RunSite.DIRECTORY, number));
    byte[] declared = Files.readAllBytes(file);
    Path theirs = Files.writeString(site.base().resolve("theirs"), "edited " + number);
    long begin = System.nanoTime();
    Files.move(theirs, file, StandardCopyOption.ATOMIC_MOVE);
    do {
      awaitPass();
    } while (!Arrays.equals(declared, Files.readAllBytes(file)));
    return (System.nanoTime() - begin) / 1e6;
  }

  private void awaitPass() {
    try {
      if (!passed.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing was told of an edit, or a pass failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static RunRow row(double[] sorted) {
    return new RunRow(
        "file-drift: an edit in a watched directory of " + FILES + " files, p99 in ms",
        sorted[EDITS * 99 / 100 - 1],
        RunRow.Bound.AT_MOST,
        BAR_MILLIS,
        String.format(
            Locale.ROOT,
            "%d edits; median %.1f ms, slowest %.1f ms",
            EDITS,
            sorted[EDITS / 2],
            sorted[EDITS - 1]));
  }
}
