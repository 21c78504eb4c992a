package io.github.gitops4j.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.transport.http.HttpConnection;

/** Lets only the authorities of a file vouch for a server. */
final class CertificateAuthorities {
  private final Path file;

  CertificateAuthorities(Path file) {
    this.file = file;
  }

  void decide(HttpConnection connection) throws IOException {
    try {
      connection.configure(null, trustManagers(), null);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": not a file of certificate authorities in PEM", e);
    }
  }

  private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(Integer.toString(store.size()), one);
      }
    }
    if (store.size() == 0) {
      throw new CertificateException("it holds no certificate");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
