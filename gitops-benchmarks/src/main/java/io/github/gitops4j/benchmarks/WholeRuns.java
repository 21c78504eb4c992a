package io.github.gitops4j.benchmarks;

import java.io.IOException;
import java.util.List;

/**
 * Runs all whole-run cases and prints one table. Each compares us with a rival in the same run, in
 * turns; no case includes the start of a JVM, save the one that is about it.
 */
public final class WholeRuns {
  private static final String TMPFS = "materialise-tmpfs";
  private static final String DISK = "materialise-disk";

  private WholeRuns() {}

  /** Runs the cases; {@code docs/benchmarks.md} tells the flags. */
  public static void main(String[] arguments) throws IOException {
    RunFlags flags = RunFlags.parse(arguments);
    System.out.println(RunRow.head());
    measure("yaml", flags, () -> YamlCase.measure(flags));
    measure("no-op", flags, () -> NoOpCase.measure(flags));
    measure("watch", flags, () -> WatchCase.measure(flags));
    measure("file-drift", flags, () -> FileDriftCase.measure(flags));
    measure("flushes", flags, () -> FlushCase.measure(flags));
    measure(TMPFS, flags, () -> MaterialiseCase.measure("tmpfs", flags.tmpfs(), 1.5, flags));
    measure(DISK, flags, () -> MaterialiseCase.measure("disk", flags.disk(), 1.0, flags));
    other("commit", flags, "OneFileCommit", List.of(), List.of());
    other("heap", flags, "HeapPerResource", List.of("-Xmx8g"), List.of());
    other("start", flags, "CommandStart", List.of(), List.of());
    other("preview", flags, "ChangePreview", List.of(), List.of());
    other("controller", flags, "ControllerFleet", List.of("-Xmx1g"), List.of());
    other("webhook", flags, "WebhookBody", List.of("-Xmx256m"), List.of());
    other("kube-passes", flags, "ClusterPasses", List.of(), List.of());
    other("kube-stores", flags, "ClusterStores", List.of(), List.of());
    other("kube-fleet", flags, "ClusterFleet", List.of(), List.of());
    other("kube-diff", flags, "KubeDiff", List.of(), List.of());
    other("kube-lists", flags, "ClusterLists", List.of(), List.of());
    other("kube-rivals", flags, "ClusterRivals", List.of(), List.of());
  }

  /** One case. */
  @FunctionalInterface
  private interface Case {
    RunRow measure() throws IOException;
  }

  private static void measure(String name, RunFlags flags, Case measured) {
    if (!flags.wants(name)) {
      return;
    }
    try {
      System.out.println(measured.measure());
    } catch (IOException | IllegalStateException e) {
      // One case that cannot run, for want of a tool or of room, does not stop the others.
      System.out.println("| " + name + " | - | - | **not run** | " + e.getMessage() + " |");
    }
  }

  /** Runs a runner that prints its own rows. */
  private static void other(
      String name, RunFlags flags, String type, List<String> options, List<String> arguments)
      throws IOException {
    if (!flags.wants(name)) {
      return;
    }
    String mainClass = WholeRuns.class.getPackageName() + "." + type;
    System.out.println();
    if (WholeRuns.class.getResource(type + ".class") == null) {
      System.out.println("| " + name + " | - | - | **not run** | there is no " + type + " |");
    } else if (ChildJvm.show(mainClass, options, arguments) != 0) {
      System.out.println("| " + name + " | - | - | **failed** | " + type + " |");
    }
  }
}
