package io.github.gitops4j.testkit.forge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Reads the query of a path. */
final class ForgeQuery {
  private ForgeQuery() {}

  /** Returns the value of a key, or empty text. */
  static String value(String path, String key) {
    int query = path.indexOf('?');
    for (String pair : path.substring(query + 1).split("&", -1)) {
      if (query >= 0 && pair.startsWith(key + "=")) {
        return URLDecoder.decode(pair.substring(key.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }
}
