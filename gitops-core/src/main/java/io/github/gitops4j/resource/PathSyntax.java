package io.github.gitops4j.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Text of paths: a JSON pointer, extended by {@code *} and {@code [key=value,...]}.
 *
 * <p>JSON pointers escape {@code ~} as {@code ~0} and {@code /} as {@code ~1}. The same scheme
 * carries on for the characters that the extensions made special.
 */
final class PathSyntax {
  /** A character's position is its escape number. */
  private static final String ESCAPED = "~/*[,=]";

  /**
   * What must be escaped everywhere; a whole name {@code *} and a leading {@code [} come on top.
   */
  private static final int ALWAYS = 2;

  private static final int MAX_INDEX_DIGITS = 9;

  private PathSyntax() {}

  static PathSegment segment(String name) {
    return isIndex(name)
        ? new PathSegment.Index(Integer.parseInt(name))
        : new PathSegment.Field(name);
  }

  static boolean isIndex(String name) {
    int length = name.length();
    if (length == 0 || length > MAX_INDEX_DIGITS || (length > 1 && name.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  static int rank(PathSegment segment) {
    if (segment instanceof PathSegment.Index) {
      return 0;
    }
    if (segment instanceof PathSegment.Field) {
      return 1;
    }
    return segment instanceof PathSegment.Keyed ? 2 : 3;
  }

  static int firstSelected(PathSegment.Keyed keyed, Sequence sequence) {
    for (int i = 0; i < sequence.size(); i++) {
      if (keyed.selects(sequence.get(i))) {
        return i;
      }
    }
    return -1;
  }

  static String printField(String name) {
    if (name.equals("*")) {
      return "~2";
    }
    String escaped = escape(name, ALWAYS);
    return escaped.startsWith("[") ? "~3" + escaped.substring(1) : escaped;
  }

  static String printKeyed(Map<String, String> fields) {
    StringBuilder out = new StringBuilder("[");
    fields.forEach(
        (name, value) -> {
          out.append(out.length() == 1 ? "" : ",");
          out.append(escape(name, ESCAPED.length())).append('=');
          out.append(escape(value, ESCAPED.length()));
        });
    return out.append(']').toString();
  }

  static List<PathSegment> parse(String text) {
    List<PathSegment> segments = new ArrayList<>();
    if (text.isEmpty()) {
      return segments;
    }
    if (text.charAt(0) != '/') {
      throw wrong(text, 0, "a path begins with /");
    }
    int start = 1;
    while (start <= text.length()) {
      int slash = text.indexOf('/', start);
      int end = slash < 0 ? text.length() : slash;
      segments.add(parseSegment(text, start, end));
      start = end + 1;
    }
    return segments;
  }

  private static PathSegment parseSegment(String text, int start, int end) {
    if (end - start == 1 && text.charAt(start) == '*') {
      return new PathSegment.Any();
    }
    if (end > start && text.charAt(start) == '[') {
      return parseKeyed(text, start, end);
    }
    String raw = text.substring(start, end);
    return raw.indexOf('~') < 0 ? segment(raw) : segment(unescape(text, start, end));
  }

  private static PathSegment parseKeyed(String text, int start, int end) {
    if (text.charAt(end - 1) != ']') {
      throw wrong(text, end, "] is missing");
    }
    Map<String, String> fields = new TreeMap<>();
    int at = start + 1;
    while (at < end) {
      int comma = text.indexOf(',', at);
      int stop = comma < 0 || comma > end - 1 ? end - 1 : comma;
      int equals = text.indexOf('=', at);
      if (equals < 0 || equals >= stop) {
        throw wrong(text, at, "key=value is missing");
      }
      int second = text.indexOf('=', equals + 1);
      if (second >= 0 && second < stop) {
        throw wrong(text, second, "a second = must be written ~5");
      }
      if (fields.put(unescape(text, at, equals), unescape(text, equals + 1, stop)) != null) {
        throw wrong(text, at, "the key is there twice");
      }
      at = stop + 1;
    }
    return new PathSegment.Keyed(fields);
  }

  private static String escape(String name, int special) {
    StringBuilder out = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      int number = ESCAPED.indexOf(name.charAt(i));
      if (number >= 0 && number < special) {
        out.append('~').append(number);
      } else {
        out.append(name.charAt(i));
      }
    }
    return out.toString();
  }

  private static String unescape(String text, int start, int end) {
    StringBuilder out = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '~') {
        i++;
        int number = i < end ? text.charAt(i) - '0' : -1;
        if (number < 0 || number >= ESCAPED.length()) {
          throw wrong(text, i - 1, "~ must be followed by a digit from 0 to 6");
        }
        c = ESCAPED.charAt(number);
      }
      out.append(c);
    }
    return out.toString();
  }

  private static IllegalArgumentException wrong(String text, int at, String why) {
    return new IllegalArgumentException(
        "path \"" + text + "\" is wrong at character " + (at + 1) + ": " + why);
  }
}
