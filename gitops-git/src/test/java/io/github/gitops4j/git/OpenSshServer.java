package io.github.gitops4j.git;

import io.github.gitops4j.testkit.git.TestKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** OpenSSH's {@code sshd}, the real one, for the user who runs the tests. */
final class OpenSshServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private OpenSshServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static OpenSshServer start(Path directory, TestKey host, TestKey client) throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      // Where it separates its privileges; a service would make it.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Files.createDirectories(directory);
    Path hostKey = host.writePrivate(directory.resolve("host_key"));
    Files.setPosixFilePermissions(hostKey, PosixFilePermissions.fromString("rw-------"));
    Path authorized =
        Files.writeString(directory.resolve("authorized_keys"), client.publicLine() + "\n");
    int port = freePort();
    Path config =
        Files.write(
            directory.resolve("sshd_config"),
            List.of(
                "ListenAddress 127.0.0.1:" + port,
                "HostKey " + hostKey,
                "AuthorizedKeysFile " + authorized,
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin yes",
                "AcceptEnv GIT_PROTOCOL"));
    Process process =
        new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    OpenSshServer server = new OpenSshServer(process, port);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(server::answers);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  GitUrl url(Path repository) {
    String user = System.getProperty("user.name");
    return GitUrl.parse("ssh://" + user + "@127.0.0.1:" + port + repository);
  }

  /** Returns a line of known hosts that says that this server has a key. */
  String knownHostsLine(TestKey key) {
    return "[127.0.0.1]:" + port + " " + key.publicLine();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
