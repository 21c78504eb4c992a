package io.github.gitops4j.benchmarks;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.ReconcileReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A commit that changes 1,000 of all files, in one wave: how often the pass waits for the disk, as
 * the kernel sees it.
 */
final class FlushCase {
  private static final int CHANGED = 1000;
  // Four for the wave and three for the pass.
  private static final double BAR = 7;

  private FlushCase() {}

  static RunRow measure(RunFlags flags) throws IOException {
    try (RunSite site = RunSite.create(flags.disk(), flags.files())) {
      Path root = site.base().resolve("root");
      RunSite.pass(site.reconciler(root));
      site.change(CHANGED, 1);
      // JGit flushes a pack and its index when it fetches; that is the cache and not the target.
      site.reconciler(root).plan(CallContext.unbounded());
      Path trace = site.base().resolve("trace");
      Command.run(
          "strace",
          "-f",
          "-qq",
          "-e",
          "trace=fsync,fdatasync,syncfs,sync",
          "-o",
          trace.toString(),
          ChildJvm.java(),
          "-cp",
          ChildJvm.classPath(),
          FlushCase.class.getName(),
          site.base().toString(),
          Integer.toString(flags.files()));
      try (Stream<String> calls = Files.lines(trace)) {
        long flushes = calls.filter(FlushCase::isFlush).count();
        return new RunRow(
            "1,000 changed files of " + flags.files() + ": flushes of a pass of one wave",
            flushes,
            RunRow.Bound.AT_MOST,
            BAR,
            "counted by strace");
      }
    }
  }

  private static boolean isFlush(String line) {
    return !line.contains("resumed>") && line.contains("sync");
  }

  /** The traced process: one pass. */
  public static void main(String[] arguments) throws IOException {
    RunSite site = RunSite.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    ReconcileReport report = RunSite.pass(site.reconciler(site.base().resolve("root")));
    if (!report.effects().equals(Map.of(Effect.UPDATED, CHANGED))) {
      throw new IllegalStateException("the pass did " + report.effects());
    }
    // The parent removes what the site is made of.
    System.exit(0);
  }
}
