package io.github.gitops4j.benchmarks;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder.Relation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures the heap that a reconciler and its directory hold for each resource at rest: desired
 * state, live state, inventory, join and caches, everything that survives a collection.
 *
 * <p>Arguments: number of files (default 1,000,000), directory to work in (default one for
 * temporary files). Wants {@code -Xmx8g}; the files stay for the caller to remove.
 */
public final class HeapPerResource {
  private static final int DEFAULT_FILES = 1_000_000;
  private static final double BAR = 450;
  private static final int PASSES = 3;

  private HeapPerResource() {}

  /** Runs the measurement, once as the process goes on and once as after a restart. */
  public static void main(String[] arguments) throws IOException {
    int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_FILES;
    Path base =
        arguments.length > 1
            ? Files.createDirectories(Path.of(arguments[1]))
            : Files.createTempDirectory("gitops-heap");
    Path root = Files.createDirectories(base.resolve("root"));
    System.out.println(CaseRow.head());
    System.out.println(row("heap per resource after the first passes", files, root));
    System.out.println(row("heap per resource after a restart", files, root));
  }

  private static CaseRow row(String name, int files, Path root) {
    GivenTreeSource source =
        new GivenTreeSource("many-files", (candidate, earlier, call) -> Relation.SAME);
    source.give(
        new FetchedTree(new ManyFilesTree(files), new Revision("main", "1"), Provenance.unknown()));
    long before = usedHeap();
    FilesystemTarget target = FilesystemTarget.at(root);
    Reconciler reconciler = Reconciler.builder(source, target).build();
    try {
      for (int pass = 0; pass < PASSES; pass++) {
        ReconcileReport report = reconciler.reconcile(CallContext.unbounded());
        if (!(report.result() instanceof PassResult.Done)) {
          throw new IllegalStateException("a pass ended as " + report.result());
        }
      }
      double held = usedHeap() - before;
      return new CaseRow(name + ", " + files + " files", held / files, BAR, "bytes");
    } finally {
      Reference.reachabilityFence(reconciler);
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < PASSES; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
