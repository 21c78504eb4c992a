package io.github.gitops4j.source;

import io.github.gitops4j.resource.Numeral;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers in plain scalars, by the rules of sigs.k8s.io/yaml. */
final class YamlNumbers {
  private static final int FAST_DIGITS = 18;
  private static final int LONGEST_INTEGER = 64;
  private static final BigInteger SIGNED_LIMIT = BigInteger.ONE.shiftLeft(63);
  private static final int UNSIGNED_BITS = 64;
  private static final int FLOAT_DIGITS = 9;
  private static final int KEY_EXPONENT_LOW = -4;
  private static final int KEY_EXPONENT_HIGH = 6;

  private YamlNumbers() {}

  /**
   * Returns the integer from -2^63 to 2^64-1 that a text is: decimal, {@code 0x}, {@code 0o} or
   * {@code 0} and octal digits, {@code 0b}, with underscores anywhere behind the first character.
   */
  static @Nullable Numeral integer(String text) {
    if (!isDigit(text.charAt(0)) && text.charAt(0) != '-' && text.charAt(0) != '+') {
      return null;
    }
    String digits = withoutUnderscores(text);
    if (isFast(digits)) {
      return Numeral.of(Long.parseLong(digits));
    }
    boolean signed = digits.charAt(0) == '-' || digits.charAt(0) == '+';
    BigInteger size = magnitude(signed ? digits.substring(1) : digits);
    if (size == null) {
      return signedBinary(digits);
    }
    if (digits.charAt(0) == '-') {
      return size.compareTo(SIGNED_LIMIT) <= 0 ? Numeral.of(size.negate()) : null;
    }
    boolean fits = signed ? size.compareTo(SIGNED_LIMIT) < 0 : size.bitLength() <= UNSIGNED_BITS;
    return fits ? Numeral.of(size) : null;
  }

  /** Returns the float that a text is; infinite or NaN only if it says so. */
  static @Nullable Double floating(String text) {
    return switch (text) {
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      default -> finite(text);
    };
  }

  private static @Nullable Double finite(String text) {
    String plain = withoutUnderscores(text);
    if (!isDecimal(plain) || (text.charAt(0) == '.' && hasLooseUnderscore(text))) {
      return null;
    }
    double value = Double.parseDouble(plain);
    return Double.isInfinite(value) ? null : value;
  }

  /**
   * Returns the text of a float that is used as a key: the shortest digits of a 32-bit float, which
   * is what the reference does, precision or not.
   */
  static String keyText(double value) {
    float narrow = (float) value;
    if (Float.isNaN(narrow)) {
      return ".nan";
    }
    if (Float.isInfinite(narrow)) {
      return narrow > 0 ? ".inf" : "-.inf";
    }
    if (narrow == 0) {
      return 1 / narrow < 0 ? "-0" : "0";
    }
    BigDecimal decimal = shortest(narrow);
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= KEY_EXPONENT_LOW && exponent < KEY_EXPONENT_HIGH) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String sign = narrow < 0 ? "-" : "";
    return String.format(Locale.ROOT, "%s%c%se%+03d", sign, digits.charAt(0), fraction, exponent);
  }

  private static BigDecimal shortest(float value) {
    BigDecimal exact = new BigDecimal(value);
    for (int precision = 1; precision < FLOAT_DIGITS; precision++) {
      BigDecimal rounded = exact.round(new MathContext(precision));
      if (rounded.floatValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(FLOAT_DIGITS)).stripTrailingZeros();
  }

  private static boolean isFast(String digits) {
    int length = digits.length();
    if (length > FAST_DIGITS || (length > 1 && digits.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isDigit(digits.charAt(i))) {
        return false;
      }
    }
    return length > 0;
  }

  private static @Nullable BigInteger magnitude(String digits) {
    int radix = 10;
    int from = 0;
    if (digits.startsWith("0") && digits.length() > 1) {
      radix = prefixRadix(digits);
      from = radix == 8 && !isOctalMark(digits.charAt(1)) ? 1 : 2;
      if (from == 2 && digits.length() == 2) {
        return null;
      }
    }
    return parse(digits, from, radix);
  }

  private static int prefixRadix(String digits) {
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  private static boolean isOctalMark(char c) {
    return c == 'o' || c == 'O';
  }

  private static @Nullable BigInteger parse(String digits, int start, int radix) {
    int from = start;
    while (from < digits.length() - 1 && digits.charAt(from) == '0') {
      from++;
    }
    int length = digits.length() - from;
    if (length == 0 || length > LONGEST_INTEGER) {
      return null;
    }
    for (int i = from; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c >= 0x80 || Character.digit(c, radix) < 0) {
        return null;
      }
    }
    return new BigInteger(digits.substring(from), radix);
  }

  /** The reference takes a sign behind {@code 0b} too. */
  private static @Nullable Numeral signedBinary(String digits) {
    if (!digits.startsWith("0b-") && !digits.startsWith("0b+")) {
      return null;
    }
    BigInteger size = parse(digits, 3, 2);
    if (size == null || size.compareTo(SIGNED_LIMIT) >= 0) {
      return null;
    }
    return Numeral.of(digits.charAt(2) == '-' ? size.negate() : size);
  }

  private static boolean isDecimal(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int whole = skipDigits(text, at);
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.') {
      end = skipDigits(text, end + 1);
      if (whole == at && end == whole + 1) {
        return false;
      }
    } else if (whole == at) {
      return false;
    }
    return end == text.length() || isExponent(text, end);
  }

  private static boolean isExponent(String text, int start) {
    if (text.charAt(start) != 'e' && text.charAt(start) != 'E') {
      return false;
    }
    int at = start + 1;
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at++;
    }
    int end = skipDigits(text, at);
    return end > at && end == text.length();
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Behind a leading point, and only there, an underscore must stand between two digits. */
  private static boolean hasLooseUnderscore(String text) {
    int at = text.indexOf('_');
    while (at >= 0) {
      boolean between =
          at + 1 < text.length() && isDigit(text.charAt(at - 1)) && isDigit(text.charAt(at + 1));
      if (!between) {
        return true;
      }
      at = text.indexOf('_', at + 1);
    }
    return false;
  }

  private static String withoutUnderscores(String text) {
    return text.indexOf('_') < 0 ? text : text.replace("_", "");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
