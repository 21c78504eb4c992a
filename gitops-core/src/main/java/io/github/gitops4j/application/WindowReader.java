package io.github.gitops4j.application;

import io.github.gitops4j.gate.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Reads one window of an application file. */
final class WindowReader {
  private WindowReader() {}

  /** Returns the window, or nothing, and a finding, if something is wrong with it. */
  static Optional<Window> read(Settings settings) {
    Optional<Window.Kind> kind =
        settings.constant("kind", settings.text("kind"), Window.Kind.class);
    String schedule = settings.text("schedule");
    if (settings.has("schedule") && schedule.isEmpty()) {
      settings.wrong("schedule", "text that is not empty");
    }
    Optional<Duration> duration = settings.duration("duration");
    if (duration.isEmpty() || duration.get().isZero()) {
      settings.wrong("duration", "how long it lasts, such as 62h");
      duration = Optional.empty();
    }
    Optional<ZoneId> zone = zone(settings);
    boolean overrun = settings.flag("overrun", false);
    settings.done();
    if (kind.isEmpty() || duration.isEmpty() || zone.isEmpty() || schedule.isEmpty()) {
      return Optional.empty();
    }
    try {
      Window window = Window.of(kind.get(), schedule, duration.get()).in(zone.get());
      return Optional.of(overrun ? window.withOverrun() : window);
    } catch (IllegalArgumentException e) {
      settings.wrong("schedule", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(Settings settings) {
    String name = settings.optionalText("timeZone").orElse("UTC");
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException e) {
      settings.wrong("timeZone", "a time zone such as Europe/Berlin, not " + name);
      return Optional.empty();
    }
  }
}
