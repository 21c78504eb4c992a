package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * SSH without the user's world: no configuration, no agent, no keys and no known hosts but those
 * that were handed in. Only who uses SSH loads this class and the libraries behind it.
 *
 * <p>Confined to one conversation.
 */
final class SshConversation implements AutoCloseable {
  private final KnownHosts hosts;
  private final SshdSessionFactory sessions;

  private SshConversation(KnownHosts hosts, SshdSessionFactory sessions) {
    this.hosts = hosts;
    this.sessions = sessions;
  }

  /**
   * Reads the known hosts and the key.
   *
   * @param nowhere a directory that is not there, in place of the user's
   */
  static SshConversation open(GitUrl url, GitAccess access, Path nowhere) throws IOException {
    KnownHosts hosts =
        KnownHosts.read(access.knownHosts().orElseThrow(), url.host(), url.port().orElse(22));
    List<KeyPair> keys = keys(access.credentials().get());
    SshdSessionFactory sessions =
        new SshdSessionFactoryBuilder()
            .setHomeDirectory(nowhere.toFile())
            .setSshDirectory(nowhere.resolve("ssh").toFile())
            .setConfigFile(directory -> null)
            .setDefaultKnownHostsFiles(directory -> List.of())
            .setDefaultIdentities(directory -> List.of())
            .setDefaultKeysProvider(directory -> keys)
            .setConnectorFactory(null)
            .setPreferredAuthentications("publickey")
            .setServerKeyDatabase((home, directory) -> hosts)
            .build(null);
    return new SshConversation(hosts, sessions);
  }

  void prepare(SshTransport transport, ByteBudget budget) {
    transport.setSshSessionFactory(new BoundedSsh(sessions, budget));
  }

  /** Returns why the server was refused, if it was. */
  Optional<HostKeyException> refusal() {
    return hosts.refusal();
  }

  private static List<KeyPair> keys(GitCredentials credentials) {
    if (!(credentials instanceof GitCredentials.SshKey key)) {
      return List.of();
    }
    FilePasswordProvider passphrase =
        key.passphrase()
            .map(secret -> secret.reveal(FilePasswordProvider::of))
            .orElse(FilePasswordProvider.EMPTY);
    List<KeyPair> pairs = new ArrayList<>();
    byte[] text = key.privateKey().reveal(one -> one.getBytes(StandardCharsets.UTF_8));
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

  @Override
  public void close() {
    sessions.close();
  }
}
