package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.SshServer;

/**
 * A Git server over SSH with public-key authentication, on the loopback interface and on a port
 * that the system chooses. Any user name is let in whose key is known.
 *
 * <p>All connections run through a {@link FaultyProxy}, see {@link #tcp()}: a server that is silent
 * after the accept is {@code tcp().always(new TcpFault.Stall(TO_CLIENT, 0))}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class GitSshServer implements AutoCloseable {
  private final SshServer ssh;
  private final FaultyProxy proxy;
  private final List<PublicKey> clients = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Map<String, TestRepository> repositories = new ConcurrentHashMap<>();
  private volatile TestKey hostKey;

  private GitSshServer(Builder builder) throws IOException {
    hostKey = builder.hostKey;
    clients.addAll(builder.clients);
    ssh = SshServer.setUpDefaultServer();
    ssh.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    ssh.setPort(0);
    ssh.setKeyPairProvider(hostKey.provider());
    ssh.setPasswordAuthenticator(null);
    ssh.setKeyboardInteractiveAuthenticator(null);
    ssh.setPublickeyAuthenticator(
        (user, key, session) ->
            clients.stream().anyMatch(known -> KeyUtils.compareKeys(known, key)));
    ssh.setCommandFactory(
        (channel, command) -> {
          commands.add(command);
          return new GitSshCommand(command, repositories, builder.pushAllowed);
        });
    ssh.setShellFactory(null);
    ssh.setSubsystemFactories(List.of());
    ssh.start();
    proxy = FaultyProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), ssh.getPort()));
  }

  /** Begin a server with a fresh Ed25519 host key that knows no client and takes no pushes. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Serve a repository, in place of any other of that name.
   *
   * @param name the path without {@code .git}; slashes are allowed
   * @return the URL
   */
  public URI serve(String name, TestRepository repository) {
    repositories.put(requireNonNull(name, "name"), requireNonNull(repository, "repository"));
    return url(name);
  }

  /** Give the URL of a name, served or not. */
  public URI url(String name) {
    return URI.create("ssh://git@127.0.0.1:" + port() + '/' + name + ".git");
  }

  /** Give the port. */
  public int port() {
    return proxy.port();
  }

  /** Give the line of {@code known_hosts} for the host key of this moment. */
  public String knownHostsLine() {
    return "[127.0.0.1]:" + port() + ' ' + PublicKeyEntry.toString(hostKey.keyPair().getPublic());
  }

  /** Show another host key to connections from now on. */
  public void changeHostKey(TestKey key) {
    hostKey = requireNonNull(key, "key");
    ssh.setKeyPairProvider(key.provider());
  }

  /** Let in who holds this key, from now on. */
  public void authorize(TestKey client) {
    clients.add(client.keyPair().getPublic());
  }

  /** Let in nobody from now on. */
  public void revokeAll() {
    clients.clear();
  }

  /** Give the commands that clients asked for, in order. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** Give the relay before this server: the place for faults of TCP. */
  public FaultyProxy tcp() {
    return proxy;
  }

  /** Stop at once; open connections end. The repositories stay open. */
  @Override
  public void close() {
    proxy.close();
    try {
      ssh.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Describes a server. Confined to one thread. */
  public static final class Builder {
    private TestKey hostKey = TestKey.ed25519();
    private final List<PublicKey> clients = new ArrayList<>();
    private boolean pushAllowed;

    private Builder() {}

    /** Set the host key; by default a fresh Ed25519 key. */
    public Builder hostKey(TestKey key) {
      hostKey = requireNonNull(key, "key");
      return this;
    }

    /** Let in who holds this key; by default nobody is let in. */
    public Builder authorize(TestKey client) {
      clients.add(client.keyPair().getPublic());
      return this;
    }

    /** Take pushes; by default they are refused. */
    public Builder allowPush() {
      pushAllowed = true;
      return this;
    }

    /** Start the server. */
    public GitSshServer start() {
      try {
        return new GitSshServer(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
