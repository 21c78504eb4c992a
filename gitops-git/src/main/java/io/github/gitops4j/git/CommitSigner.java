package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import java.io.IOException;
import java.time.Instant;

/** Signs what a commit says. */
final class CommitSigner {
  private CommitSigner() {}

  /** Returns an armored signature. */
  static String sign(GitSigningKey key, byte[] payload, Instant time) throws IOException {
    if (key instanceof GitSigningKey.Ssh ssh) {
      return SshKeySigner.sign(SshKeys.read(ssh.privateKey(), ssh.passphrase()).get(0), payload);
    } else if (key instanceof GitSigningKey.OpenPgp pgp) {
      try {
        return PgpKeySigner.sign(pgp, payload, time);
      } catch (NoClassDefFoundError e) {
        throw GitWriteException.of(
            FailureCategory.UNSUPPORTED,
            "signing failed: an openpgp key needs bcpg-jdk18on on the class path");
      }
    }
    throw new AssertionError(key.getClass());
  }
}
