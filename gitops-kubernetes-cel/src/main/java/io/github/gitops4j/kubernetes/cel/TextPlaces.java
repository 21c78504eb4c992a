package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.instead;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import java.util.List;

/**
 * Places in a text, in characters. The library has them too, but says of a place that is none as
 * little as of a failure of its own; and a rule that does not know whether it asks a text or a list
 * for a place would only find one of both.
 */
final class TextPlaces {
  private TextPlaces() {}

  static List<RuleFunction> all() {
    List<Class<?>> two = List.of(String.class, String.class);
    List<Class<?>> three = List.of(String.class, String.class, Long.class);
    return List.of(
        instead(
            "charAt",
            "string_char_at_int",
            List.of(String.class, Long.class),
            given -> part((String) given[0], (Long) given[1], (Long) given[1] + 1, 1)),
        instead(
            "substring",
            "string_substring_int",
            List.of(String.class, Long.class),
            given -> part((String) given[0], (Long) given[1], Long.MAX_VALUE, Long.MAX_VALUE)),
        instead(
            "substring",
            "string_substring_int_int",
            List.of(String.class, Long.class, Long.class),
            given -> part((String) given[0], (Long) given[1], (Long) given[2], 0)),
        instead(
            "indexOf",
            "string_index_of_string",
            two,
            given -> first((String) given[0], (String) given[1], 0)),
        instead(
            "indexOf",
            "string_index_of_string_int",
            three,
            given -> first((String) given[0], (String) given[1], (Long) given[2])),
        instead(
            "lastIndexOf",
            "string_last_index_of_string",
            two,
            given -> last((String) given[0], (String) given[1])),
        instead(
            "lastIndexOf",
            "string_last_index_of_string_int",
            three,
            given -> last((String) given[0], (String) given[1], (Long) given[2])));
  }

  /** Returns a part, which may end so much behind the end of the text. */
  private static String part(String text, long from, long to, long behind) {
    int length = text.codePointCount(0, text.length());
    if (from < 0 || from > length || from > to || to - length > behind) {
      throw new CelInvalidArgumentException("a place that the text has not");
    }
    int begin = text.offsetByCodePoints(0, (int) from);
    return to >= length
        ? text.substring(begin)
        : text.substring(begin, text.offsetByCodePoints(begin, (int) (to - from)));
  }

  private static long first(String text, String sought, long from) {
    if (from < 0) {
      throw new CelInvalidArgumentException("a place before the beginning");
    } else if (sought.isEmpty()) {
      return from;
    }
    int length = text.codePointCount(0, text.length());
    if (from >= length) {
      return -1;
    }
    int found = text.indexOf(sought, text.offsetByCodePoints(0, (int) from));
    return found < 0 ? -1 : text.codePointCount(0, found);
  }

  private static long last(String text, String sought) {
    int found = text.lastIndexOf(sought);
    return found < 0 ? -1 : text.codePointCount(0, found);
  }

  private static long last(String text, String sought, long from) {
    if (from < 0) {
      throw new CelInvalidArgumentException("a place before the beginning");
    } else if (sought.isEmpty()) {
      return from;
    }
    if (from >= text.codePointCount(0, text.length())) {
      return -1;
    }
    int found = text.lastIndexOf(sought, text.offsetByCodePoints(0, (int) from));
    return found < 0 ? -1 : text.codePointCount(0, found);
  }
}
