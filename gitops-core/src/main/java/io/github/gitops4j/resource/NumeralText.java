package io.github.gitops4j.resource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Text of numbers, the same on every Java version.
 *
 * <p>{@code Double.toString} is not used for output because Java 19 changed what it prints, and a
 * digest must not depend on that. The layout is that of RFC 8785 and of Go.
 */
final class NumeralText {
  /** Below this precision only a subnormal float can be told apart. */
  private static final int FIRST_PRECISION = 15;

  private static final int LAST_PRECISION = 17;
  private static final int MAX_PLAIN_DIGITS = 21;
  private static final int MAX_LEADING_ZEROS = 6;
  private static final int MAX_LONG_DIGITS = 18;
  private static final int MAX_UNSIGNED_DIGITS = 20;

  private NumeralText() {}

  /** Returns the decimal with the fewest digits that reads back as the same float. */
  static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    int first = Math.abs(value) < Double.MIN_NORMAL ? 1 : FIRST_PRECISION;
    for (int precision = first; precision < LAST_PRECISION; precision++) {
      BigDecimal rounded = exact.round(new MathContext(precision));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(LAST_PRECISION)).stripTrailingZeros();
  }

  static String print(double value) {
    BigDecimal decimal = shortest(value);
    String digits = decimal.unscaledValue().abs().toString();
    int point = digits.length() - decimal.scale();
    StringBuilder out = new StringBuilder();
    if (decimal.signum() < 0) {
      out.append('-');
    }
    if (point > MAX_PLAIN_DIGITS || point <= -MAX_LEADING_ZEROS) {
      return scientific(out, digits, point - 1);
    }
    if (point <= 0) {
      return out.append("0.").append("0".repeat(-point)).append(digits).toString();
    }
    if (point >= digits.length()) {
      return out.append(digits).append("0".repeat(point - digits.length())).toString();
    }
    return out.append(digits, 0, point).append('.').append(digits.substring(point)).toString();
  }

  private static String scientific(StringBuilder out, String digits, int exponent) {
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    return out.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent)).toString();
  }

  static Numeral parse(String text) {
    if (!isJsonNumber(text)) {
      throw new IllegalArgumentException("not a JSON number");
    }
    boolean integral = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    if (integral && text.length() <= MAX_LONG_DIGITS) {
      return Numeral.of(Long.parseLong(text));
    }
    if (integral && text.length() <= MAX_UNSIGNED_DIGITS) {
      return Numeral.of(new BigInteger(text));
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("the number is too large for a 64-bit float");
    }
    return Numeral.of(value);
  }

  private static boolean isJsonNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int end = digits(text, at);
    if (end == at || (end - at > 1 && text.charAt(at) == '0')) {
      return false;
    }
    if (end < text.length() && text.charAt(end) == '.') {
      at = end + 1;
      end = digits(text, at);
      if (end == at) {
        return false;
      }
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      at = end + 1;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      end = digits(text, at);
      return end > at && end == text.length();
    }
    return end == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
