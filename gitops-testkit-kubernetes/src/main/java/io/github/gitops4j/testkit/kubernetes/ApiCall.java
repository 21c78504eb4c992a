package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request that reached an {@link ApiFaultProxy}. Immutable.
 *
 * @param method the HTTP method, in capitals
 * @param path the path, without the query
 * @param query the parameters of the query, decoded; of a repeated one the last
 * @param contentType the type of the body; empty if there is none
 * @since 0.1.0
 */
public record ApiCall(String method, String path, Map<String, String> query, String contentType) {
  /** Copy the query. */
  public ApiCall {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    requireNonNull(contentType, "contentType");
    query = Map.copyOf(query);
  }

  static ApiCall parse(String method, String target, String contentType) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Map<String, String> query = new LinkedHashMap<>();
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return new ApiCall(method, path, query, contentType);
  }

  /** Give a parameter of the query. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** Say whether this asks for a watch. */
  public boolean isWatch() {
    String watch = query.getOrDefault("watch", "false");
    return method.equals("GET") && (watch.equals("true") || watch.equals("1"));
  }

  /** Say whether this asks for a page of a list that is not its first. */
  public boolean isLaterPage() {
    return query.containsKey("continue");
  }

  /** Say whether this asks for a change: it is neither GET nor HEAD, and no dry run. */
  public boolean isWrite() {
    return !method.equals("GET") && !method.equals("HEAD") && !query.containsKey("dryRun");
  }

  @Override
  public String toString() {
    return method + " " + path + (query.isEmpty() ? "" : " " + query);
  }
}
