package io.github.gitops4j.kubernetes.cel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as schemas take them: {@code 1h30m} as Go reads it, and {@code 2 days}. */
final class DurationText {
  private static final Pattern WHOLE =
      Pattern.compile("([+-]?)((?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)");
  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Pattern WORDS = Pattern.compile("([0-9]+)\\s*([A-Za-zµ]+)");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if it is none, or one of more than 292 years
   */
  static Duration parse(String text) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      return text.matches("[+-]?0") ? Duration.ZERO : words(text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(whole.group(2));
    while (part.find()) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    return of(whole.group(1).equals("-") ? nanos.negate() : nanos);
  }

  private static Duration words(String text) {
    BigDecimal nanos = BigDecimal.ZERO;
    boolean found = false;
    Matcher word = WORDS.matcher(text);
    while (word.find()) {
      long unit = unit(word.group(2).toLowerCase(Locale.ROOT));
      found |= unit > 0;
      nanos = nanos.add(new BigDecimal(word.group(1)).multiply(BigDecimal.valueOf(unit)));
    }
    if (!found) {
      throw new IllegalArgumentException("a text is no duration");
    }
    return of(nanos);
  }

  private static long unit(String word) {
    if (NANOS.containsKey(word)) {
      return NANOS.get(word);
    } else if (word.startsWith("nano")) {
      return 1;
    } else if (word.startsWith("micro")) {
      return 1_000;
    } else if (word.startsWith("milli")) {
      return 1_000_000;
    } else if (word.startsWith("sec")) {
      return 1_000_000_000;
    } else if (word.startsWith("min")) {
      return 60_000_000_000L;
    } else if (word.equals("hr") || word.startsWith("hour")) {
      return 3_600_000_000_000L;
    } else if (word.equals("d") || word.startsWith("day")) {
      return 86_400_000_000_000L;
    } else if (word.equals("w") || word.equals("wk") || word.startsWith("week")) {
      return 604_800_000_000_000L;
    }
    return 0;
  }

  private static Duration of(BigDecimal nanos) {
    try {
      return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a duration is too long", e);
    }
  }
}
