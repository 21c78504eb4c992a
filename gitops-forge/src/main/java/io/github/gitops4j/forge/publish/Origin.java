package io.github.gitops4j.forge.publish;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Scheme, host and port: what a token is bound to, and what may be down.
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port the port, also where the URL leaves it out
 */
record Origin(String scheme, String host, int port) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Returns that of a URL.
   *
   * @throws IllegalArgumentException if it is none of HTTP
   */
  static Origin of(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException("expected a URL with https, not " + uri);
    }
    int known = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() < 0 ? known : uri.getPort();
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  /** Says whether nobody on the way can read what is sent. */
  boolean isPrivate() {
    return scheme.equals("https") || LOOPBACK.contains(host);
  }
}
