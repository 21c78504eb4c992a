package io.github.gitops4j.source;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where kustomize, which prints what it read for others to apply, reads a scalar without quotes
 * otherwise than kubectl and we do. Measured, see {@code docs/yaml.md}.
 */
final class KustomizeReading {
  private static final Pattern DATE =
      Pattern.compile("\\d{4}-(\\d{1,2})-(\\d{1,2})(?:(?:([Tt])|\\x20+)(.+))?");
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:[.,]\\d+)?(Z|[+-](?:[01]\\d|2[0-4]):(?:[0-5]\\d|60))?");
  private static final Pattern AS_IT_PRINTS =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{0,8}[1-9])?(Z|[+-](?!00:00)(?:[01]\\d|2[0-3]):[0-5]\\d)");
  private static final Pattern SIGNED_OCTAL = Pattern.compile("0o[+-][0-7_]*[0-7][0-7_]*");
  private static final String NUMBER_STARTS = "+-.0123456789";
  private static final int LONGEST_SHOWN = 40;

  private KustomizeReading() {}

  /** Says how a value is read otherwise. */
  static Optional<String> ofValue(String text, Value ours) {
    if (ours instanceof Bool bool && isText(text)) {
      return Optional.of(word(text, bool));
    }
    if (!(ours instanceof Text) || text.isEmpty() || !isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    if (isDate(text) && !AS_IT_PRINTS.matcher(text).matches()) {
      return Optional.of(
          shown(text)
              + " is text for kubectl, and a date for kustomize, which prints it otherwise; put it into quotes");
    }
    if (SIGNED_OCTAL.matcher(text).matches()) {
      return Optional.of(
          shown(text) + " is text for kubectl, and a number for kustomize; put it into quotes");
    }
    return Optional.empty();
  }

  /** Says how a key is read otherwise. */
  static Optional<String> ofKey(String text) {
    if (YamlScalars.word(text) instanceof Bool bool) {
      return Optional.of(isText(text) ? "the key " + word(text, bool) : refused(text));
    }
    boolean plainText =
        NUMBER_STARTS.indexOf(text.charAt(0)) < 0
            || (YamlNumbers.integer(text) == null
                && YamlNumbers.floating(text) == null
                && !isDate(text)
                && !SIGNED_OCTAL.matcher(text).matches());
    return plainText ? Optional.empty() : Optional.of(refused(text));
  }

  private static String refused(String text) {
    return "the key "
        + shown(text)
        + " is accepted by kubectl, and refused by kustomize; put it into quotes";
  }

  private static String word(String text, Bool ours) {
    return text
        + " is "
        + ours.isTrue()
        + " for kubectl, and text for kustomize; write "
        + ours.isTrue()
        + ", or \""
        + text
        + "\" in quotes";
  }

  /** Of the words for a boolean, kustomize knows only those of YAML 1.2. */
  private static boolean isText(String word) {
    return !word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false");
  }

  private static boolean isDate(String text) {
    Matcher date = DATE.matcher(text);
    if (!date.matches() || !isDay(text, date)) {
      return false;
    }
    if (date.group(4) == null) {
      return true;
    }
    Matcher time = TIME.matcher(date.group(4));
    boolean zoned = date.group(3) != null;
    return time.matches() && isTime(time) && zoned == (time.group(4) != null);
  }

  private static boolean isDay(String text, Matcher date) {
    int month = Integer.parseInt(date.group(1));
    int day = Integer.parseInt(date.group(2));
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(Integer.parseInt(text.substring(0, 4)), month).lengthOfMonth();
  }

  private static boolean isTime(Matcher time) {
    return Integer.parseInt(time.group(1)) < 24
        && Integer.parseInt(time.group(2)) < 60
        && Integer.parseInt(time.group(3)) < 60;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }
}
