package io.github.gitops4j.benchmarks;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A first pass into an empty directory, against {@code git checkout} of the same commit. */
final class MaterialiseCase {
  private MaterialiseCase() {}

  /**
   * Measures on one file system.
   *
   * @param where what kind it is, for the row
   */
  static RunRow measure(String where, Path directory, double bar, RunFlags flags)
      throws IOException {
    Rivals rivals = new Rivals();
    try (RunSite site = RunSite.create(directory, flags.files())) {
      // The fetch is no part of what git checkout does, and the first round warms the code.
      for (int round = 0; round <= flags.rounds(); round++) {
        Path ours = site.base().resolve("ours-" + round);
        Path theirs = site.base().resolve("theirs-" + round);
        Reconciler reconciler = site.reconciler(ours);
        reconciler.plan(CallContext.unbounded());
        settle();
        if (round == 0) {
          RunSite.pass(reconciler);
          checkout(site, theirs);
        } else {
          rivals.ours(() -> RunSite.pass(reconciler));
          settle();
          rivals.theirs(() -> checkout(site, theirs));
        }
        Command.run("rm", "-rf", ours.toString(), theirs.toString());
      }
    }
    return new RunRow(
        "materialise " + flags.files() + " files, 2 threads, " + where,
        rivals.ratio(),
        RunRow.Bound.AT_MOST,
        bar,
        rivals.detail("git checkout"));
  }

  /** Lets the system write out what earlier rounds left, so that no round pays for another. */
  private static void settle() throws IOException {
    Command.run("sync");
  }

  private static void checkout(RunSite site, Path directory) throws IOException {
    Command.run("mkdir", directory.toString());
    Command.run(
        Map.of("GIT_INDEX_FILE", directory + ".index", "GIT_CONFIG_NOSYSTEM", "1"),
        "git",
        "--git-dir=" + site.repository(),
        "--work-tree=" + directory,
        "-c",
        "core.bare=false",
        "-c",
        "safe.directory=*",
        "checkout",
        "-q",
        "-f",
        "main");
  }
}
