package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.Sensitive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Reads private keys as OpenSSH writes them, or in PEM. */
final class SshKeys {
  private SshKeys() {}

  /** Returns the keys of a text, at least one. */
  static List<KeyPair> read(
      Sensitive<String> privateKey, Optional<Sensitive<String>> givenPassphrase) {
    FilePasswordProvider passphrase =
        givenPassphrase
            .map(secret -> secret.reveal(FilePasswordProvider::of))
            .orElse(FilePasswordProvider.EMPTY);
    List<KeyPair> pairs = new ArrayList<>();
    byte[] text = privateKey.reveal(one -> one.getBytes(StandardCharsets.UTF_8));
    try (InputStream in = new ByteArrayInputStream(text)) {
      Iterable<KeyPair> found =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName("ssh key"), in, passphrase);
      if (found != null) {
        found.forEach(pairs::add);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw noKey("it is damaged, or its passphrase is missing or wrong");
    }
    if (pairs.isEmpty()) {
      throw noKey("it is not a private key");
    }
    return pairs;
  }

  /** Without a cause: its message may quote the key. */
  private static SourceException noKey(String why) {
    return new SourceException(FailureCategory.UNAUTHENTICATED, "ssh key: reading failed: " + why);
  }
}
