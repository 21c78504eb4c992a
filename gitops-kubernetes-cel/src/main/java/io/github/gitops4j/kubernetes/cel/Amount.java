package io.github.gitops4j.kubernetes.cel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount as Kubernetes writes them: {@code 500m}, {@code 1.5Gi}, {@code 1e3}.
 *
 * <p>Immutable.
 */
final class Amount implements Comparable<Amount> {
  private static final Pattern TEXT =
      Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)");
  private static final int NANO = 9;
  private static final int MOST_DIGITS = 18;
  private static final int LARGEST_EXPONENT = 10_000;
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

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
      Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);

  private final BigDecimal value;

  /** Whether the server keeps it as a number of 64 bits. */
  private final boolean small;

  private Amount(BigDecimal value, boolean small) {
    this.value = value;
    this.small = small;
  }

  /** Reads an amount; nothing if it is none. */
  static Optional<Amount> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    String whole = parts.group(2).replaceFirst("^0+", "");
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    String digits = (whole.isEmpty() ? "0" : whole) + fraction;
    String suffix = parts.group(4);
    BigInteger unscaled = new BigInteger(parts.group(1).equals("-") ? "-" + digits : digits);
    Integer binary = BINARY.get(suffix);
    if (binary != null) {
      return Optional.of(binary(unscaled, fraction.length(), binary, digits.length()));
    }
    return exponent(suffix)
        .map(
            exponent -> {
              BigDecimal value = new BigDecimal(unscaled, fraction.length() - exponent);
              boolean small = digits.length() <= MOST_DIGITS && value.scale() <= NANO;
              return new Amount(small ? value : rounded(value), small);
            });
  }

  private static Amount binary(BigInteger unscaled, int fraction, int exponent, int digits) {
    BigDecimal value = new BigDecimal(unscaled.shiftLeft(exponent), fraction);
    boolean small = fraction == 0 && 15 - digits - exponent * 3 / 10 - 1 >= 0;
    BigDecimal most = rounded(value).abs().min(MOST);
    return new Amount(small ? value : most.multiply(BigDecimal.valueOf(value.signum())), small);
  }

  private static Optional<Integer> exponent(String suffix) {
    Integer known = DECIMAL.get(suffix);
    if (known != null) {
      return Optional.of(known);
    }
    if (!suffix.matches("[eE][-+]?[0-9]{1,9}")) {
      return Optional.empty();
    }
    int exponent = Integer.parseInt(suffix.substring(1).replaceFirst("^\\+", ""));
    return Math.abs(exponent) <= LARGEST_EXPONENT ? Optional.of(exponent) : Optional.empty();
  }

  /** What is less than the least is the least. */
  private static BigDecimal rounded(BigDecimal value) {
    return value.scale() > NANO ? value.setScale(NANO, RoundingMode.UP) : value;
  }

  int sign() {
    return value.signum();
  }

  /** Says whether it can be had as an integer; 1000m cannot. */
  boolean isInteger() {
    return small && value.scale() <= 0 && toInteger().isPresent();
  }

  Optional<Long> toInteger() {
    try {
      return Optional.of(value.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  double toDouble() {
    return value.doubleValue();
  }

  Amount plus(Amount other) {
    return new Amount(value.add(other.value), small && other.small);
  }

  Amount minus(Amount other) {
    return new Amount(value.subtract(other.value), small && other.small);
  }

  static Amount of(long value) {
    return new Amount(BigDecimal.valueOf(value), true);
  }

  @Override
  public int compareTo(Amount other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Amount that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return value.stripTrailingZeros().hashCode();
  }

  /** Hides it. */
  @Override
  public String toString() {
    return "Amount";
  }
}
