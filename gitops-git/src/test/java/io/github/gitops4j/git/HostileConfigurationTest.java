package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The user's and the machine's configuration of Git, and what the environment says, are hostile.
 */
class HostileConfigurationTest {
  private static final String CONFIGURATION =
      """
      [user]
      \tname = The Host
      [http]
      \tproxy = http://127.0.0.1:1
      \textraHeader = X-Stolen: yes
      [core]
      \tsshCommand = ssh
      \tfsmonitor = sh
      \thooksPath = %1$s
      [credential]
      \thelper = sh
      [filter "lfs"]
      \tprocess = git
      """;

  @TempDir Path temp;
  private TestRepository repository;
  private GitHttpServer server;
  private Path home;
  private Path started;

  @BeforeEach
  void open() throws IOException {
    repository = TestRepository.create(temp.resolve("origin.git"));
    repository.commit().put("a", "1").create();
    server = GitHttpServer.builder().allowPush().start();
    home = Files.createDirectories(temp.resolve("home"));
    started = temp.resolve("started");
    Path programs = Files.createDirectories(temp.resolve("bin"));
    for (String name :
        List.of("git", "ssh", "sh", "bash", "git-remote-http", "post-checkout", "pre-push")) {
      Path program = programs.resolve(name);
      Files.writeString(program, "#!/bin/sh\necho " + name + " \"$@\" >> " + started + "\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(home.resolve(".gitconfig"), CONFIGURATION.formatted(programs));
    Files.createDirectories(home.resolve(".config/git"));
    Files.writeString(home.resolve(".config/git/config"), CONFIGURATION.formatted(programs));
  }

  @AfterEach
  void close() {
    server.close();
    repository.close();
  }

  private String pull(String isolation) throws IOException, InterruptedException {
    ProcessBuilder child =
        ChildJvm.of(
            IsolatedPull.class,
            List.of("-Duser.home=" + home),
            isolation,
            temp.resolve("cache"),
            server.serve("shop", repository),
            started);
    Map<String, String> environment = child.environment();
    environment.put("PATH", temp.resolve("bin").toString());
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    environment.put("GIT_CONFIG_GLOBAL", home.resolve(".gitconfig").toString());
    environment.put("GIT_DIR", temp.resolve("nowhere").toString());
    environment.put("GIT_OBJECT_DIRECTORY", temp.resolve("nowhere").toString());
    environment.put("GIT_SSH", "ssh");
    environment.put("GIT_PROXY_COMMAND", "sh");
    return ChildJvm.run(child);
  }

  private List<String> homeFiles() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"isolated", "replaced", "writing"})
  void isIgnoredAndNothingIsStartedAndTheHostKeepsIt(String isolation) throws Exception {
    List<String> before = homeFiles();
    assertThat(pull(isolation))
        .contains("paths [a]")
        .contains("started none")
        .contains("host The Host");
    assertThat(homeFiles()).isEqualTo(before);
    assertThat(server.requests().all())
        .isNotEmpty()
        .noneMatch(request -> request.headerNames().contains("x-stolen"));
    assertThat(server.requests().count(RequestKind.RECEIVE_PACK))
        .isEqualTo(isolation.equals("writing") ? 1 : 0);
  }

  /** Otherwise the test above could pass by the configuration's harmlessness. */
  @Test
  void bitesWhereTheHostIsTrusted() throws Exception {
    assertThat(pull("trusted")).contains("started git");
    assertThat(server.requests().all())
        .isNotEmpty()
        .allMatch(request -> request.headerNames().contains("x-stolen"));
  }
}
