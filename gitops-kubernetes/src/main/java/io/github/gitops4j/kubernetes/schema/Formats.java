package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.kubernetes.schema.Schema.Dialect;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What the formats of schemas demand. A format that is not here demands nothing. Where the server
 * is in doubt, it is taken.
 *
 * <p>Thread-safe.
 */
final class Formats {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
  private static final String IPV6 = "[0-9a-fA-F:]*:[0-9a-fA-F:]*(?:" + IPV4 + ")?";

  private static final Map<String, Pattern> TEXTS =
      Map.of(
          "ipv4", Pattern.compile(IPV4),
          "ipv6", Pattern.compile(IPV6),
          "cidr", Pattern.compile("(?:" + IPV4 + "|" + IPV6 + ")/[0-9]{1,3}"),
          "mac",
              Pattern.compile(
                  "[0-9a-fA-F]{2}(?:[:.-]?[0-9a-fA-F]{2}){5,7}|(?:[0-9a-fA-F]{4}\\.){2,3}[0-9a-fA-F]{4}"),
          "uuid",
              Pattern.compile(
                  "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}"),
          "hexcolor", Pattern.compile("#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"),
          "duration",
              Pattern.compile(
                  "[-+]?(?:[0-9]+(?:\\.[0-9]*)?\\s*(?:ns|us|µs|μs|ms|s|m|h|d|w|[a-z]+)\\s*)+|[-+]?0"));

  private Formats() {}

  /** Returns what is expected of a value in whose place another one is. */
  static Optional<String> problem(String format, Dialect dialect, Value value) {
    if (value instanceof Text text && !isFormat(format, text.value())) {
      return Optional.of("expected " + expected(format));
    }
    return dialect == Dialect.BUILT_IN
            && (format.equals("int32") || format.equals("int-or-string"))
            && value instanceof Numeral number
            && !isInt(number)
        ? Optional.of("expected a number of 32 bits")
        : Optional.empty();
  }

  private static boolean isInt(Numeral number) {
    OptionalLong whole = number.asLong();
    return whole.isPresent() && whole.getAsLong() == (int) whole.getAsLong();
  }

  private static boolean isFormat(String format, String text) {
    return switch (format) {
      case "byte" -> isBase64(text);
      case "date" -> isDate(text);
      case "date-time" -> isTime(text);
      default -> {
        Pattern pattern = TEXTS.get(format);
        yield pattern == null || pattern.matcher(text).matches();
      }
    };
  }

  private static String expected(String format) {
    return switch (format) {
      case "byte" -> "base64";
      case "date" -> "a date, such as 2026-01-31";
      case "date-time" -> "a time, such as 2026-01-31T09:00:00Z";
      default -> "text of the format " + format;
    };
  }

  private static boolean isBase64(String text) {
    try {
      // The server passes over the ends of lines.
      String plain = text.replace("\n", "").replace("\r", "");
      Base64.getDecoder().decode(plain);
      return plain.length() % 4 == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      return text.equals(LocalDate.parse(text).toString());
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    try {
      return OffsetDateTime.parse(text.replace(' ', 'T')).getYear() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
