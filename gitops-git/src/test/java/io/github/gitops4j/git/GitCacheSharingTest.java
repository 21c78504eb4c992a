package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.GitFault;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One directory of repositories, used by many threads and by many processes. */
class GitCacheSharingTest {
  private static final int FILES = 20;
  private static final int COMMITS = 8;

  private final List<Revision> commits = new ArrayList<>();
  @TempDir Path temp;
  private TestRepository repository;
  private GitHttpServer server;
  private Path directory;
  private GitUrl url;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    commit(0);
    server = GitHttpServer.builder().start();
    directory = temp.resolve("cache");
    url = GitUrl.parse(server.serve("shop", repository).toString());
  }

  @AfterEach
  void close() {
    server.close();
    repository.close();
  }

  private void commit(int number) {
    String id =
        repository.commit().putMany("f", FILES, n -> "file " + n + " says " + number).create();
    commits.add(new Revision("refs/heads/main", id));
  }

  private Process child(int number, String end) throws IOException {
    return ChildJvm.of(CachePuller.class, List.of(), directory, url, end)
        .redirectOutput(printed(number).toFile())
        .start();
  }

  private Path printed(int number) {
    return temp.resolve("printed" + number);
  }

  private void sawAtLast(String text, List<Process> children) throws Exception {
    for (int i = 0; i < children.size(); i++) {
      children.get(i).waitFor();
      String printed = Files.readString(printed(i));
      assertThat(printed).startsWith("ready\n").endsWith("saw " + text + "\n");
    }
  }

  private Path bare() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".git")).findFirst().orElseThrow();
    }
  }

  private String pullOnce() throws IOException {
    try (GitCache cache = CachePuller.open(directory)) {
      return CachePuller.pull(cache.source(url).build());
    }
  }

  @Test
  void manyThreadsOnSeveralCachesCostOneFetch() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (GitCache one = CachePuller.open(directory);
        GitCache other = CachePuller.open(directory)) {
      List<Future<String>> pulls = new ArrayList<>();
      CountDownLatch together = new CountDownLatch(8);
      for (int i = 0; i < 8; i++) {
        GitSource source = (i % 2 == 0 ? one : other).source(url).path("f").build();
        pulls.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return CachePuller.pull(source);
                }));
      }
      for (Future<String> pull : pulls) {
        assertThat(pull.get()).isEqualTo("0");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.requests().count(RequestKind.FETCH)).isEqualTo(1);
  }

  @Test
  void severalProcessesCostOneFetch() throws Exception {
    sawAtLast("0", List.of(child(0, "0"), child(1, "0"), child(2, "0")));
    assertThat(server.requests().count(RequestKind.FETCH)).isEqualTo(1);
  }

  /** Whatever happens to the directory, only what the remote does is seen by who reads. */
  @Test
  void processesGoOnWhileTheCacheIsDamagedUnderThem() throws Exception {
    String last = Integer.toString(COMMITS);
    List<Process> children = List.of(child(0, last), child(1, last), child(2, last));
    try (GitCache cache = CachePuller.open(directory)) {
      GitSource source = cache.source(url).build();
      CachePuller.pull(source);
      for (int i = 1; i < COMMITS; i++) {
        commit(i);
        damage(i);
        assertThat(CachePuller.pull(source)).isEqualTo("" + i);
      }
      commit(COMMITS);
      assertThat(CachePuller.pull(source)).isEqualTo("" + COMMITS);
    }
    sawAtLast("" + COMMITS, children);
    allThatEverWasCanBeRead();
  }

  /** Damage that nobody has met yet is met now, and mended. */
  private void allThatEverWasCanBeRead() throws IOException {
    try (GitCache cache = CachePuller.open(directory)) {
      GitSource source = cache.source(url).build();
      for (int i = 0; i < commits.size(); i++) {
        assertThat(CachePuller.read(source, commits.get(i))).isEqualTo("" + i);
      }
    }
  }

  @Test
  void threadsGoOnWhileTheCacheIsDamagedUnderThem() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean over = new AtomicBoolean();
    try (GitCache cache = CachePuller.open(directory)) {
      GitSource source = cache.source(url).build();
      CachePuller.pull(source);
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readers.add(
            threads.submit(
                () -> {
                  int pulls = 0;
                  for (; !over.get(); pulls++) {
                    CachePuller.pull(source);
                  }
                  return pulls;
                }));
      }
      for (int i = 1; i <= COMMITS; i++) {
        commit(i);
        damage(i);
        assertThat(CachePuller.pull(source)).isEqualTo(Integer.toString(i));
      }
      over.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  private void damage(int kind) throws IOException {
    switch (kind % 4) {
      case 0 -> Damage.flip(bare(), ".pack", 0.5);
      case 1 -> Files.writeString(bare().resolve("packed-refs.lock"), "");
      case 2 -> Leftovers.discard(bare());
      default -> Damage.truncatePacks(bare());
    }
  }

  /** JGit goes on reading for a while after its caller has left. */
  @Test
  void aTransferThatWasGivenUpDisturbsNobody() throws Exception {
    assertThat(pullOnce()).isEqualTo("0");
    commit(1);
    server.faults().next(RequestKind.FETCH, new GitFault.Slow(1000));
    try (GitCache cache = CachePuller.open(directory)) {
      GitSource source = cache.source(url).build();
      CallContext impatient = CallContext.withTimeout(Duration.ofSeconds(1));
      assertThatThrownBy(() -> source.fetch(source.latest(impatient), impatient))
          .isInstanceOf(CallException.class);
      for (int i = 2; i < 6; i++) {
        commit(i);
        assertThat(CachePuller.pull(source)).isEqualTo(Integer.toString(i));
      }
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !isTransferring());
      assertThat(CachePuller.pull(source)).isEqualTo("5");
    }
    assertThat(PackFiles.areIntact(bare())).isTrue();
  }

  private static boolean isTransferring() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("gitops-git-transfer"));
  }

  @Test
  void aProcessKilledInMidFetchIsInNobodysWay() throws Exception {
    assertThat(pullOnce()).isEqualTo("0");
    commit(1);
    server.faults().next(RequestKind.FETCH, new GitFault.Slow(100));
    Process child = child(0, "1");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> server.requests().count(RequestKind.FETCH) == 2);
    child.destroyForcibly().waitFor();
    assertThat(printed(0)).hasContent("ready");
    assertThat(pullOnce()).isEqualTo("1");
    try (Stream<Path> files = Files.walk(bare())) {
      assertThat(files.map(Path::toString))
          .noneMatch(name -> name.matches(".*(incoming.+|\\.lock|\\.tmp)"));
    }
  }
}
