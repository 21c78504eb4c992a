package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a repository is: {@code https} or {@code ssh}, or, if the cache allows it, {@code http} or
 * {@code file}. SSH has two forms, {@code ssh://git@host:port/path} and {@code git@host:path}, of
 * which the second begins in the user's home directory.
 *
 * <p>Credentials have no place in it: a URL is printed, logged and compared. The user's name of SSH
 * is none.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class GitUrl {
  private static final Set<String> SCHEMES = Set.of("https", "http", "file", "ssh");
  private static final Pattern SCP_LIKE =
      Pattern.compile("([A-Za-z0-9._-]+)@([A-Za-z0-9][A-Za-z0-9.-]+):([^:/-].*)");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._][A-Za-z0-9._-]*");

  private final URI uri;
  private final String text;

  private GitUrl(URI uri, String text) {
    this.uri = uri;
    this.text = text;
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
    Matcher scp = SCP_LIKE.matcher(text);
    if (scp.matches() && !text.contains("://")) {
      URI parts = URI.create("ssh://" + scp.group(1) + "@" + scp.group(2) + "/");
      return new GitUrl(checked(parts), text);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a repository URL, at character " + e.getIndex());
    }
    if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "a repository URL begins with https://, ssh://, http:// or file://, or is git@host:path");
    }
    URI plain = checked(uri);
    return new GitUrl(plain, plain.toString());
  }

  private static URI checked(URI uri) {
    boolean file = uri.getScheme().equalsIgnoreCase("file");
    boolean ssh = uri.getScheme().equalsIgnoreCase("ssh");
    String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    if (ssh && !USER.matcher(user).matches()) {
      throw new IllegalArgumentException("an ssh URL has a user, such as git@, and no password");
    }
    if ((!ssh && uri.getRawUserInfo() != null) || (!file && uri.getHost() == null)) {
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
    int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(scheme);
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "https" -> 443;
      case "ssh" -> 22;
      default -> 80;
    };
  }

  /** Returns the host of a URL that is not a file's. */
  String host() {
    return uri.getHost();
  }

  /** Returns the port if it is not the usual one. */
  OptionalInt port() {
    return uri.getPort() < 0 ? OptionalInt.empty() : OptionalInt.of(uri.getPort());
  }

  /** Returns the text by which two spellings of one repository are known as the same. */
  String identity() {
    String path = isScpLike() ? text.substring(text.indexOf('@')) : uri.getPath();
    String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return user
        + origin().orElse("file:")
        + (path.endsWith(".git") ? path.substring(0, path.length() - 4) : path);
  }

  /** What begins in the home directory is another repository than what begins at the root. */
  private boolean isScpLike() {
    return !text.contains("://");
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
    return text;
  }
}
