package io.github.gitops4j.tests.architecture.bad.clock;

import java.time.Instant;
import java.util.logging.Logger;

/** Bad on purpose: takes time, output, settings and threads from the process. */
public final class WallClock {
  private static final Logger LOGGER = Logger.getLogger("bad");

  Instant instant() {
    return Instant.now();
  }

  long millis() {
    return System.currentTimeMillis();
  }

  long nanos() {
    return System.nanoTime();
  }

  void print() {
    System.out.println(System.getProperty("user.home"));
    System.err.println(System.getenv("HOME"));
    LOGGER.info("bad");
  }

  void pause() throws InterruptedException {
    Thread.sleep(1);
  }

  Thread thread() {
    return new Thread(() -> {});
  }

  void pool() {
    java.util.concurrent.Executors.newCachedThreadPool().shutdown();
  }
}
