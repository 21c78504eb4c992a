package io.github.gitops4j.forge.publish;

import java.time.Duration;
import java.util.Optional;

/** Says when a host may be asked again; shared by all that publish there. Thread-safe. */
final class Breaker {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(16);

  private final Object lock = new Object();
  private Duration next = FIRST;
  private boolean isOpen;
  private long until;

  /** Returns how long it is until the host may be asked; zero if it may be now. */
  Duration remaining(long now) {
    synchronized (lock) {
      return isOpen && until - now > 0 ? Duration.ofNanos(until - now) : Duration.ZERO;
    }
  }

  void succeeded() {
    synchronized (lock) {
      isOpen = false;
      next = FIRST;
    }
  }

  /** Leaves the host alone: as long as it asks for, or longer each time. */
  void failed(long now, Optional<Duration> asked) {
    synchronized (lock) {
      // Of several requests under way that all fail, one counts.
      boolean isNew = !isOpen || until - now <= 0;
      Duration wait = asked.orElse(next);
      if (isNew || asked.isPresent()) {
        long end = now + wait.toNanos();
        until = isNew || end - until > 0 ? end : until;
        isOpen = true;
      }
      if (isNew && asked.isEmpty()) {
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
      }
    }
  }
}
