package io.github.gitops4j.gate;

import java.time.Duration;
import java.util.Locale;

/** Durations in words. */
final class InWords {
  private InWords() {}

  /** Returns a duration as {@code 62h} or {@code 1h30m}. */
  static String of(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
