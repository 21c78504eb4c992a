package io.github.gitops4j.testkit.git;

import static io.github.gitops4j.testkit.git.TcpFault.Direction.TO_CLIENT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class GitSshServerTest {
  private Path temp;
  private TestRepository repository;
  private final TestKey key = TestKey.ed25519();
  private int clones;

  @BeforeEach
  void create(@TempDir Path directory) throws IOException {
    temp = directory;
    repository = TestRepository.create(temp.resolve("origin"));
    Files.createDirectory(temp.resolve("home"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  static Stream<TestKey> keys() {
    return Stream.of(TestKey.ed25519(), TestKey.rsa(), TestKey.ecdsa());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void servesClonesFetchesAndPushes(TestKey any) throws Exception {
    repository.commit().put("a", "1").create();
    try (GitSshServer server =
        GitSshServer.builder().hostKey(any).authorize(any).allowPush().start()) {
      URI url = server.serve("team/app", repository);
      know(server);
      JGitClient client = new JGitClient().ssh(temp.resolve("home"), any.keyPair());
      try (Git git = client.clone(url, temp.resolve("clone"));
          TestRepository clone = TestRepository.open(temp.resolve("clone"))) {
        String two = repository.commit().put("b", "2").create();
        client.fetch(git);
        assertThat(JGitClient.branch(git, "main")).isEqualTo(two);

        String three = clone.commit().put("c", "3").create();
        client.push(git, three, "refs/heads/main");
        assertThat(repository.refs().find("refs/heads/main")).contains(three);
      }
      assertThat(server.commands())
          .containsExactly(
              "git-upload-pack '/team/app.git'",
              "git-upload-pack '/team/app.git'",
              "git-receive-pack '/team/app.git'");
    }
  }

  @Test
  void refusesUnknownClientsNamesAndPushes() throws Exception {
    String id = repository.commit().put("a", "1").create();
    try (GitSshServer server = GitSshServer.builder().start()) {
      URI url = server.serve("app", repository);
      know(server);
      assertCloneFails(url);

      server.authorize(key);
      assertCloneFails(server.url("missing"));
      try (Git git = client().clone(url, temp.resolve("clone"))) {
        assertThatExceptionOfType(GitAPIException.class)
            .isThrownBy(() -> client().push(git, id, "refs/heads/other"));
      }
      assertThat(repository.refs().find("refs/heads/other")).isEmpty();
      server.revokeAll();
      assertCloneFails(url);
    }
  }

  @Test
  void changesItsHostKey() throws Exception {
    repository.commit().put("a", "1").create();
    try (GitSshServer server = GitSshServer.builder().authorize(key).start()) {
      URI url = server.serve("app", repository);
      know(server);
      client().clone(url, temp.resolve("before")).close();

      String before = server.knownHostsLine();
      server.changeHostKey(TestKey.ed25519());
      assertThat(server.knownHostsLine()).isNotEqualTo(before);
      assertCloneFails(url);
      know(server);
      client().clone(url, temp.resolve("after")).close();
    }
  }

  @Test
  void isSilentOnOrder() throws Exception {
    try (GitSshServer server = GitSshServer.builder().start()) {
      server.tcp().next(new TcpFault.Stall(TO_CLIENT, 0));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoTimeout(100);
        assertThatExceptionOfType(SocketTimeoutException.class)
            .isThrownBy(() -> socket.getInputStream().read());
      }
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        assertThat(socket.getInputStream().readNBytes(7)).asString(ISO_8859_1).isEqualTo("SSH-2.0");
      }
    }
  }

  private JGitClient client() {
    return new JGitClient().ssh(temp.resolve("home"), key.keyPair());
  }

  private void know(GitSshServer server) throws IOException {
    Files.writeString(temp.resolve("home/known_hosts"), server.knownHostsLine() + '\n');
  }

  private void assertCloneFails(URI url) {
    clones++;
    assertThatExceptionOfType(GitAPIException.class)
        .isThrownBy(() -> client().clone(url, temp.resolve("failed-" + clones)).close());
  }
}
