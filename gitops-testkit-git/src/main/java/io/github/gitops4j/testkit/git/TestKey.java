package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * A fresh SSH key pair for a client or a server. Immutable.
 *
 * @since 0.1.0
 */
public final class TestKey {
  private static final String COMMENT = "testkit";

  private final KeyPair keys;

  private TestKey(KeyPair keys) {
    this.keys = keys;
  }

  /** Make an Ed25519 key. */
  public static TestKey ed25519() {
    return generate(() -> SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519));
  }

  /** Make an RSA key of 3072 bits. */
  public static TestKey rsa() {
    return generate(
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance(KeyUtils.RSA_ALGORITHM);
          generator.initialize(3072);
          return generator;
        });
  }

  /** Make an ECDSA key on the curve P-256. */
  public static TestKey ecdsa() {
    return generate(
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance(KeyUtils.EC_ALGORITHM);
          generator.initialize(new ECGenParameterSpec("secp256r1"));
          return generator;
        });
  }

  /** Give the two halves. */
  public KeyPair keyPair() {
    return keys;
  }

  /** Give the public half as a line of {@code authorized_keys}: algorithm, key and comment. */
  public String publicLine() {
    return PublicKeyEntry.toString(keys.getPublic()) + ' ' + COMMENT;
  }

  /** Give the private half in OpenSSH's own format, not encrypted. */
  public String privateText() {
    return privateText(Optional.empty());
  }

  /**
   * Give the private half in OpenSSH's own format.
   *
   * @param passphrase encrypts it, with AES-256 in counter mode
   */
  public String privateText(String passphrase) {
    return privateText(Optional.of(requireNonNull(passphrase, "passphrase")));
  }

  /**
   * Write the private half to a file that only its owner may read, not encrypted.
   *
   * @return the file
   */
  public Path writePrivate(Path file) {
    return write(file, privateText());
  }

  /**
   * Write the private half to a file that only its owner may read, encrypted.
   *
   * @return the file
   */
  public Path writePrivate(Path file, String passphrase) {
    return write(file, privateText(passphrase));
  }

  KeyPairProvider provider() {
    return KeyPairProvider.wrap(keys);
  }

  private String privateText(Optional<String> passphrase) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
    encryption.setCipherType("256");
    passphrase.ifPresent(encryption::setPassword);
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
          keys, COMMENT, passphrase.isPresent() ? encryption : null, text);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("test key: encoding it failed", e);
    }
    return text.toString(UTF_8);
  }

  private static Path write(Path file, String text) {
    requireNonNull(file, "file");
    try {
      Files.deleteIfExists(file);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestKey generate(GeneratorSource source) {
    try {
      return new TestKey(source.get().generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("test key: making it failed", e);
    }
  }

  @FunctionalInterface
  private interface GeneratorSource {
    KeyPairGenerator get() throws GeneralSecurityException;
  }
}
