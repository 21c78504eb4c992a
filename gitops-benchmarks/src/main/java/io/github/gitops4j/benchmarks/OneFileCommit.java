package io.github.gitops4j.benchmarks;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitSource;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.testkit.git.CommitBuilder;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures what a commit of one file costs in a large repository: to decide (tree diff, read,
 * parse, join, plan), and as a whole pass with its write. The transfer is not in it; the directory
 * has a healthy watch.
 *
 * <p>Arguments: directory to work in (default one for temporary files).
 */
public final class OneFileCommit {
  private static final int SMALL = 1_000;
  private static final int LARGE = 100_000;
  private static final int WARM_UP = 100;
  private static final int MEASURED = 60;
  private static final String DIRECTORY = "environments";
  private static final CallContext CALL = CallContext.unbounded();

  private OneFileCommit() {}

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    Path base =
        arguments.length > 0
            ? Files.createDirectories(Path.of(arguments[0]))
            : Files.createTempDirectory("gitops-commit");
    Costs small;
    Costs large;
    try (Site smallSite = new Site(base.resolve("small"), SMALL);
        Site largeSite = new Site(base.resolve("large"), LARGE)) {
      // In turns, so that both are measured with the same warm code and the same load beside it.
      for (int i = 0; i < WARM_UP; i++) {
        smallSite.commitAndPass();
        largeSite.commitAndPass();
      }
      smallSite.forget();
      largeSite.forget();
      for (int i = 0; i < MEASURED; i++) {
        smallSite.commitAndPass();
        largeSite.commitAndPass();
      }
      small = smallSite.costs();
      large = largeSite.costs();
    }
    System.out.println(CaseRow.head());
    System.out.println(
        new CaseRow("decide on a one-file commit, 1,000 files", small.decide(), 1, "ms"));
    System.out.println(
        new CaseRow("decide on a one-file commit, 100,000 files", large.decide(), 1, "ms"));
    System.out.println(
        new CaseRow("blobs read to decide, at most", large.readToDecide(), 1, "blobs"));
    System.out.println(new CaseRow("blobs read in the whole pass", large.read(), 1, "blobs"));
    System.out.printf("(whole passes: %.3f ms and %.3f ms)%n", small.pass(), large.pass());
    System.out.println(
        new CaseRow("whole pass, 100,000 files to 1,000", large.pass() / small.pass(), 1.5, "x"));
  }

  /**
   * What a commit costs.
   *
   * @param decide median of the decide part in milliseconds
   * @param pass median of the whole pass in milliseconds
   * @param readToDecide most blobs that were read to decide
   * @param read most blobs that were read in a whole pass
   */
  private record Costs(double decide, double pass, int readToDecide, int read) {}

  /** A repository, a directory that follows it, and what passes cost there. */
  private static final class Site implements AutoCloseable {
    private final int files;
    private final TestRepository repository;
    private final GitCache cache;
    private final GitSource git;
    private final GivenTreeSource source;
    private final Target target;
    private final Reconciler reconciler;
    private final List<Long> decide = new ArrayList<>();
    private final List<Long> pass = new ArrayList<>();
    private int readToDecide;
    private int read;
    private int round;

    Site(Path base, int files) throws IOException {
      this.files = files;
      this.repository = TestRepository.create(Files.createDirectories(base).resolve("origin.git"));
      repository.commit().putMany(DIRECTORY, files, number -> "value: " + number + "\n").create();
      repository.pack();
      this.cache =
          GitCache.builder(base.resolve("cache"), JGitIsolation.install()).allowFile().build();
      this.git = cache.source(GitUrl.parse(repository.uri().toString())).build();
      this.source = new GivenTreeSource(git.id(), git.order());
      FilesystemTarget directory =
          FilesystemTarget.at(Files.createDirectories(base.resolve("root")));
      this.target = ComposedTarget.from(directory).live(new QuietFeed(directory.live())).build();
      this.reconciler = Reconciler.builder(source, target).build();
      follow();
      done(reconciler.reconcile(CALL));
      done(reconciler.reconcile(CALL));
      source.openedSince();
    }

    private void follow() {
      source.give(git.fetch(git.latest(CALL), CALL));
    }

    /** Every other time the plan alone is measured, and the pass then only follows it. */
    void commitAndPass() {
      round++;
      int number = (int) (round * 7_919L % files);
      repository
          .commit()
          .put(CommitBuilder.pathOf(DIRECTORY, number), "value: " + number + "-" + round + "\n")
          .create();
      follow();
      if (round % 2 == 0) {
        decideOnly();
        done(reconciler.reconcile(CALL));
        source.openedSince();
      } else {
        long start = System.nanoTime();
        done(reconciler.reconcile(CALL));
        pass.add(System.nanoTime() - start);
        read = Math.max(read, source.openedSince());
      }
    }

    private void decideOnly() {
      long start = System.nanoTime();
      Plan plan = reconciler.plan(CALL);
      decide.add(System.nanoTime() - start);
      readToDecide = Math.max(readToDecide, source.openedSince());
      if (plan.actions().size() != 1) {
        throw new IllegalStateException("a commit of one file gave " + plan);
      }
    }

    private static void done(ReconcileReport report) {
      if (!(report.result() instanceof PassResult.Done)) {
        throw new IllegalStateException("a pass ended as " + report.result());
      }
    }

    void forget() {
      decide.clear();
      pass.clear();
      readToDecide = 0;
      read = 0;
    }

    Costs costs() {
      return new Costs(medianMillis(decide), medianMillis(pass), readToDecide, read);
    }

    private static double medianMillis(List<Long> nanos) {
      Collections.sort(nanos);
      return nanos.get(nanos.size() / 2) / 1e6;
    }

    @Override
    public void close() {
      cache.close();
      repository.close();
      target.close();
    }
  }
}
