package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places for values: {@code '%s has %d'.format([self.name, self.count])}. */
final class TextTemplate {
  private static final Pattern PLACE = Pattern.compile("%(?:(%)|(?:\\.([0-9]{1,3}))?([sdfebxXo]))");

  private TextTemplate() {}

  /** Puts values into a text. */
  static String fill(String text, List<?> values) {
    StringBuilder filled = new StringBuilder();
    Iterator<?> next = values.iterator();
    Matcher place = PLACE.matcher(text);
    int from = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
      if (!place.find(at) || place.start() != at) {
        throw new CelInvalidArgumentException("no such place for a value");
      }
      filled.append(text, from, at);
      filled.append(place.group(1) != null ? "%" : value(place, next));
      RuleLimits.check(filled.length());
      from = place.end();
    }
    return filled.append(text.substring(from)).toString();
  }

  private static String value(Matcher place, Iterator<?> next) {
    if (!next.hasNext()) {
      throw new CelInvalidArgumentException("too few values");
    }
    Object value = next.next();
    int digits = place.group(2) == null ? 6 : Integer.parseInt(place.group(2));
    return switch (place.group(3)) {
      case "s" -> string(value);
      case "d" -> integer(value).toString();
      case "b" -> value instanceof Boolean yes ? (yes ? "1" : "0") : integer(value).toString(2);
      case "o" -> integer(value).toString(8);
      case "x" -> hex(value);
      case "X" -> hex(value).toUpperCase(Locale.ROOT);
      case "f" -> String.format(Locale.ROOT, "%." + digits + "f", number(value));
      case "e" -> String.format(Locale.ROOT, "%." + digits + "e", number(value));
      default -> throw new AssertionError(place);
    };
  }

  private static String string(Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Number) {
      return value instanceof Double number
          ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
          : value.toString();
    } else if (value instanceof CelByteString bytes) {
      return bytes.toStringUtf8();
    } else if (value instanceof Instant time) {
      return time.toString();
    } else if (value instanceof Duration duration) {
      BigDecimal seconds =
          BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
      return seconds.stripTrailingZeros().toPlainString() + "s";
    }
    throw new CelInvalidArgumentException("no text");
  }

  private static BigInteger integer(Object value) {
    if (value instanceof Number number && !(value instanceof Double)) {
      return new BigInteger(number.toString());
    }
    throw new CelInvalidArgumentException("no integer");
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new CelInvalidArgumentException("no number");
  }

  private static String hex(Object value) {
    if (value instanceof String text) {
      return hex(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof CelByteString bytes) {
      return hex(bytes.toByteArray());
    }
    return integer(value).toString(16);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
