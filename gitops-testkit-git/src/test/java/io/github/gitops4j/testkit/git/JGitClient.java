package io.github.gitops4j.testkit.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportConfigCallback;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/** A Git client for these tests; no credentials, keys or trust but what a test gives it. */
final class JGitClient {
  private static final int TIMEOUT_SECONDS = 20;

  private Optional<CredentialsProvider> credentials = Optional.empty();
  private TransportConfigCallback transport = any -> {};

  JGitClient basic(String user, String password) {
    credentials = Optional.of(new UsernamePasswordCredentialsProvider(user, password));
    return this;
  }

  JGitClient header(String name, String value) {
    transport = any -> ((TransportHttp) any).setAdditionalHeaders(Map.of(name, value));
    return this;
  }

  JGitClient trust(X509Certificate authority) {
    transport =
        any -> ((TransportHttp) any).setHttpConnectionFactory(new TrustingFactory(authority));
    return this;
  }

  JGitClient ssh(Path home, KeyPair key) {
    SshdSessionFactory factory =
        new SshdSessionFactoryBuilder()
            .setHomeDirectory(home.toFile())
            .setSshDirectory(home.toFile())
            .setPreferredAuthentications("publickey")
            .setDefaultKeysProvider(directory -> List.of(key))
            .build(null);
    transport = any -> ((SshTransport) any).setSshSessionFactory(factory);
    return this;
  }

  Git clone(URI uri, Path directory) throws GitAPIException {
    return Git.cloneRepository()
        .setURI(uri.toString())
        .setDirectory(directory.toFile())
        .setBare(true)
        .setTimeout(TIMEOUT_SECONDS)
        .setTransportConfigCallback(transport)
        .setCredentialsProvider(credentials.orElse(null))
        .call();
  }

  void fetch(Git git) throws GitAPIException {
    git.fetch()
        .setRefSpecs("+refs/heads/*:refs/heads/*")
        .setTimeout(TIMEOUT_SECONDS)
        .setTransportConfigCallback(transport)
        .setCredentialsProvider(credentials.orElse(null))
        .call();
  }

  void push(Git git, String id, String ref) throws GitAPIException {
    git.push()
        .setRefSpecs(new RefSpec("+" + id + ":" + ref))
        .setTimeout(TIMEOUT_SECONDS)
        .setTransportConfigCallback(transport)
        .setCredentialsProvider(credentials.orElse(null))
        .call();
  }

  static String branch(Git git, String name) throws IOException {
    return git.getRepository().exactRef(Constants.R_HEADS + name).getObjectId().name();
  }

  private static final class TrustingFactory extends JDKHttpConnectionFactory {
    private final X509Certificate authority;

    TrustingFactory(X509Certificate authority) {
      this.authority = authority;
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
      HttpConnection connection = super.create(url, proxy);
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority);
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        connection.configure(null, trust.getTrustManagers(), null);
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
      return connection;
    }
  }
}
