package io.github.gitops4j.benchmarks;

import io.github.gitops4j.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Path;

/** A pass that finds nothing to do by a full walk, against {@code rsync -a --delete}. */
final class NoOpCase {
  private static final int EARLIER_PASSES = 3;

  private NoOpCase() {}

  static RunRow measure(RunFlags flags) throws IOException {
    Rivals rivals = new Rivals();
    try (RunSite site = RunSite.create(flags.disk(), flags.files())) {
      Path ours = site.base().resolve("ours");
      String from = site.base().resolve("from") + "/";
      String to = site.base().resolve("to") + "/";
      Reconciler reconciler = site.reconciler(ours);
      RunSite.pass(reconciler);
      Command.run("rsync", "-a", "--exclude=/.gitops", ours + "/", from);
      Command.run("rsync", "-a", "--delete", from, to);
      Command.run("sync");
      for (int pass = 0; pass < EARLIER_PASSES; pass++) {
        RunSite.pass(reconciler);
      }
      for (int round = 0; round < 3 * flags.rounds(); round++) {
        rivals.ours(() -> RunSite.pass(reconciler));
        rivals.theirs(() -> Command.run("rsync", "-a", "--delete", from, to));
      }
    }
    return new RunRow(
        "no-op pass over " + flags.files() + " files, full walk",
        rivals.ratio(),
        RunRow.Bound.AT_MOST,
        0.8,
        rivals.detail("rsync"));
  }
}
