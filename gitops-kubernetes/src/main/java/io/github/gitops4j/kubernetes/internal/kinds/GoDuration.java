package io.github.gitops4j.kubernetes.internal.kinds;

import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as Kubernetes writes them: {@code 90s} is {@code 1m30s}.
 *
 * <p>Thread-safe.
 */
final class GoDuration {
  private static final int LONGEST = 64;
  private static final Pattern WHOLE =
      Pattern.compile("[+-]?0|[+-]?([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");

  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "ns", BigDecimal.ONE,
          "us", BigDecimal.valueOf(1_000),
          "µs", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", BigDecimal.valueOf(1_000_000_000),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L));

  private GoDuration() {}

  /** Says whether two values are the same time. */
  static boolean areEqual(Value one, Value other) {
    Optional<BigDecimal> time = nanos(one);
    return time.isPresent()
        && nanos(other).map(second -> time.get().compareTo(second) == 0).orElse(false);
  }

  private static Optional<BigDecimal> nanos(Value value) {
    if (!(value instanceof Text text)
        || text.value().length() > LONGEST
        || !WHOLE.matcher(text.value()).matches()) {
      return Optional.empty();
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text.value());
    while (part.find()) {
      sum = sum.add(new BigDecimal(part.group(1)).multiply(NANOS.get(part.group(2))));
    }
    return Optional.of(text.value().startsWith("-") ? sum.negate() : sum);
  }
}
