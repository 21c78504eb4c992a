package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

/**
 * Who is named in a commit.
 *
 * <p>Immutable.
 *
 * @param name not empty
 * @param email without the angle brackets
 * @since 0.1.0
 */
public record GitIdentity(String name, String email) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one of them is empty, or has what Git puts around it
   */
  public GitIdentity {
    check(requireNonNull(name, "name"));
    check(requireNonNull(email, "email"));
  }

  /** Returns an identity. */
  public static GitIdentity of(String name, String email) {
    return new GitIdentity(name, email);
  }

  private static void check(String part) {
    boolean framed = part.chars().anyMatch(c -> c == '<' || c == '>' || Character.isISOControl(c));
    if (framed || part.isEmpty() || !part.equals(part.strip())) {
      throw new IllegalArgumentException(
          "a name or address in a commit is not empty and has no <, > or control characters");
    }
  }
}
