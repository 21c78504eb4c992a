package io.github.gitops4j.cli;

import io.github.gitops4j.call.ProgressSink;
import io.github.gitops4j.report.Printable;
import java.io.PrintStream;

/** Progress in one line of a terminal that is written over and wiped at the end. */
final class ProgressLine implements ProgressSink {
  private static final int STEPS = 100;
  private static final String WIPE = "\r\u001b[K";

  private final PrintStream err;
  private long shown = -1;

  private ProgressLine(PrintStream err) {
    this.err = err;
  }

  static ProgressSink on(Console console) {
    return console.screen() == Console.Screen.TERMINAL
        ? new ProgressLine(console.err())
        : ProgressSink.none();
  }

  @Override
  public void progress(String phase, long done, long total) {
    long step = total > 0 ? done * STEPS / total : done / STEPS;
    if (total > 0 && done >= total) {
      err.print(WIPE);
      shown = -1;
    } else if (step != shown) {
      shown = step;
      String of = total > 0 ? " of " + total : "";
      err.print(WIPE + Printable.of(phase) + " " + done + of);
    }
    err.flush();
  }
}
