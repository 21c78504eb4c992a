package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Sensitive;
import java.util.Optional;

/**
 * A private key that signs commits. It is never printed.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface GitSigningKey permits GitSigningKey.Ssh, GitSigningKey.OpenPgp {

  /**
   * A key of SSH: Ed25519, ECDSA or RSA. It signs as {@code ssh-keygen -Y sign -n git} does.
   *
   * @param privateKey the text of its file, in OpenSSH's format or PEM
   * @param passphrase what it is encrypted with, if it is
   */
  record Ssh(Sensitive<String> privateKey, Optional<Sensitive<String>> passphrase)
      implements GitSigningKey {
    /** Checks the parts. */
    public Ssh {
      requireNonNull(privateKey, "privateKey");
      requireNonNull(passphrase, "passphrase");
    }
  }

  /**
   * A key of OpenPGP; it needs {@code bcpg-jdk18on} on the class path.
   *
   * @param armoredKey the armored secret key, of which the first part that may sign does
   * @param passphrase what it is encrypted with, if it is
   */
  record OpenPgp(Sensitive<String> armoredKey, Optional<Sensitive<String>> passphrase)
      implements GitSigningKey {
    /** Checks the parts. */
    public OpenPgp {
      requireNonNull(armoredKey, "armoredKey");
      requireNonNull(passphrase, "passphrase");
    }
  }

  /** Returns a key of SSH that is not encrypted. */
  static GitSigningKey ssh(Sensitive<String> privateKey) {
    return new Ssh(privateKey, Optional.empty());
  }

  /** Returns an encrypted key of SSH. */
  static GitSigningKey ssh(Sensitive<String> privateKey, Sensitive<String> passphrase) {
    return new Ssh(privateKey, Optional.of(passphrase));
  }

  /** Returns a key of OpenPGP that is not encrypted. */
  static GitSigningKey openPgp(Sensitive<String> armoredKey) {
    return new OpenPgp(armoredKey, Optional.empty());
  }

  /** Returns an encrypted key of OpenPGP. */
  static GitSigningKey openPgp(Sensitive<String> armoredKey, Sensitive<String> passphrase) {
    return new OpenPgp(armoredKey, Optional.of(passphrase));
  }
}
