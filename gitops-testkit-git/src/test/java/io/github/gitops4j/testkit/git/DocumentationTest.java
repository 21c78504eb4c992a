package io.github.gitops4j.testkit.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/testkit-git.md}, run, and the page compared with them. */
@Timeout(60)
class DocumentationTest {
  private static final Path PAGE = Path.of("../docs/testkit-git.md");
  private static final Path SOURCE =
      Path.of("src/test/java/io/github/gitops4j/testkit/git/DocumentationTest.java");

  @Test
  void servesARepository(@TempDir Path directory) throws Exception {
    try (TestRepository repository = TestRepository.create(directory.resolve("origin"));
        GitHttpServer server = GitHttpServer.builder().start()) {
      String id = repository.commit().put("app.yaml", "replicas: 1\n").create();
      URI url = server.serve("team/app", repository);

      assertThat(headOf(url)).isEqualTo(id);
      assertThat(server.requests().count(RequestKind.FETCH)).isZero();
    }
  }

  @Test
  void rewritesHistory(@TempDir Path directory) throws Exception {
    try (TestRepository repository = TestRepository.create(directory.resolve("origin"));
        GitHttpServer server = GitHttpServer.builder().start()) {
      URI url = server.serve("app", repository);
      String one = repository.commit().put("a", "1").create();
      String two = repository.commit().remove("a").putMany("apps", 1000, n -> "n: " + n).create();
      repository.refs().annotatedTag("v1", two, ObjectKind.COMMIT, "release\n");
      repository.refs().branch("main", one); // what a forced push leaves behind

      assertThat(headOf(url)).isEqualTo(one);
    }
  }

  @Test
  void plantsHostileNames(@TempDir Path directory) throws Exception {
    try (TestRepository repository = TestRepository.create(directory.resolve("origin"));
        GitHttpServer server = GitHttpServer.builder().start()) {
      URI url = server.serve("app", repository);
      String id =
          repository
              .commit()
              .putRaw(RawPath.of("..", "escaped.yaml"), "out of the tree")
              .putRaw(RawPath.of(".GIT", "config"), "[core]")
              .put("name", "a file")
              .putRaw(RawPath.of("name", "below"), "and a directory")
              .create();

      assertThat(headOf(url)).isEqualTo(id);
    }
  }

  @Test
  void failsOnOrder(@TempDir Path directory) throws Exception {
    try (TestRepository repository = TestRepository.create(directory.resolve("origin"));
        GitHttpServer server = GitHttpServer.builder().start()) {
      String id = repository.commit().put("app.yaml", "replicas: 1\n").create();
      URI url = server.serve("app", repository);
      Duration wait = Duration.ofSeconds(30);
      server.faults().next(new GitFault.Status(429, Optional.of(wait)));
      server.faults().next(RequestKind.LS_REFS, new GitFault.ResetAfter(10));

      assertThatThrownBy(() -> headOf(url)).hasMessageContaining("429");
      assertThatThrownBy(() -> headOf(url)).hasMessageContaining("reset");
      assertThat(headOf(url)).isEqualTo(id);
    }
  }

  @Test
  void pageShowsWhatRunsHere() throws Exception {
    List<String> source = Files.readAllLines(SOURCE).stream().map(String::strip).toList();
    String page = Files.readString(PAGE);
    String[] parts = page.split("```java\n", -1);

    assertThat(parts).hasSizeGreaterThan(4);
    for (int example = 1; example < parts.length; example++) {
      String code = parts[example].substring(0, parts[example].indexOf("```"));
      assertThat(source).containsAll(code.lines().map(String::strip).toList());
    }
  }

  /** Stands for the code under test of a reader. */
  private static String headOf(URI url) throws Exception {
    return Git.lsRemoteRepository().setRemote(url.toString()).setTimeout(20).call().stream()
        .filter(ref -> ref.getName().equals("refs/heads/main"))
        .map(ref -> ref.getObjectId().name())
        .findFirst()
        .orElseThrow();
  }
}
