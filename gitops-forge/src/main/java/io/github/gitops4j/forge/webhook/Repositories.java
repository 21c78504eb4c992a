package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.forge.RepositoryAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The repository that a delivery is about, by all the names that it gives. They are compared with
 * configured sources, and never connected to.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Repositories {
  private final List<String> addresses;
  private final List<String> paths;

  private Repositories(List<String> addresses, List<String> paths) {
    this.addresses = addresses;
    this.paths = paths;
  }

  /** Takes URLs from a payload; what is none is left out. */
  static Repositories of(Collection<String> urls) {
    return ofUrlsOrPath(urls, "");
  }

  /**
   * Takes URLs from a payload, and where there are none the path that it is known by on any host.
   */
  static Repositories ofUrlsOrPath(Collection<String> urls, String path) {
    List<String> addresses = addresses(urls.stream());
    boolean byPath = addresses.isEmpty() && !path.isEmpty();
    return new Repositories(
        addresses,
        byPath
            ? addresses(Stream.of("https://any/" + path)).stream().map(Repositories::path).toList()
            : List.of());
  }

  private static List<String> addresses(Stream<String> urls) {
    return urls.map(RepositoryAddress::of).flatMap(Optional::stream).distinct().sorted().toList();
  }

  private static String path(String address) {
    return address.substring(address.indexOf('/'));
  }

  /** Returns the names as host and path, in lower case, without user, port and {@code .git}. */
  public List<String> addresses() {
    return addresses;
  }

  /** Says whether a URL is that of the repository, in whatever form and spelling. */
  public boolean matches(String url) {
    Optional<String> address = RepositoryAddress.of(requireNonNull(url, "url"));
    return address
        .filter(known -> addresses.contains(known) || paths.stream().anyMatch(known::endsWith))
        .isPresent();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Repositories that
        && addresses.equals(that.addresses)
        && paths.equals(that.paths);
  }

  @Override
  public int hashCode() {
    return 31 * addresses.hashCode() + paths.hashCode();
  }

  /** Returns the names. */
  @Override
  public String toString() {
    return "Repositories" + addresses + paths;
  }
}
