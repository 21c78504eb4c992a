package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server certificate under an authority of its own, made in memory.
 *
 * <p>Each one has a fresh key and authority, so no two trust each other. Immutable.
 *
 * @since 0.1.0
 */
public final class TestCertificate {
  private static final char[] PASSWORD = {'t', 'e', 's', 't'};
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2099-01-01T00:00:00Z");
  private static final Instant PAST_END = Instant.parse("2020-01-02T00:00:00Z");

  private final X509Certificate authority;
  private final X509Certificate server;
  private final KeyPair serverKeys;

  private TestCertificate(String dnsName, String address, Instant end) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair authorityKeys = generator.generateKeyPair();
      serverKeys = generator.generateKeyPair();
      CertificateSigner signer = new CertificateSigner(authorityKeys, START);
      authority = signer.authority(END);
      server = signer.server(serverKeys.getPublic(), dnsName, address, end);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("test certificate: making it failed", e);
    }
  }

  /** Make a certificate for {@code localhost} and {@code 127.0.0.1} that is valid until 2099. */
  public static TestCertificate valid() {
    return new TestCertificate("localhost", "127.0.0.1", END);
  }

  /** Make one whose time is over; its authority is still valid. */
  public static TestCertificate expired() {
    return new TestCertificate("localhost", "127.0.0.1", PAST_END);
  }

  /** Make one for another host, {@code other.invalid} and {@code 192.0.2.1}. */
  public static TestCertificate forOtherHost() {
    return new TestCertificate("other.invalid", "192.0.2.1", END);
  }

  /** Give the certificate of the authority in PEM. */
  public String authorityPem() {
    try {
      Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
      return "-----BEGIN CERTIFICATE-----\n"
          + lines.encodeToString(authority.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("test certificate: encoding it failed", e);
    }
  }

  /**
   * Write the certificate of the authority in PEM, for {@code http.sslCAInfo} and the like.
   *
   * @return the file
   */
  public Path writeAuthority(Path file) {
    try {
      return Files.writeString(requireNonNull(file, "file"), authorityPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Give the certificate of the authority. */
  public X509Certificate authority() {
    return authority;
  }

  /** Make a context for clients that trusts this authority and no other. */
  public SSLContext clientContext() {
    try {
      KeyStore store = emptyStore();
      store.setCertificateEntry("authority", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("test certificate: making a context failed", e);
    }
  }

  /** Give a context for another server that shows this certificate. */
  public SSLContext serverContext() {
    try {
      KeyStore store = emptyStore();
      X509Certificate[] chain = {server, authority};
      store.setKeyEntry("server", serverKeys.getPrivate(), PASSWORD, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("test certificate: making a context failed", e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }
}
