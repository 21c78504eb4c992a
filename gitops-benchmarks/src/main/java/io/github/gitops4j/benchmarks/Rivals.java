package io.github.gitops4j.benchmarks;

import java.io.IOException;
import java.util.Locale;

/**
 * Two runs measured in turns, so that both meet the same noise; the fastest round of each counts.
 */
final class Rivals {
  private static final double NANOS_PER_MILLI = 1e6;

  private double ours = Double.MAX_VALUE;
  private double theirs = Double.MAX_VALUE;

  /** One measured run. */
  @FunctionalInterface
  interface Run {
    void run() throws IOException;
  }

  /** Measures one round of ours. */
  void ours(Run run) throws IOException {
    ours = Math.min(ours, millis(run));
  }

  /** Measures one round of the other. */
  void theirs(Run run) throws IOException {
    theirs = Math.min(theirs, millis(run));
  }

  /** Returns how long ours took for each unit of the other's time. */
  double ratio() {
    return ours / theirs;
  }

  String detail(String rival) {
    return String.format(Locale.ROOT, "ours %.1f ms, %s %.1f ms", ours, rival, theirs);
  }

  private static double millis(Run run) throws IOException {
    long began = System.nanoTime();
    run.run();
    return (System.nanoTime() - began) / NANOS_PER_MILLI;
  }
}
