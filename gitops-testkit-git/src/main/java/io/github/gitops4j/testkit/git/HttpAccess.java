package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

/**
 * Whom a {@link GitHttpServer} lets in. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface HttpAccess {
  /** Everybody. */
  record Anonymous() implements HttpAccess {}

  /**
   * Who sends this name and password in basic authentication.
   *
   * @param user holds no colon
   * @param password never shown
   */
  record Basic(String user, String password) implements HttpAccess {
    /** Check the parts. */
    public Basic {
      requireNonNull(user, "user");
      requireNonNull(password, "password");
      if (user.indexOf(':') >= 0) {
        throw new IllegalArgumentException("user: a colon ends the name in basic authentication");
      }
    }

    @Override
    public String toString() {
      return "Basic[user=" + user + ", password=***]";
    }
  }

  /**
   * Who sends this bearer token.
   *
   * @param token never shown
   */
  record Bearer(String token) implements HttpAccess {
    /** Check the token. */
    public Bearer {
      requireNonNull(token, "token");
    }

    @Override
    public String toString() {
      return "Bearer[token=***]";
    }
  }
}
