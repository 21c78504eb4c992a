package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * A number, as the Kubernetes tools see one: an integer from -2^63 to 2^64-1 exactly, anything else
 * as a 64-bit float.
 *
 * <p>There is one form for each value: {@code 1}, {@code 1.0} and {@code 1e0} are equal, and so are
 * their canonical JSON texts. {@code -0} is 0.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Numeral implements Value {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final int UNSIGNED_BITS = 64;
  private static final double EXACT_LIMIT = 0x1p53;
  private static final double UNSIGNED_LIMIT = 0x1p64;
  private static final int SMALL_MIN = -128;
  private static final int SMALL_MAX = 1024;
  private static final Numeral[] SMALL = small();

  private enum Form {
    SIGNED,
    UNSIGNED,
    FLOATING
  }

  private final Form form;
  private final long bits;

  private Numeral(Form form, long bits) {
    this.form = form;
    this.bits = bits;
  }

  /** Creates an integer. */
  public static Numeral of(long value) {
    if (value >= SMALL_MIN && value <= SMALL_MAX) {
      return SMALL[(int) value - SMALL_MIN];
    }
    return new Numeral(Form.SIGNED, value);
  }

  /** Creates an integer; outside -2^63 to 2^64-1 it becomes the nearest 64-bit float. */
  public static Numeral of(BigInteger value) {
    if (value.signum() >= 0 && value.bitLength() <= UNSIGNED_BITS) {
      long bits = value.longValue();
      return bits >= 0 ? of(bits) : new Numeral(Form.UNSIGNED, bits);
    }
    if (value.signum() < 0 && value.compareTo(LONG_MIN) >= 0) {
      return of(value.longValue());
    }
    return of(value.doubleValue());
  }

  /**
   * Creates a number from a float. An integral one below 2^64 becomes the integer that its shortest
   * decimal text names, because that text is what every other program is going to read.
   *
   * @throws IllegalArgumentException if the value is infinite or not a number
   */
  public static Numeral of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no infinite number and no NaN");
    }
    double size = Math.abs(value);
    if (value != Math.rint(value) || size >= UNSIGNED_LIMIT) {
      return new Numeral(Form.FLOATING, Double.doubleToLongBits(value));
    }
    if (size <= EXACT_LIMIT) {
      return of((long) value);
    }
    BigInteger shortest = NumeralText.shortest(value).toBigInteger();
    if (shortest.signum() < 0 ? shortest.compareTo(LONG_MIN) < 0 : shortest.bitLength() > 64) {
      return new Numeral(Form.FLOATING, Double.doubleToLongBits(value));
    }
    return of(shortest);
  }

  /**
   * Reads a JSON number.
   *
   * @throws IllegalArgumentException if the text is no JSON number or too large for a 64-bit float
   */
  public static Numeral parse(String text) {
    requireNonNull(text, "text");
    return NumeralText.parse(text);
  }

  /** Returns the value if it is an integer that a {@code long} holds. */
  public OptionalLong asLong() {
    return form == Form.SIGNED ? OptionalLong.of(bits) : OptionalLong.empty();
  }

  /** Returns the nearest 64-bit float. */
  public double doubleValue() {
    return switch (form) {
      case SIGNED -> bits;
      case UNSIGNED -> unsigned().doubleValue();
      case FLOATING -> Double.longBitsToDouble(bits);
    };
  }

  /** Returns the value exactly as its canonical text names it. */
  public BigDecimal toBigDecimal() {
    return switch (form) {
      case SIGNED -> BigDecimal.valueOf(bits);
      case UNSIGNED -> new BigDecimal(unsigned());
      case FLOATING -> NumeralText.shortest(Double.longBitsToDouble(bits));
    };
  }

  /** Returns the canonical JSON text. */
  String text() {
    return switch (form) {
      case SIGNED -> Long.toString(bits);
      case UNSIGNED -> Long.toUnsignedString(bits);
      case FLOATING -> NumeralText.print(Double.longBitsToDouble(bits));
    };
  }

  private BigInteger unsigned() {
    return new BigInteger(Long.toUnsignedString(bits));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Numeral that && bits == that.bits && form == that.form;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  /** Names the type and hides the value. */
  @Override
  public String toString() {
    return "Numeral";
  }

  private static Numeral[] small() {
    Numeral[] numerals = new Numeral[SMALL_MAX - SMALL_MIN + 1];
    for (int i = 0; i < numerals.length; i++) {
      numerals[i] = new Numeral(Form.SIGNED, (long) i + SMALL_MIN);
    }
    return numerals;
  }
}
