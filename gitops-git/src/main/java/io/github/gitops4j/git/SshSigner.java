package io.github.gitops4j.git;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of allowed signers.
 *
 * @param principals whose key it is, as written there
 * @param key the key
 * @param namespaces pattern of what the key may sign, if it is limited
 * @param after from when on it is valid
 * @param before until when it is valid
 */
record SshSigner(
    String principals,
    PublicKey key,
    Optional<String> namespaces,
    Optional<Instant> after,
    Optional<Instant> before) {

  void check(String namespace, Instant time) throws UntrustedException {
    if (namespaces.isPresent() && !matches(namespaces.get(), namespace)) {
      throw new UntrustedException("the key of " + principals + " may not sign for " + namespace);
    } else if (after.isPresent() && time.isBefore(after.get())) {
      throw new UntrustedException("the key of " + principals + " was not valid yet");
    } else if (before.isPresent() && time.isAfter(before.get())) {
      throw new UntrustedException("the key of " + principals + " was no longer valid");
    }
  }

  /** Patterns separated by commas; one that begins with an exclamation mark excludes. */
  private static boolean matches(String patterns, String text) {
    boolean found = false;
    for (String pattern : patterns.split(",", -1)) {
      boolean excludes = pattern.startsWith("!");
      String glob = excludes ? pattern.substring(1) : pattern;
      if (!glob.isEmpty() && new PathGlobs(List.of(glob), List.of()).matches(text)) {
        if (excludes) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }
}
