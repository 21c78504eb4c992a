package io.github.gitops4j.testkit.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestKeyTest {
  private Path temp;

  @BeforeEach
  void create(@TempDir Path directory) {
    temp = directory;
  }

  static Stream<TestKey> keys() {
    return Stream.of(TestKey.ed25519(), TestKey.rsa(), TestKey.ecdsa());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void writesPrivateKeysThatReadBack(TestKey key) throws Exception {
    Path file = key.writePrivate(temp.resolve("id"));

    assertThat(Files.readString(file)).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n");
    assertSame(key, load(Files.readString(file), FilePasswordProvider.EMPTY));
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(file))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void encryptsWithAPassphrase(TestKey key) throws Exception {
    String text = Files.readString(key.writePrivate(temp.resolve("id"), "open sesame"));

    assertSame(key, load(text, FilePasswordProvider.of("open sesame")));
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> load(text, FilePasswordProvider.of("wrong")));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void writesPublicLines(TestKey key) {
    assertThat(key.publicLine())
        .matches("(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp256) AAAA\\S+ testkit");
  }

  /** The public halves are equal, and the private half that was read fits the public one. */
  private static void assertSame(TestKey key, KeyPair read) throws GeneralSecurityException {
    assertThat(KeyUtils.compareKeys(key.keyPair().getPublic(), read.getPublic())).isTrue();
    String algorithm =
        switch (KeyUtils.getKeyType(read)) {
          case "ssh-rsa" -> "SHA256withRSA";
          case "ssh-ed25519" -> "Ed25519";
          default -> "SHA256withECDSA";
        };
    Signature signature = SecurityUtils.getSignature(algorithm);
    signature.initSign(read.getPrivate());
    signature.update(new byte[] {1, 2, 3});
    byte[] signed = signature.sign();
    signature.initVerify(key.keyPair().getPublic());
    signature.update(new byte[] {1, 2, 3});
    assertThat(signature.verify(signed)).isTrue();
  }

  private static KeyPair load(String text, FilePasswordProvider password)
      throws IOException, GeneralSecurityException {
    return SecurityUtils.loadKeyPairIdentities(
            null,
            NamedResource.ofName("key"),
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            password)
        .iterator()
        .next();
  }
}
