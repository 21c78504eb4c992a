package io.github.gitops4j.control;

import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long an application has been ready with each of the contents that it had last, and the
 * revisions that declare them.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Stays {
  private static final int KEPT = 100;

  // The newest content is the last.
  private final Map<String, Stay> byContent = new LinkedHashMap<>();
  // The newest revision is the last.
  private final Map<Revision, String> contents = new LinkedHashMap<>();
  private @Nullable String current;

  /**
   * A time in which an application was ready without a break.
   *
   * @param since when it began
   * @param until when it ended; nothing if it goes on
   */
  private record Stay(long since, @Nullable Long until) {
    Duration length(long now) {
      return Duration.ofNanos((until == null ? now : until) - since);
    }
  }

  /** Takes note of how an application stands with a content; of one that failed nothing stays. */
  void note(Revision revision, String content, boolean isReady, long now) {
    if (!content.equals(current)) {
      end(now);
      current = content;
    }
    if (isReady) {
      Stay stay = byContent.get(content);
      if (stay == null || stay.until() != null) {
        byContent.remove(content);
        byContent.put(content, new Stay(now, null));
      }
      contents.remove(revision);
      contents.put(revision, content);
    } else {
      byContent.remove(content);
    }
    forgetOldest();
  }

  private void end(long now) {
    if (current != null) {
      byContent.computeIfPresent(current, (content, stay) -> new Stay(stay.since(), now));
    }
  }

  private void forgetOldest() {
    while (byContent.size() > KEPT) {
      byContent.remove(byContent.keySet().iterator().next());
    }
    while (contents.size() > KEPT) {
      contents.remove(contents.keySet().iterator().next());
    }
  }

  /** Returns how long it was ready with what a revision declares. */
  Optional<Duration> readyFor(Revision revision, long now) {
    return Optional.ofNullable(contents.get(revision))
        .map(byContent::get)
        .map(stay -> stay.length(now));
  }
}
