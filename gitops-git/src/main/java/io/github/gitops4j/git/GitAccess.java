package io.github.gitops4j.git;

import io.github.gitops4j.error.SourceException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a remote is reached.
 *
 * <p>Immutable.
 *
 * @param name whose access it is; sources with equal names share a repository of the cache
 * @param credentials asked before each conversation
 * @param caFile the only authorities that may vouch for an https server, if not those of the JVM
 * @param knownHosts the host keys of ssh servers
 * @param shallow whether of a commit nothing is fetched that came before it
 */
record GitAccess(
    String name,
    Supplier<GitCredentials> credentials,
    Optional<Path> caFile,
    Optional<Path> knownHosts,
    boolean shallow) {
  /**
   * Asks for the credentials.
   *
   * @param tried the beginning of the message if there are none to be had
   */
  GitCredentials ask(String tried) {
    return Secrets.ask(tried + "getting credentials", credentials, SourceException::new);
  }

  /** Returns a text that differs when other authorities are trusted, or less is fetched. */
  String terms() {
    return named("ca", caFile) + named("hosts", knownHosts) + (shallow ? "\nshallow" : "");
  }

  private static String named(String what, Optional<Path> path) {
    return path.map(file -> "\n" + what + " " + file.toAbsolutePath().normalize()).orElse("");
  }
}
