package io.github.gitops4j.kubernetes.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A URL as Go reads it, which is less strict than {@code java.net.URI}: absolute, or an absolute
 * path.
 *
 * <p>Immutable.
 *
 * @param scheme the scheme; empty if there is none
 * @param host the host with its port
 * @param path the path, not escaped
 * @param rawPath the path as it is written
 * @param query the query as it is written
 */
record WebAddress(String scheme, String host, String path, String rawPath, String query) {
  private static final String UNRESERVED = "-_.~";
  private static final String IN_HOST = "!$&'()*+,;=:[]<>\"";
  private static final String IN_PATH = "$&+,/:;=@";
  private static final String IN_RAW_PATH = "!$&'()*+,;=:@[]%";
  private static final String IN_USER = "-._:~!$&'()*+,;=%@";

  /** Says whether a text is one. */
  static boolean isOne(String text) {
    return read(text, true).isPresent();
  }

  /** Reads one; nothing if it is none. */
  static Optional<WebAddress> parse(String text) {
    if (!isOne(text)) {
      return Optional.empty();
    }
    int hash = text.indexOf('#');
    if (hash < 0) {
      return read(text, false);
    }
    return PercentText.decode(text.substring(hash + 1), false)
        .flatMap(fragment -> read(text.substring(0, hash), false));
  }

  private static Optional<WebAddress> read(String text, boolean asRequest) {
    boolean control = text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    int colon = scheme(text);
    if (control || (text.isEmpty() && asRequest) || colon == 0) {
      return Optional.empty();
    }
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    rest = mark < 0 ? rest : rest.substring(0, mark);
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return Optional.of(new WebAddress(scheme, "", "", "", query));
      }
      boolean relative = asRequest && !rest.equals("*");
      return relative ? Optional.empty() : Optional.of(new WebAddress("", "", rest, rest, query));
    }
    boolean authority = !scheme.isEmpty() || (!asRequest && !rest.startsWith("///"));
    if (!authority || !rest.startsWith("//")) {
      return withPath(scheme, "", rest, query);
    }
    int end = rest.indexOf('/', 2) < 0 ? rest.length() : rest.indexOf('/', 2);
    String path = rest.substring(end);
    return host(rest.substring(2, end)).flatMap(host -> withPath(scheme, host, path, query));
  }

  private static Optional<WebAddress> withPath(
      String scheme, String host, String raw, String query) {
    return PercentText.decode(raw, false)
        .map(path -> new WebAddress(scheme, host, path, raw, query));
  }

  /** Returns where the scheme ends: -1 if there is none, 0 if it is missing. */
  private static int scheme(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return i;
      }
      boolean later = i > 0 && (isDigit(c) || "+-.".indexOf(c) >= 0);
      if (!isLetter(c) && !later) {
        return -1;
      }
    }
    return -1;
  }

  private static Optional<String> host(String authority) {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String user = authority.substring(0, at);
      boolean plain =
          user.chars().allMatch(c -> isLetter(c) || isDigit(c) || IN_USER.indexOf(c) >= 0);
      if (!plain || PercentText.decode(user, false).isEmpty()) {
        return Optional.empty();
      }
    }
    String host = authority.substring(at + 1);
    int port = host.startsWith("[") ? host.lastIndexOf(']') + 1 : host.lastIndexOf(':');
    boolean unclosed = host.startsWith("[") && port == 0;
    if (unclosed || (port >= 0 && !host.substring(port).matches("(?::[0-9]*)?"))) {
      return Optional.empty();
    }
    boolean valid =
        host.chars()
            .allMatch(
                c ->
                    c >= 0x80
                        || c == '%'
                        || isLetter(c)
                        || isDigit(c)
                        || UNRESERVED.indexOf(c) >= 0
                        || IN_HOST.indexOf(c) >= 0);
    // Only what is no ASCII may be escaped, and the mark of a zone.
    boolean escaped = host.matches("(?:[^%]|%[89a-fA-F][0-9a-fA-F]|%25)*");
    return valid && escaped ? PercentText.decode(host, false) : Optional.empty();
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Returns the host without port and brackets. */
  String hostname() {
    String name = port().isEmpty() && !host.endsWith(":") ? host : host.substring(0, colon());
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  /** Returns the port; empty if there is none. */
  String port() {
    return colon() < 0 ? "" : host.substring(colon() + 1);
  }

  private int colon() {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? colon : -1;
  }

  /** Returns the path, escaped. */
  String escapedPath() {
    boolean valid =
        rawPath
            .chars()
            .allMatch(
                c ->
                    isLetter(c)
                        || isDigit(c)
                        || UNRESERVED.indexOf(c) >= 0
                        || IN_PATH.indexOf(c) >= 0
                        || IN_RAW_PATH.indexOf(c) >= 0);
    return valid ? rawPath : PercentText.encode(path, UNRESERVED + IN_PATH);
  }

  /** Returns the values of each parameter of the query. */
  Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      Optional<String> key =
          PercentText.decode(equals < 0 ? part : part.substring(0, equals), true);
      Optional<String> value =
          PercentText.decode(equals < 0 ? "" : part.substring(equals + 1), true);
      if (!part.isEmpty() && !part.contains(";") && key.isPresent() && value.isPresent()) {
        parameters.computeIfAbsent(key.get(), k -> new ArrayList<>()).add(value.get());
      }
    }
    return parameters;
  }

  /** Hides what may be secret. */
  @Override
  public String toString() {
    return "WebAddress";
  }
}
