package io.github.gitops4j.testkit.forge;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that came to a {@link FakeForge}.
 *
 * <p>Immutable.
 *
 * @param method its method
 * @param path its path as it was sent, with the query
 * @param headers its headers, by their names in lower case
 * @param body its body; empty if it has none
 * @since 0.1.0
 */
public record ForgeRequest(
    String method, String path, Map<String, List<String>> headers, Mapping body) {
  /** Copies the map. */
  public ForgeRequest {
    Map<String, List<String>> copy = new TreeMap<>();
    headers.forEach((name, all) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(all)));
    headers = Map.copyOf(copy);
  }

  /** Returns method and path. */
  public String line() {
    return method + " " + path;
  }

  /** Returns the first header of a name, or empty text. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).get(0);
  }

  /** Returns the body as JSON with sorted keys. */
  public String json() {
    return new String(Document.of(body).canonicalJson(), StandardCharsets.UTF_8);
  }
}
