package io.github.gitops4j.benchmarks;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.filesystem.DirectoryWatch;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitSource;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pass that finds nothing to do with a healthy watch: what it costs in a large directory against
 * a small one. It is made certain that it reads no blob; that it asks nothing of a managed file is
 * held by {@code FileChangesTest#aPassWithNothingToDoAsksNothing}.
 */
final class WatchCase {
  private static final int SMALL = 1_000;
  private static final int SETTLING = 4;
  private static final int WARM_UP = 300;
  private static final int MEASURED = 100;
  private static final CallContext CALL = CallContext.unbounded();

  private WatchCase() {}

  static RunRow measure(RunFlags flags) throws IOException {
    Path base = Files.createTempDirectory(flags.disk(), "gitops-watch-");
    Rivals rivals = new Rivals();
    try (DirectoryWatch watch = DirectoryWatch.open();
        Site large = new Site(base.resolve("large"), flags.files(), watch);
        Site small = new Site(base.resolve("small"), SMALL, watch)) {
      for (int i = 0; i < WARM_UP; i++) {
        large.pass();
        small.pass();
      }
      for (int round = 0; round < MEASURED * flags.rounds(); round++) {
        rivals.ours(large::pass);
        rivals.theirs(small::pass);
      }
      large.requireNothingRead();
      small.requireNothingRead();
    } finally {
      Command.run("rm", "-rf", base.toString());
    }
    return new RunRow(
        "no-op pass with a healthy watch, " + flags.files() + " files to " + SMALL,
        rivals.ratio(),
        RunRow.Bound.AT_MOST,
        1.5,
        rivals.detail(SMALL + " files"));
  }

  /** A repository and a watched directory that follows it. */
  private static final class Site implements AutoCloseable {
    private final GitCache cache;
    private final FilesystemTarget target;
    private final GivenTreeSource source;
    private final Reconciler reconciler;

    Site(Path base, int files, DirectoryWatch watch) throws IOException {
      Files.createDirectories(base);
      this.cache =
          GitCache.builder(base.resolve("cache"), JGitIsolation.install()).allowFile().build();
      try (TestRepository origin = TestRepository.create(base.resolve("origin.git"))) {
        origin.commit().putMany(RunSite.DIRECTORY, files, n -> "value: " + n + "\n").create();
        origin.pack();
        GitSource git = cache.source(GitUrl.parse(origin.uri().toString())).build();
        this.source = new GivenTreeSource(git.id(), git.order());
        source.give(git.fetch(git.latest(CALL), CALL));
      }
      Path root = Files.createDirectories(base.resolve("root"));
      this.target = FilesystemTarget.builder(root).watch(watch).build();
      this.reconciler = Reconciler.builder(source, target).build();
      for (int i = 0; i < SETTLING; i++) {
        pass();
      }
      source.openedSince();
    }

    void pass() {
      RunSite.pass(reconciler);
    }

    void requireNothingRead() {
      int opened = source.openedSince();
      if (opened > 0) {
        throw new IllegalStateException(opened + " blobs were read by passes with nothing to do");
      }
    }

    @Override
    public void close() {
      target.close();
      cache.close();
    }
  }
}
