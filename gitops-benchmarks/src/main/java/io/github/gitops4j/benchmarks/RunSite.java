package io.github.gitops4j.benchmarks;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.git.CommitBuilder;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A repository of many files, a cache of it, and one more thread beside the calling one. */
final class RunSite implements AutoCloseable {
  static final String DIRECTORY = "apps";
  private static final int FILE_BYTES = 1000;

  private final Path base;
  private final int files;
  private final GitCache cache;
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  private RunSite(Path base, int files) {
    this.base = base;
    this.files = files;
    this.cache =
        GitCache.builder(base.resolve("cache"), JGitIsolation.install()).allowFile().build();
  }

  /** Makes the repository below a directory. */
  static RunSite create(Path parent, int files) throws IOException {
    Path base = Files.createTempDirectory(parent, "gitops-run-");
    try (TestRepository repository = TestRepository.create(base.resolve("origin.git"))) {
      repository.commit().putMany(DIRECTORY, files, n -> content(n, 0)).create();
      repository.pack();
    }
    return new RunSite(base, files);
  }

  /** Opens a site that another process made. */
  static RunSite open(Path base, int files) {
    return new RunSite(base, files);
  }

  Path base() {
    return base;
  }

  Path repository() {
    return base.resolve("origin.git");
  }

  /** Commits new content for so many files, spread over all directories. */
  void change(int count, int generation) {
    try (TestRepository opened = TestRepository.open(repository())) {
      CommitBuilder commit = opened.commit();
      for (int i = 0; i < count; i++) {
        int number = (int) ((long) i * files / count);
        commit.put(CommitBuilder.pathOf(DIRECTORY, number), content(number, generation));
      }
      commit.create();
    }
  }

  /** Returns a reconciler between the repository and a directory, with two threads. */
  Reconciler reconciler(Path root) throws IOException {
    return reconciler(root, target -> target);
  }

  Reconciler reconciler(Path root, UnaryOperator<FilesystemTarget.Builder> options)
      throws IOException {
    Files.createDirectories(root);
    FilesystemTarget target =
        options.apply(FilesystemTarget.builder(root).executor(other, 1)).build();
    return reconciler(target);
  }

  /** Returns a reconciler between the repository and a target. */
  Reconciler reconciler(FilesystemTarget target) {
    return Reconciler.builder(
            cache.source(GitUrl.parse(repository().toUri().toString())).build(), target)
        .build();
  }

  /** Makes a pass that must end well. */
  static ReconcileReport pass(Reconciler reconciler) {
    ReconcileReport report = reconciler.reconcile(CallContext.unbounded());
    if (!(report.result() instanceof PassResult.Done) || !report.failures().isEmpty()) {
      throw new IllegalStateException("a pass ended as " + report.result() + report.failures());
    }
    return report;
  }

  private static String content(int number, int generation) {
    StringBuilder text = new StringBuilder(FILE_BYTES + 64);
    text.append("name: file-").append(number).append("\ngeneration: ").append(generation);
    for (int line = 0; text.length() < FILE_BYTES; line++) {
      text.append("\nsetting-").append(line).append(": ").append((number * 31L + line) * 7919L);
    }
    return text.append('\n').toString();
  }

  @Override
  public void close() throws IOException {
    cache.close();
    other.shutdown();
    Command.run("rm", "-rf", base.toString());
  }
}
