package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Sensitive;
import java.util.Optional;

/**
 * What proves to a Git host who we are. It is sent only to the scheme, host and port of the
 * repository's URL, and never printed.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface GitCredentials
    permits GitCredentials.None,
        GitCredentials.Basic,
        GitCredentials.Bearer,
        GitCredentials.SshKey {

  /** Nothing: a public repository. */
  record None() implements GitCredentials {}

  /**
   * A user and a password.
   *
   * @param user the user
   * @param password the password
   */
  record Basic(String user, Sensitive<String> password) implements GitCredentials {
    /** Checks the parts. */
    public Basic {
      requireNonNull(user, "user");
      requireNonNull(password, "password");
    }
  }

  /**
   * A token in the {@code Authorization: Bearer} header.
   *
   * @param token the token
   */
  record Bearer(Sensitive<String> token) implements GitCredentials {
    /** Checks the token. */
    public Bearer {
      requireNonNull(token, "token");
    }
  }

  /**
   * A private key, for SSH: Ed25519, ECDSA or RSA.
   *
   * @param privateKey the text of its file, in OpenSSH's format or PEM
   * @param passphrase what it is encrypted with, if it is
   */
  record SshKey(Sensitive<String> privateKey, Optional<Sensitive<String>> passphrase)
      implements GitCredentials {
    /** Checks the parts. */
    public SshKey {
      requireNonNull(privateKey, "privateKey");
      requireNonNull(passphrase, "passphrase");
    }
  }

  /** Returns no credentials. */
  static GitCredentials none() {
    return new None();
  }

  /** Returns a user and a password. */
  static GitCredentials basic(String user, Sensitive<String> password) {
    return new Basic(user, password);
  }

  /** Returns an access token as GitHub, GitLab, Gitea and Bitbucket take it: as a password. */
  static GitCredentials token(Sensitive<String> token) {
    return new Basic("x-access-token", token);
  }

  /** Returns a private key that is not encrypted. */
  static GitCredentials sshKey(Sensitive<String> privateKey) {
    return new SshKey(privateKey, Optional.empty());
  }

  /** Returns an encrypted private key. */
  static GitCredentials sshKey(Sensitive<String> privateKey, Sensitive<String> passphrase) {
    return new SshKey(privateKey, Optional.of(passphrase));
  }

  /** Returns a token for the {@code Authorization: Bearer} header. */
  static GitCredentials bearer(Sensitive<String> token) {
    return new Bearer(token);
  }
}
