package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for an HTTPS server on the loopback interface, under an authority of its own.
 *
 * <p>Each one has fresh keys and authority, made by the {@code keytool} of the running Java. It
 * serves the fault proxy, and webhooks that a test answers itself. Immutable.
 *
 * @since 0.1.0
 */
public final class ServerCertificate {
  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";
  private static final String SERVER = "server";

  private final KeyStore store;

  private ServerCertificate(KeyStore store) {
    this.store = store;
  }

  /** Make a certificate for {@code localhost} and {@code 127.0.0.1} that is valid for years. */
  public static ServerCertificate valid() {
    return make("san=dns:localhost,ip:127.0.0.1", "-1d", 3650);
  }

  /** Give a valid one that is made once for this process, as making one takes two processes. */
  static ServerCertificate ofThisProcess() {
    return OfThisProcess.CERTIFICATE;
  }

  private static final class OfThisProcess {
    static final ServerCertificate CERTIFICATE = valid();
  }

  /** Make one whose time is over. */
  public static ServerCertificate expired() {
    return make("san=dns:localhost,ip:127.0.0.1", "-10d", 5);
  }

  /** Make one for another host, {@code other.invalid} and {@code 192.0.2.1}. */
  public static ServerCertificate forOtherHost() {
    return make("san=dns:other.invalid,ip:192.0.2.1", "-1d", 3650);
  }

  /** Give the certificate of the authority in PEM, for who shall trust it. */
  public String pem() {
    try {
      Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
      return "-----BEGIN CERTIFICATE-----\n"
          + lines.encodeToString(store.getCertificate(AUTHORITY).getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("server certificate: encoding it failed", e);
    }
  }

  /** Give the certificate that the server shows. */
  X509Certificate certificate() {
    try {
      return (X509Certificate) store.getCertificate(SERVER);
    } catch (KeyStoreException e) {
      throw new IllegalStateException("server certificate: reading it failed", e);
    }
  }

  /** Give a context for a server that shows this certificate. */
  public SSLContext serverContext() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("server certificate: making a context failed", e);
    }
  }

  /** Make a context for clients that trust these certificates, in PEM, and no others. */
  static SSLContext clientContext(String pem) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)))) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("server certificate: reading PEM failed", e);
    }
  }

  private static ServerCertificate make(String names, String start, int days) {
    try {
      Path folder = Files.createTempDirectory("server-certificate-");
      Path file = folder.resolve("store.p12");
      try {
        keytool(file, AUTHORITY, "-1d", 3650, List.of("-ext", "bc:critical=ca:true"));
        keytool(file, SERVER, start, days, List.of("-ext", names, "-signer", AUTHORITY));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
          store.load(in, PASSWORD.toCharArray());
        }
        return new ServerCertificate(store);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("server certificate: making it failed", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("server certificate: making it failed", e);
    }
  }

  private static void keytool(
      Path file, String alias, String start, int days, List<String> settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-alias", alias, "-dname", "CN=gitops4j test " + alias));
    command.addAll(List.of("-startdate", start, "-validity", Integer.toString(days)));
    command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(settings);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("keytool was interrupted", e);
    }
  }
}
