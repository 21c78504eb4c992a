package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCacheEvictionTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final Duration DAY = Duration.ofDays(1);
  private static final int BYTES = 100_000;

  @TempDir Path temp;
  private final List<TestRepository> repositories = new ArrayList<>();
  private GitHttpServer server;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void open() {
    server = GitHttpServer.builder().start();
  }

  @AfterEach
  void close() {
    server.close();
    repositories.forEach(TestRepository::close);
  }

  private GitUrl serve(String name) {
    TestRepository repository = TestRepository.create(temp.resolve(name + ".git"));
    repositories.add(repository);
    byte[] content = new byte[BYTES];
    new Random(name.hashCode()).nextBytes(content);
    content[BYTES - 2] = ' ';
    content[BYTES - 1] = '0';
    repository.commit().put("f", name + " says 0").put("noise", content).create();
    return GitUrl.parse(server.serve(name, repository).toString());
  }

  private GitCache.Builder cache() {
    return GitCache.builder(temp.resolve("cache"), JGitIsolation.install())
        .allowHttp()
        .clock(() -> now);
  }

  private static FetchedTree pull(GitCache cache, GitUrl url) {
    GitSource source = cache.source(url).build();
    return source.fetch(source.latest(CALL), CALL);
  }

  private long kept() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("cache"))) {
      return files
          .filter(file -> file.toString().contains(".git") && Files.isDirectory(file))
          .count();
    }
  }

  @Test
  void whatNobodyUsedForLongIsRemoved() throws IOException {
    GitUrl a = serve("a");
    GitUrl b = serve("b");
    try (GitCache cache = cache().build()) {
      pull(cache, a);
      now = now.plus(DAY.multipliedBy(3));
      pull(cache, b);
    }
    cache().build().close();
    assertThat(kept()).as("without bounds").isEqualTo(2);
    cache().evictUnusedAfter(DAY.multipliedBy(4)).build().close();
    assertThat(kept()).as("young enough").isEqualTo(2);
    now = now.plus(DAY.multipliedBy(2));
    try (GitCache cache = cache().evictUnusedAfter(DAY.multipliedBy(4)).build()) {
      assertThat(kept()).as("one is too old").isEqualTo(1);
      pull(cache, b);
      assertThat(pull(cache, a).tree().names("", CALL)).containsExactlyInAnyOrder("f", "noise");
    }
  }

  @Test
  void theOneUsedLongestAgoMakesRoom() throws IOException {
    List<GitUrl> urls = List.of(serve("a"), serve("b"), serve("c"));
    for (GitUrl url : urls) {
      try (GitCache cache = cache().build()) {
        pull(cache, url);
      }
      now = now.plus(DAY);
    }
    try (GitCache cache = cache().maxBytes(2 * BYTES + BYTES / 2).build()) {
      assertThat(kept()).isEqualTo(2);
      long before = fetches();
      pull(cache, urls.get(1));
      pull(cache, urls.get(2));
      assertThat(fetches()).as("these were kept").isEqualTo(before);
      pull(cache, urls.get(0));
      assertThat(kept()).as("all are in use").isEqualTo(3);
    }
  }

  private long fetches() {
    return server.requests().count(RequestKind.FETCH);
  }

  @Test
  void whatThisProcessUsesIsKept() throws IOException {
    GitUrl a = serve("a");
    try (GitCache using = cache().build()) {
      FetchedTree tree = pull(using, a);
      now = now.plus(DAY.multipliedBy(9));
      cache().evictUnusedAfter(DAY).build().close();
      assertThat(kept()).isEqualTo(1);
      assertThat(tree.tree().find("f", CALL)).isPresent();
    }
    cache().evictUnusedAfter(DAY).build().close();
    assertThat(kept()).as("closing it says when it was used last").isEqualTo(1);
    now = now.plus(DAY.multipliedBy(2));
    cache().evictUnusedAfter(DAY).build().close();
    assertThat(kept()).isZero();
  }

  @Test
  void whatAnotherProcessUsesIsKeptUntilItDies() throws Exception {
    GitUrl a = serve("a");
    ProcessBuilder builder =
        ChildJvm.of(CachePuller.class, List.of(), temp.resolve("cache"), a, "never");
    Process child = builder.start();
    try (BufferedReader printed = child.inputReader()) {
      assertThat(printed.readLine()).isEqualTo("ready");
      now = Instant.now().plus(DAY.multipliedBy(9));
      assertThat(printed.readLine()).startsWith("saw");
      cache().evictUnusedAfter(DAY).maxBytes(1).build().close();
      assertThat(kept()).isEqualTo(1);
    } finally {
      child.destroyForcibly().waitFor();
    }
    cache().evictUnusedAfter(DAY).build().close();
    assertThat(kept()).isZero();
  }

  @Test
  void aLongLivedCacheRemovesItsOwnAndGetsThemBack() throws IOException {
    GitUrl a = serve("a");
    GitUrl b = serve("b");
    try (GitCache cache = cache().evictUnusedAfter(DAY).build()) {
      FetchedTree tree = pull(cache, a);
      now = now.plus(DAY.multipliedBy(2));
      pull(cache, b);
      assertThat(kept()).isEqualTo(1);
      assertThat(tree.tree().names("", CALL)).containsExactlyInAnyOrder("f", "noise");
      assertThat(kept()).isEqualTo(2);
    }
  }

  @Test
  void boundsArePositive() {
    assertThatThrownBy(() -> cache().evictUnusedAfter(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache().maxBytes(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
