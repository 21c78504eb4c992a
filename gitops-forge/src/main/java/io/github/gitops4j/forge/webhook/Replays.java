package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of deliveries that came, the newest of them and for some time. Thread-safe. */
final class Replays {
  /** Whoever sends a longer one gets no memory of ours. */
  private static final int LONGEST = 200;

  private final int most;
  private final Duration kept;
  private final Object lock = new Object();
  // From the oldest to the newest.
  private final Map<String, Instant> seen = new LinkedHashMap<>();

  Replays(int most, Duration kept) {
    this.most = most;
    this.kept = kept;
  }

  /** Says whether a delivery is new, and keeps its id; one without an id always is. */
  boolean isNew(String id, Instant now) {
    if (id.isEmpty() || id.length() > LONGEST) {
      return true;
    }
    synchronized (lock) {
      Instant before = seen.get(id);
      if (before != null && isKept(before, now)) {
        return false;
      }
      seen.remove(id);
      seen.put(id, now);
      Iterator<Instant> oldest = seen.values().iterator();
      while (seen.size() > most || !isKept(seen.values().iterator().next(), now)) {
        oldest.next();
        oldest.remove();
      }
      return true;
    }
  }

  private boolean isKept(Instant then, Instant now) {
    return Duration.between(then, now).compareTo(kept) < 0;
  }

  /** Takes the next delivery of this id for a new one. */
  void forget(String id) {
    synchronized (lock) {
      seen.remove(id);
    }
  }

  int size() {
    synchronized (lock) {
      return seen.size();
    }
  }
}
