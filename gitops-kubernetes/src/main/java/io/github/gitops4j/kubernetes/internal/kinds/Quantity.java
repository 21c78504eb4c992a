package io.github.gitops4j.kubernetes.internal.kinds;

import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * Amounts as Kubernetes writes them: {@code 500m}, {@code 0.5}, {@code 1Gi}, {@code 1e3}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Quantity {
  private static final int LONGEST = 64;
  private static final int NANO = 9;
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private static final Map<String, Integer> DECIMAL =
      Map.ofEntries(
          Map.entry("n", -9),
          Map.entry("u", -6),
          Map.entry("m", -3),
          Map.entry("", 0),
          Map.entry("k", 3),
          Map.entry("M", 6),
          Map.entry("G", 9),
          Map.entry("T", 12),
          Map.entry("P", 15),
          Map.entry("E", 18));

  private static final Map<String, Integer> BINARY =
      Map.of("Ki", 1, "Mi", 2, "Gi", 3, "Ti", 4, "Pi", 5, "Ei", 6);

  private Quantity() {}

  /** Says whether a value is an amount. */
  public static boolean isAmount(Value value) {
    return amount(value).isPresent();
  }

  /** Says whether two values are the same amount. */
  static boolean areEqual(Value one, Value other) {
    Optional<BigDecimal> amount = amount(one);
    return amount.isPresent()
        && amount(other).map(second -> amount.get().compareTo(second) == 0).orElse(false);
  }

  /**
   * Reads an amount; nothing if it is none. Below a billionth it is rounded up, as the server does.
   */
  static Optional<BigDecimal> amount(Value value) {
    if (value instanceof Numeral number) {
      return Optional.of(rounded(number.toBigDecimal()));
    }
    return value instanceof Text text && text.value().length() <= LONGEST
        ? read(text.value())
        : Optional.empty();
  }

  private static Optional<BigDecimal> read(String text) {
    int end = 0;
    while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    String suffix = text.substring(end);
    try {
      Integer binary = BINARY.get(suffix);
      Integer decimal = DECIMAL.get(suffix);
      if (binary != null) {
        return Optional.of(
            rounded(new BigDecimal(text.substring(0, end)).multiply(KIBI.pow(binary))));
      } else if (decimal != null) {
        return Optional.of(
            rounded(new BigDecimal(text.substring(0, end)).scaleByPowerOfTen(decimal)));
      }
      boolean exponent = suffix.matches("[eE][+-]?[0-9]{1,2}");
      return exponent ? Optional.of(rounded(new BigDecimal(text))) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static BigDecimal rounded(BigDecimal amount) {
    return amount.scale() > NANO ? amount.setScale(NANO, RoundingMode.UP) : amount;
  }
}
