package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder.Relation;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChange;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.testkit.git.EntryMode;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.ObjectKind;
import io.github.gitops4j.testkit.git.Person;
import io.github.gitops4j.testkit.git.RawPath;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {
  private static final CallContext CALL = CallContext.unbounded();

  @TempDir Path temp;
  private TestRepository repository;
  private GitCache cache;

  @BeforeEach
  void open() {
    JGitIsolation isolation = JGitIsolation.install();
    repository = TestRepository.create(temp.resolve("origin.git"));
    cache = GitCache.builder(temp.resolve("cache"), isolation).allowFile().allowHttp().build();
  }

  @AfterEach
  void close() {
    cache.close();
    repository.close();
  }

  private GitSource.Builder source() {
    return cache.source(GitUrl.parse(repository.uri().toString()));
  }

  private static List<String> paths(FetchedTree fetched) {
    List<String> paths = new ArrayList<>();
    fetched.tree().forEach(entry -> paths.add(entry.path()), CALL);
    return paths;
  }

  @Test
  void readsPathsModesAndBytes() throws IOException {
    String commit =
        repository
            .commit()
            .put("a.yaml", "a: 1\n")
            .put("bin/run", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), EntryMode.EXECUTABLE)
            .symlink("link", "a.yaml")
            .create();
    GitSource source = source().build();
    Revision latest = source.latest(CALL);
    assertThat(latest).isEqualTo(new Revision("refs/heads/main", commit));

    FetchedTree fetched = source.fetch(latest, CALL);
    assertThat(paths(fetched)).containsExactly("a.yaml", "bin/run", "link");
    TreeEntry run = fetched.tree().find("bin/run", CALL).orElseThrow();
    assertThat(run.mode()).isEqualTo(FileMode.EXECUTABLE);
    assertThat(fetched.tree().size(run)).isEqualTo(10);
    try (InputStream in = fetched.tree().open(run)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("#!/bin/sh\n");
    }
    assertThat(fetched.tree().find("nothing", CALL)).isEmpty();
    assertThat(fetched.tree().names("bin", CALL)).containsExactly("run");
    assertThat(fetched.provenance().author()).contains("@");
  }

  @Test
  void namesThatAreNotUtf8AreToldApartAndFound() throws IOException {
    repository.commit().put("a", "1").create();
    GitSource source = source().build();
    SourceTree before = source.fetch(source.latest(CALL), CALL).tree();
    repository
        .commit()
        .putRaw(RawPath.ofBytes(latin("d\u00e9"), latin("caf\u00e9")), "acute")
        .putRaw(RawPath.ofBytes(latin("d\u00e9"), latin("caf\u00e8")), "grave")
        .put("d\u00e9/caf\u00e9", "utf-8")
        .create();
    FetchedTree fetched = source.fetch(source.latest(CALL), CALL);
    SourceTree tree = fetched.tree();

    List<String> bad = List.of("d\ufffde9/caf\ufffde8", "d\ufffde9/caf\ufffde9");
    assertThat(paths(fetched))
        .containsExactlyInAnyOrder("a", "d\u00e9/caf\u00e9", bad.get(0), bad.get(1));
    assertThat(tree.names("d\ufffde9", CALL))
        .containsExactlyInAnyOrder("caf\ufffde8", "caf\ufffde9");
    assertThat(tree.names("a\ufffd", CALL)).isEmpty();
    TreeEntry grave = tree.find(bad.get(0), CALL).orElseThrow();
    try (InputStream in = tree.open(grave)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("grave");
    }
    TreeChanges.Known known = (TreeChanges.Known) tree.changesSince(before.id(), CALL);
    assertThat(known.changes()).extracting(TreeChange::path).containsAll(bad).hasSize(3);
  }

  private static byte[] latin(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whoWroteACommitAndWhoBroughtItInAreToldApart() {
    repository
        .commit()
        .author(new Person("Ada", "ada@example.com"))
        .committer(new Person("Forge", "forge@example.com"))
        .put("a", "1")
        .create();
    GitSource source = source().build();
    Provenance provenance = source.fetch(source.latest(CALL), CALL).provenance();
    assertThat(provenance.author()).isEqualTo("Ada <ada@example.com>");
    assertThat(provenance.committer()).isEqualTo("Forge <forge@example.com>");
  }

  @Test
  void aPathIsATreeOfItsOwnThatOtherCommitsLeaveAlone() {
    repository.commit().put("envs/prod/a", "1").put("docs/x", "1").create();
    GitSource source = source().path("envs/prod").build();
    FetchedTree first = source.fetch(source.latest(CALL), CALL);
    repository.commit().put("docs/x", "2").create();
    FetchedTree second = source.fetch(source.latest(CALL), CALL);
    assertThat(second.revision()).isNotEqualTo(first.revision());
    assertThat(second.tree().id()).isEqualTo(first.tree().id());
    assertThat(paths(second)).containsExactly("a");
  }

  @Test
  void globsSelectPathsAndArePartOfTheId() {
    repository.commit().put("a.yaml", "1").put("b.txt", "1").put("x/c.yaml", "1").create();
    GitSource all = source().build();
    GitSource some = source().include("**/*.yaml").exclude("x/**").build();
    Revision latest = all.latest(CALL);
    assertThat(paths(some.fetch(latest, CALL))).containsExactly("a.yaml");
    assertThat(some.fetch(latest, CALL).tree().id())
        .isNotEqualTo(all.fetch(latest, CALL).tree().id());
  }

  @Test
  void saysWhatChanged() {
    repository.commit().put("a", "1").put("b/c", "1").put("b/d", "1").create();
    GitSource source = source().build();
    FetchedTree first = source.fetch(source.latest(CALL), CALL);
    repository.commit().put("a", "2").remove("b/d").put("e", "1").create();
    FetchedTree second = source.fetch(source.latest(CALL), CALL);
    TreeChanges changes = second.tree().changesSince(first.tree().id(), CALL);
    assertThat(changes)
        .isInstanceOfSatisfying(
            TreeChanges.Known.class,
            known ->
                assertThat(known.changes())
                    .extracting(
                        change ->
                            change.path()
                                + change.before().isPresent()
                                + change.after().isPresent())
                    .containsExactly("atruetrue", "b/dtruefalse", "efalsetrue"));
    assertThat(second.tree().changesSince("0".repeat(40), CALL))
        .isInstanceOf(TreeChanges.Unknown.class);
    assertThat(second.tree().changesSince("other", CALL)).isInstanceOf(TreeChanges.Unknown.class);
  }

  @Test
  void followsTagsAndPeelsThem() {
    String commit = repository.commit().put("a", "1").create();
    repository.refs().annotatedTag("v1", commit, ObjectKind.COMMIT, "release\n");
    GitSource tag = source().ref(GitRef.tag("v1")).build();
    assertThat(tag.latest(CALL)).isEqualTo(new Revision("refs/tags/v1", commit));
    assertThat(paths(tag.fetch(tag.latest(CALL), CALL))).containsExactly("a");
    GitSource fixed = source().ref(GitRef.commit(commit)).build();
    assertThat(paths(fixed.fetch(fixed.latest(CALL), CALL))).containsExactly("a");
  }

  @Test
  void aShortNameOfABranchAndATagIsAnError() {
    String commit = repository.commit().put("a", "1").create();
    repository.refs().tag("main", commit);
    assertThatThrownBy(() -> source().ref(GitRef.parse("main")).build().latest(CALL))
        .hasMessageContaining("full name");
    assertThat(source().ref(GitRef.parse("refs/heads/main")).build().latest(CALL).id())
        .isEqualTo(commit);
  }

  @Test
  void knowsHowRevisionsRelate() {
    String one = repository.commit().put("a", "1").create();
    GitSource source = source().build();
    Revision first = source.latest(CALL);
    source.fetch(first, CALL);
    repository.commit().put("a", "2").create();
    Revision second = source.latest(CALL);
    source.fetch(second, CALL);
    assertThat(source.order().relation(second, first, CALL)).isEqualTo(Relation.AHEAD);
    assertThat(source.order().relation(first, second, CALL)).isEqualTo(Relation.BEHIND);
    assertThat(source.order().relation(first, first, CALL)).isEqualTo(Relation.SAME);
    repository.refs().branch("main", one);
    repository.commit().put("b", "3").create();
    Revision third = source.latest(CALL);
    source.fetch(third, CALL);
    assertThat(source.order().relation(third, second, CALL)).isEqualTo(Relation.DIVERGED);
  }

  @Test
  void aNewCacheKnowsThatTheOldHistoryIsGone() {
    String one = repository.commit().put("a", "1").create();
    String two = repository.commit().put("a", "2").create();
    repository.refs().branch("main", one);
    repository.commit().put("a", "3").create();
    GitSource source = source().build();
    Revision latest = source.latest(CALL);
    source.fetch(latest, CALL);
    Revision gone = new Revision("refs/heads/main", two);
    assertThat(source.order().relation(latest, gone, CALL)).isEqualTo(Relation.DIVERGED);
  }

  @Test
  void severalSourcesOfOneRepositoryCostOneFetch() {
    repository.commit().put("a/x", "1").put("b/y", "1").create();
    try (GitHttpServer server = GitHttpServer.builder().start()) {
      GitUrl url = GitUrl.parse(server.serve("shop", repository).toString());
      GitSource a = cache.source(url).path("a").build();
      GitSource b = cache.source(url).path("b").build();
      Revision latest = a.latest(CALL);
      a.fetch(latest, CALL);
      b.fetch(latest, CALL);
      b.fetch(latest, CALL);
      assertThat(server.requests().count(RequestKind.FETCH)).isEqualTo(1);
    }
  }

  @Test
  void hostileNamesAreGivenAsTheyAre() {
    repository
        .commit()
        .putRaw(RawPath.of("..", "escaped"), "out")
        .putRaw(RawPath.of(".GIT", "config"), "[core]")
        .put("fine", "1")
        .create();
    GitSource source = source().build();
    assertThat(paths(source.fetch(source.latest(CALL), CALL)))
        .containsExactlyInAnyOrder("../escaped", ".GIT/config", "fine");
  }

  @Test
  void longNamesAndThoseWithControlCharactersAreGivenAsTheyAre() {
    String longest = "n".repeat(255);
    repository
        .commit()
        .putRaw(RawPath.of("line\nbreak"), "1")
        .putRaw(RawPath.of("bell\u0007"), "2")
        .putRaw(RawPath.of(longest, longest), "3")
        .create();
    GitSource source = source().build();
    assertThat(paths(source.fetch(source.latest(CALL), CALL)))
        .containsExactlyInAnyOrder("line\nbreak", "bell\u0007", longest + "/" + longest);
  }

  @Test
  void aFileThatIsAlsoADirectoryIsGivenAsBoth() {
    repository
        .commit()
        .putRaw(RawPath.of("a"), "file")
        .putRaw(RawPath.of("a", "b"), "below")
        .create();
    GitSource source = source().build();
    assertThat(paths(source.fetch(source.latest(CALL), CALL)))
        .containsExactlyInAnyOrder("a", "a/b");
  }

  @Test
  void aSubmoduleIsItsCommitAndAnLfsPointerItsText() throws IOException {
    String pinned = "1".repeat(40);
    repository
        .commit()
        .submodule("sub", pinned)
        .put(".gitmodules", "[submodule \"sub\"]\n\tpath = sub\n\turl = ext::sh -c id\n")
        .lfsPointer("big.bin", "0".repeat(64), 1L << 40)
        .create();
    GitSource source = source().build();
    SourceTree tree = source.fetch(source.latest(CALL), CALL).tree();
    assertThat(tree.find("sub", CALL)).contains(new TreeEntry("sub", FileMode.SUBMODULE, pinned));
    TreeEntry pointer = tree.find("big.bin", CALL).orElseThrow();
    try (InputStream in = tree.open(pointer)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("version https://git-lfs.github.com/spec/v1");
    }
  }

  @Test
  void aDamagedCacheIsFetchedAgain() throws IOException {
    repository.commit().putMany("apps", 50, n -> "n: " + n).create();
    GitSource source = source().build();
    Revision latest = source.latest(CALL);
    source.fetch(latest, CALL);
    cache.close();
    Damage.truncatePacks(temp.resolve("cache"));
    GitCache reopened =
        GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowFile().build();
    try (reopened) {
      GitSource again = reopened.source(GitUrl.parse(repository.uri().toString())).build();
      FetchedTree fetched = again.fetch(latest, CALL);
      assertThat(paths(fetched)).hasSize(50);
    }
  }
}
