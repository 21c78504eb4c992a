package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder.Relation;
import io.github.gitops4j.source.TreeChange;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that fetch commits without what came before them. */
class ShallowSourceTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final GitIdentity SOMEBODY = new GitIdentity("Ada", "ada@example.com");

  @TempDir Path temp;
  private TestRepository repository;
  private GitHttpServer server;
  private GitUrl url;
  private GitCache cache;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    server = GitHttpServer.builder().start();
    url = GitUrl.parse(server.serve("shop.git", repository).toString());
    cache = cache();
  }

  private GitCache cache() {
    return GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowHttp().build();
  }

  @AfterEach
  void close() {
    cache.close();
    server.close();
    repository.close();
  }

  private GitSource source() {
    return cache.source(url).shallow().build();
  }

  private String commit(int number) {
    return repository.commit().put("a.yaml", "a: " + number + "\n").put("b", "1").create();
  }

  private FetchedTree latest(GitSource source) {
    return source.fetch(source.latest(CALL), CALL);
  }

  /** Returns how many objects the repositories of the cache have. */
  private long fetched() throws IOException {
    long count = 0;
    try (Stream<Path> all = Files.list(temp.resolve("cache"))) {
      for (Path each : all.filter(path -> path.toString().endsWith(".git")).toList()) {
        try (FileRepository cached = new FileRepository(each.toFile())) {
          for (Pack pack : cached.getObjectDatabase().getPacks()) {
            for (PackIndex.MutableEntry object : pack) {
              assertThat(object.toObjectId()).isNotNull();
              count++;
            }
          }
        }
      }
    }
    return count;
  }

  @Test
  void whatCameBeforeIsNotFetched() throws IOException {
    for (int i = 0; i < 20; i++) {
      commit(i);
    }
    FetchedTree tree = latest(source());
    assertThat(tree.tree().names("", CALL)).containsExactlyInAnyOrder("a.yaml", "b");
    assertThat(fetched()).as("a commit, a tree and two files").isEqualTo(4);
  }

  @Test
  void whatIsNewIsComparedWithWhatWasThere() throws IOException {
    commit(1);
    GitSource source = source();
    FetchedTree before = latest(source);
    commit(2);
    commit(3);
    FetchedTree after = latest(source);
    assertThat(((TreeChanges.Known) after.tree().changesSince(before.tree().id(), CALL)).changes())
        .extracting(TreeChange::path)
        .containsExactly("a.yaml");
    assertThat(fetched()).as("and a commit, a tree and a file").isEqualTo(4 + 3);
  }

  @Test
  void aRevisionOfThePastIsFetchedByItself() throws IOException {
    Revision past = new Revision("refs/heads/main", commit(1));
    commit(2);
    commit(3);
    GitSource source = source();
    latest(source);
    FetchedTree back = source.fetch(past, CALL);
    assertThat(back.tree().find("a.yaml", CALL)).isPresent();
    assertThat(fetched()).isEqualTo(4 + 3);
    assertThat(latest(source).revision().id()).isNotEqualTo(past.id());
  }

  @Test
  void nobodyCanTellWhatDescendsFromWhat() {
    Revision older = new Revision("refs/heads/main", commit(1));
    Revision newer = new Revision("refs/heads/main", commit(2));
    GitSource source = source();
    latest(source);
    assertThat(source.order().relation(older, newer, CALL)).isEqualTo(Relation.UNORDERED);
    assertThat(source.order().relation(newer, newer, CALL)).isEqualTo(Relation.SAME);
  }

  @Test
  void aSourceWithAllHistoryBesideItHasAll() throws IOException {
    Revision older = new Revision("refs/heads/main", commit(1));
    commit(2);
    latest(source());
    GitSource whole = cache.source(url).build();
    Revision newer = whole.latest(CALL);
    whole.fetch(newer, CALL);
    assertThat(whole.order().relation(newer, older, CALL)).isEqualTo(Relation.AHEAD);
  }

  @Test
  void manyFetchesArePackedAndALaterProcessGoesOn() throws IOException {
    GitSource source = source();
    for (int i = 0; i <= PackMaintenance.MOST_PACKS + 1; i++) {
      commit(i);
      latest(source);
    }
    assertThat(packs()).isLessThan(PackMaintenance.MOST_PACKS);
    cache.close();
    cache = cache();
    String last = commit(1_000);
    assertThat(latest(source()).revision().id()).isEqualTo(last);
  }

  private int packs() throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve("cache"))) {
      return (int) all.filter(path -> path.toString().endsWith(".pack")).count();
    }
  }

  @Test
  void aCacheThatForgotWhereItEndsIsFetchedAnew() throws IOException {
    commit(1);
    commit(2);
    latest(source());
    cache.close();
    try (Stream<Path> all = Files.walk(temp.resolve("cache"))) {
      List<Path> ends = all.filter(path -> path.endsWith("shallow")).toList();
      assertThat(ends).hasSize(1);
      Files.delete(ends.get(0));
    }
    cache = cache();
    String last = commit(3);
    assertThat(latest(source()).revision().id()).isEqualTo(last);
  }

  @Test
  void aWriterNeedsAllHistory() {
    assertThatThrownBy(() -> GitWriter.builder(source(), SOMEBODY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(url + ": a writer needs all history");
  }
}
