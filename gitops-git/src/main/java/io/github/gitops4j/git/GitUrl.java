package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a repository is: {@code https}, or, if the cache allows it, {@code http} or {@code file}.
 *
 * <p>Credentials have no place in it: a URL is printed, logged and compared.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class GitUrl {
  private static final Set<String> SCHEMES = Set.of("https", "http", "file");

  private final URI uri;

  private GitUrl(URI uri) {
    this.uri = uri;
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is none, has another scheme, or holds credentials; the
   *     message never repeats what could be a password
   */
  public static GitUrl parse(String text) {
    requireNonNull(text, "text");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '\\' || c > '~') {
        throw new IllegalArgumentException(
            "a repository URL has no spaces, control characters or letters beyond ASCII");
      }
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a repository URL, at character " + e.getIndex());
    }
    if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "a repository URL begins with https://, http:// or file://");
    }
    return new GitUrl(checked(uri));
  }

  private static URI checked(URI uri) {
    boolean file = uri.getScheme().equalsIgnoreCase("file");
    if (uri.getRawUserInfo() != null || (!file && uri.getHost() == null)) {
      throw new IllegalArgumentException(
          "a repository URL has a host and no user or password; hand credentials in separately");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("a repository URL has no query and no fragment");
    }
    if (uri.getPath() == null || uri.getPath().isEmpty()) {
      throw new IllegalArgumentException("a repository URL has a path");
    }
    return uri.normalize();
  }

  /** Returns the scheme in lower case. */
  public String scheme() {
    return uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** Returns scheme, host and port, to which credentials are bound; empty for a file. */
  Optional<String> origin() {
    return scheme().equals("file") ? Optional.empty() : Optional.of(originOf(uri));
  }

  static String originOf(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** Returns the text by which two spellings of one repository are known as the same. */
  String identity() {
    String path = uri.getPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return origin().orElse("file:")
        + (path.endsWith(".git") ? path.substring(0, path.length() - 4) : path);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GitUrl that && identity().equals(that.identity());
  }

  @Override
  public int hashCode() {
    return identity().hashCode();
  }

  /** Returns the URL. It holds no credentials. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
