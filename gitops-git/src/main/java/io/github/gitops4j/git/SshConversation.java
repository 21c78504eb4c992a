package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
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
   * @param tried the beginning of the message if there is no key to be had
   * @param nowhere a directory that is not there, in place of the user's
   */
  static SshConversation open(GitUrl url, GitAccess access, String tried, Path nowhere)
      throws IOException {
    KnownHosts hosts =
        KnownHosts.read(access.knownHosts().orElseThrow(), url.host(), url.port().orElse(22));
    List<KeyPair> keys = keys(access.ask(tried));
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
    return SshKeys.read(key.privateKey(), key.passphrase());
  }

  @Override
  public void close() {
    sessions.close();
  }
}
