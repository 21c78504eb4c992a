package io.github.gitops4j.cli;

import io.github.gitops4j.call.ProgressSink;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.report.Printable;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * Progress in one line of a terminal that is written over and wiped at the end. What is done soon
 * shows none.
 *
 * <p>Thread-safe.
 */
final class ProgressLine implements ProgressSink, AutoCloseable {
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(700);
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String WIPE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean wanted;
  private final Ticker ticker;
  private final Object lock = new Object();
  private long next;
  private boolean shown;

  private ProgressLine(PrintStream err, boolean wanted, Ticker ticker) {
    this.err = err;
    this.wanted = wanted;
    this.ticker = ticker;
    this.next = ticker.nanos() + PATIENCE;
  }

  /** Returns a line that is seen only if errors go to a terminal. */
  static ProgressLine on(Console console, Ticker ticker) {
    return new ProgressLine(console.err(), console.errScreen() == Console.Screen.TERMINAL, ticker);
  }

  @Override
  public void progress(String phase, long done, long total) {
    if (!wanted) {
      return;
    }
    synchronized (lock) {
      long now = ticker.nanos();
      if (now - next >= 0) {
        next = now + STEP;
        shown = true;
        String of = total > 0 ? " of " + total : "";
        err.print(WIPE + Printable.of(phase) + " " + done + of);
        err.flush();
      }
    }
  }

  /** Wipes the line. */
  @Override
  public void close() {
    synchronized (lock) {
      if (shown) {
        shown = false;
        err.print(WIPE);
        err.flush();
      }
    }
  }
}
