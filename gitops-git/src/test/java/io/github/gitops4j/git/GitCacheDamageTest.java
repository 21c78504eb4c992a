package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the cache on disk never reaches who reads from it. */
class GitCacheDamageTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final int FILES = 50;

  @TempDir Path temp;
  private TestRepository repository;
  private GitHttpServer server;
  private GitUrl url;
  private GitCache cache;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    commit(0);
    server = GitHttpServer.builder().start();
    url = GitUrl.parse(server.serve("shop", repository).toString());
    cache = openCache();
  }

  @AfterEach
  void close() {
    cache.close();
    server.close();
    repository.close();
  }

  private GitCache openCache() {
    return GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowHttp().build();
  }

  private void reopen() {
    cache.close();
    cache = openCache();
  }

  private GitSource source() {
    return cache.source(url).build();
  }

  private String commit(int number) {
    return repository.commit().putMany("apps", FILES, n -> content(number, n)).create();
  }

  private static String content(int commit, int file) {
    return ("commit " + commit + " file " + file + "\n").repeat(20);
  }

  private Map<String, String> pull() throws IOException {
    GitSource source = source();
    return read(source.fetch(source.latest(CALL), CALL));
  }

  private static Map<String, String> read(FetchedTree fetched) throws IOException {
    Map<String, TreeEntry> entries = new TreeMap<>();
    fetched.tree().forEach(entry -> entries.put(entry.path(), entry), CALL);
    Map<String, String> contents = new TreeMap<>();
    for (Map.Entry<String, TreeEntry> entry : entries.entrySet()) {
      try (InputStream in = fetched.tree().open(entry.getValue())) {
        contents.put(entry.getKey(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return contents;
  }

  private static void isCommit(int number, Map<String, String> contents) {
    assertThat(contents).hasSize(FILES);
    assertThat(contents.values())
        .allMatch(text -> text.startsWith("commit " + number + " "))
        .doesNotHaveDuplicates();
  }

  private Path bare() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("cache"))) {
      return files.filter(file -> file.toString().endsWith(".git")).findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 0.99})
  void anyByteOfAPackOrItsIndexMayBeWrong(double place) throws IOException {
    pull();
    commit(1);
    pull();
    for (String suffix : new String[] {".pack", ".idx"}) {
      reopen();
      Damage.flip(bare(), suffix, place);
      isCommit(1, pull());
    }
  }

  @Test
  void anIndexThatLeadsToOtherFilesIsNoticed() throws IOException {
    GitSource source = source();
    List<String> ids = new ArrayList<>();
    source
        .fetch(source.latest(CALL), CALL)
        .tree()
        .forEach(entry -> ids.add(entry.contentId()), CALL);
    reopen();
    Damage.exchange(bare(), ids.get(0), ids.get(1));

    isCommit(0, pull());
  }

  @ParameterizedTest
  @ValueSource(strings = {".pack", ".idx"})
  void aPackThatIsCutOrGoneIsFetchedAgain(String suffix) throws IOException {
    pull();
    reopen();
    Damage.truncatePacks(temp.resolve("cache"));
    isCommit(0, pull());
    reopen();
    Damage.delete(bare(), suffix);
    isCommit(0, pull());
  }

  @Test
  void aTreeInUseIsReadOnAfterTheCacheWasDeleted() throws IOException {
    GitSource source = source();
    FetchedTree fetched = source.fetch(source.latest(CALL), CALL);
    Leftovers.discard(bare());
    isCommit(0, read(fetched));
    isCommit(0, pull());
  }

  @Test
  void aTreeInUseIsReadOnWhileItsPackIsDamaged() throws IOException {
    commit(1);
    GitSource source = source();
    FetchedTree fetched = source.fetch(source.latest(CALL), CALL);
    Damage.truncatePacks(temp.resolve("cache"));
    isCommit(1, read(fetched));
  }

  @Test
  void leftoversOfADeadProcessAreInNobodysWay() throws IOException {
    pull();
    Path bare = bare();
    try (Stream<Path> refs = Files.walk(bare.resolve("refs/gitops4j"))) {
      Path kept = refs.filter(Files::isRegularFile).findFirst().orElseThrow();
      Files.writeString(kept.resolveSibling(kept.getFileName() + ".lock"), "");
    }
    Files.writeString(bare.resolve("packed-refs.lock"), "");
    Files.writeString(bare.resolve("config.lock"), "");
    Files.createDirectories(bare.resolve("refs/incoming"));
    Files.writeString(bare.resolve("refs/incoming/x"), "1".repeat(40) + "\n");
    Files.writeString(bare.resolve("objects/incoming_1.pack"), "PACK");
    Files.writeString(bare.resolve("objects/pack/pack-" + "1".repeat(40) + ".pack"), "PACK");
    Files.writeString(bare.resolve("objects/pack/pack-" + "2".repeat(40) + ".keep"), "");
    Files.createDirectories(bare.resolveSibling(bare.getFileName() + ".discarded-1/refs"));

    commit(1);
    isCommit(1, pull());
    try (Stream<Path> files = Files.walk(temp.resolve("cache"))) {
      assertThat(files.map(Path::toString).filter(name -> !name.endsWith(".git.lock")))
          .noneMatch(name -> name.matches(".*(\\.lock|incoming.+|1{40}.*|\\.keep|discarded.*)"));
    }
  }

  @Test
  void aRepositoryThatWasMadeByHalfIsMadeWhole() throws IOException {
    pull();
    Files.delete(bare().resolve("HEAD"));
    reopen();
    isCommit(0, pull());
  }

  @Test
  void aBranchMakesWayForADirectoryOfBranches() throws IOException {
    repository.refs().branch("env", repository.commit("x").put("a", "1").create());
    GitSource branch = cache.source(url).ref(GitRef.branch("env")).build();
    branch.fetch(branch.latest(CALL), CALL);
    repository.refs().delete("refs/heads/env");
    repository.refs().branch("env/prod", repository.commit("x").put("a", "2").create());
    GitSource below = cache.source(url).ref(GitRef.branch("env/prod")).build();
    assertThat(read(below.fetch(below.latest(CALL), CALL))).containsEntry("a", "2");
  }

  @Test
  void manyFetchesLeaveFewPacks() throws IOException {
    GitSource source = source();
    Revision first = source.latest(CALL);
    source.fetch(first, CALL);
    for (int i = 1; i <= 200; i++) {
      repository.commit().put("counter", "count " + i).create();
      source.fetch(source.latest(CALL), CALL);
    }
    assertThat(server.requests().count(RequestKind.FETCH)).isEqualTo(201);
    assertThat(PackFiles.packs(bare())).hasSizeLessThanOrEqualTo(PackMaintenance.MOST_PACKS);
    isCommit(0, read(source.fetch(first, CALL)));
    assertThat(read(source.fetch(source.latest(CALL), CALL))).containsEntry("counter", "count 200");
    assertThat(server.requests().count(RequestKind.FETCH)).isEqualTo(201);
  }
}
