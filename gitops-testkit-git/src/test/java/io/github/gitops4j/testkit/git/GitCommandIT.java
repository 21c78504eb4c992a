package io.github.gitops4j.testkit.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code git} and {@code ssh} against these servers and repositories. */
@Timeout(300)
class GitCommandIT {
  private Path temp;
  private TestRepository repository;
  private NativeGit git;

  @BeforeEach
  void create(@TempDir Path directory) throws Exception {
    temp = directory;
    repository = TestRepository.create(temp.resolve("origin"));
    git = new NativeGit(Files.createDirectory(temp.resolve("home")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void clonesAndPushesOverHttpWithAPassword(String protocol) throws Exception {
    repository.commit().put("a/b.txt", "one\n").create();
    HttpAccess access = new HttpAccess.Basic("robot", "secret");
    try (GitHttpServer server = GitHttpServer.builder().access(access).allowPush().start()) {
      URI url = server.serve("team/app", repository);
      String withPassword = url.toString().replace("://", "://robot:secret@");
      String version = "protocol.version=" + protocol;

      git.run(temp, "-c", version, "clone", "-q", withPassword, "clone");
      assertThat(temp.resolve("clone/a/b.txt")).hasContent("one\n");
      assertThat(server.requests().count(RequestKind.LS_REFS))
          .isEqualTo(protocol.equals("2") ? 1 : 0);
      commitAndPush(version);
      assertThat(git.fail(temp, "clone", url.toString(), "refused")).contains("fatal");
    }
  }

  @Test
  void pushesWhatIsLargeEnoughToBeCompressedAndChunked() throws Exception {
    try (GitHttpServer server = GitHttpServer.builder().allowPush().start()) {
      URI url = server.serve("app", repository);
      try (TestRepository mine = TestRepository.create(temp.resolve("mine"))) {
        String id =
            mine.commit().putMany("apps", 50_000, n -> Integer.toHexString(n * 31)).create();
        git.run(temp.resolve("mine"), "push", "-q", url.toString(), "main");
        assertThat(repository.refs().find("refs/heads/main")).contains(id);
      }
    }
  }

  @Test
  void clonesOverHttpsWithTheAuthority() throws Exception {
    repository.commit().put("a", "1").create();
    TestCertificate certificate = TestCertificate.valid();
    Path authority = certificate.writeAuthority(temp.resolve("ca.pem"));
    try (GitHttpServer server = GitHttpServer.builder().tls(certificate).start()) {
      String url = server.serve("app", repository).toString();

      git.run(temp, "-c", "http.sslCAInfo=" + authority, "clone", "-q", url, "clone");
      assertThat(temp.resolve("clone/a")).hasContent("1");
      assertThat(git.fail(temp, "clone", url, "refused")).containsIgnoringCase("certificate");
    }
  }

  static Stream<TestKey> keys() {
    return Stream.of(TestKey.ed25519(), TestKey.rsa(), TestKey.ecdsa());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void clonesAndPushesOverSsh(TestKey key) throws Exception {
    repository.commit().put("a/b.txt", "one\n").create();
    Path identity = key.writePrivate(temp.resolve("id"));
    Path knownHosts = temp.resolve("known_hosts");
    try (GitSshServer server =
        GitSshServer.builder().hostKey(key).authorize(key).allowPush().start()) {
      String url = server.serve("team/app", repository).toString();
      Files.writeString(knownHosts, server.knownHostsLine() + '\n');
      git.with(
          "GIT_SSH_COMMAND",
          "ssh -F none -i "
              + identity
              + " -o IdentitiesOnly=yes -o BatchMode=yes"
              + " -o StrictHostKeyChecking=yes -o UserKnownHostsFile="
              + knownHosts);

      git.run(temp, "clone", "-q", url, "clone");
      assertThat(temp.resolve("clone/a/b.txt")).hasContent("one\n");
      commitAndPush("protocol.version=2");
      server.changeHostKey(TestKey.ed25519());
      assertThat(git.fail(temp, "clone", url, "refused")).contains("verification failed");
    }
  }

  @Test
  void writesRepositoriesThatGitFindsSound() throws Exception {
    String one = repository.commit().putMany("apps", 2_000, n -> "n: " + n).create();
    repository.commit("other").unrelated().put("b", "2").symlink("l", "b").create();
    repository.commit().merge(one).putStream("z", 3, () -> new ZeroStream(3)).create();
    repository.refs().annotatedTag("v1", one, ObjectKind.COMMIT, "release\n");

    assertThat(git.run(repository.directory(), "fsck", "--full", "--strict"))
        .doesNotContain("error");
    repository.pack();
    assertThat(git.run(repository.directory(), "fsck", "--full", "--strict"))
        .doesNotContain("error");
    assertThat(git.run(repository.directory(), "ls-tree", "-r", "--name-only", "v1").lines())
        .hasSize(2_000);
  }

  @Test
  void writesHostileTreesThatGitRefuses() throws Exception {
    repository
        .commit()
        .putRaw(RawPath.of("..", "evil"), "x")
        .putRaw(RawPath.of(".GIT", "config"), "x")
        .put("a", "1")
        .putRaw(RawPath.of("a", "b"), "x")
        .create();

    assertThat(git.fail(repository.directory(), "fsck", "--full", "--strict"))
        .contains("hasDotdot", "hasDotgit", "duplicateEntries");
  }

  @Test
  void streamsTwoGibibytes() throws Exception {
    long size = 2L << 30;
    repository.commit().putZeros("big", size).create();

    assertThat(git.run(repository.directory(), "cat-file", "-s", "main:big").strip())
        .isEqualTo(Long.toString(size));
  }

  private void commitAndPush(String version) throws Exception {
    Path clone = temp.resolve("clone");
    Files.writeString(clone.resolve("new.txt"), "two\n");
    git.run(clone, "add", "new.txt");
    git.run(clone, "commit", "-q", "-m", "Add");
    git.run(clone, "-c", version, "push", "-q", "origin", "HEAD:main");
    String head = git.run(clone, "rev-parse", "HEAD").strip();
    assertThat(repository.refs().find("refs/heads/main")).contains(head);
  }
}
