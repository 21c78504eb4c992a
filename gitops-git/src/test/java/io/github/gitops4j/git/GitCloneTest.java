package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone on this machine, of which nothing but its objects counts. */
class GitCloneTest {
  private static final CallContext CALL = CallContext.unbounded();

  @TempDir Path directory;

  private GitClone open(Path at) {
    return GitClone.open(at, JGitIsolation.install());
  }

  private static List<String> paths(SourceTree tree) {
    List<String> paths = new ArrayList<>();
    tree.forEach(entry -> paths.add(entry.path()), CALL);
    return paths;
  }

  private static String text(SourceTree tree, String path) throws IOException {
    TreeEntry entry = tree.find(path, CALL).orElseThrow();
    try (InputStream in = tree.open(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void givesTheFilesOfADirectoryAtARevision() throws IOException {
    try (TestRepository repository = TestRepository.create(directory.resolve("r.git"));
        GitClone clone = open(directory.resolve("r.git"))) {
      String first =
          repository.commit().put("envs/prod/a.yaml", "a: 1").put("other.txt", "no").create();
      String second = repository.commit().put("envs/prod/b.yaml", "b: 1").create();
      Revision head = clone.resolve("main");
      assertThat(head.id()).isEqualTo(second);
      assertThat(clone.resolve("main^1").id()).isEqualTo(first);
      assertThat(clone.resolve(first.substring(0, 12)).id()).isEqualTo(first);

      TreeSource source = clone.source("main", "envs/prod", List.of(), List.of());
      assertThat(clone.has(source)).isTrue();
      assertThat(source.latest(CALL)).isEqualTo(head);
      SourceTree older = source.fetch(Revision.ofId(first), CALL).tree();
      SourceTree newer = source.fetch(head, CALL).tree();
      assertThat(paths(newer)).containsExactly("a.yaml", "b.yaml");
      assertThat(text(newer, "b.yaml")).isEqualTo("b: 1");
      assertThat(newer.names("", CALL)).containsExactlyInAnyOrder("a.yaml", "b.yaml");
      assertThat(newer.size(newer.find("b.yaml", CALL).orElseThrow())).isEqualTo(4);
      assertThat(newer.changesSince(older.id(), CALL))
          .isInstanceOfSatisfying(
              TreeChanges.Known.class,
              known -> assertThat(known.changes()).extracting("path").containsExactly("b.yaml"));
      assertThat(
              paths(
                  clone
                      .source("main", "envs/prod", List.of(), List.of("a.*"))
                      .fetch(head, CALL)
                      .tree()))
          .containsExactly("b.yaml");
    }
  }

  @Test
  void aDirectoryThatIsNotThereYetIsEmptyForAPreviewOnly() {
    try (TestRepository repository = TestRepository.create(directory.resolve("r.git"));
        GitClone clone = open(directory.resolve("r.git"))) {
      String first = repository.commit().put("a", "1").create();
      TreeSource source = clone.sourceOfChange("main", "envs/new", List.of(), List.of());
      SourceTree tree = source.fetch(Revision.ofId(first), CALL).tree();
      assertThat(paths(tree)).isEmpty();
      assertThat(tree.names("", CALL)).isEmpty();
      assertThat(tree.find("a", CALL)).isEmpty();
      assertThat(tree.changesSince(tree.id(), CALL)).isEqualTo(new TreeChanges.Known(List.of()));
      TreeSource strict = clone.source("main", "envs/new", List.of(), List.of());
      assertThatThrownBy(() -> strict.fetch(Revision.ofId(first), CALL))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("has no directory envs/new");
    }
  }

  @Test
  void refsThatArePackedMeanwhileAreReadAnew() throws Exception {
    try (TestRepository repository = TestRepository.create(directory.resolve("r.git"));
        GitClone clone = open(directory.resolve("r.git"));
        Git git = Git.open(directory.resolve("r.git").toFile())) {
      for (int i = 0; i < 2; i++) {
        String commit = repository.commit().put("a", "" + i).create();
        git.packRefs().setAll(true).call();
        assertThat(directory.resolve("r.git/refs/heads/main")).doesNotExist();
        assertThat(clone.resolve("main").id()).isEqualTo(commit);
      }
    }
  }

  @Test
  void knowsWhereTwoBranchesHaveParted() {
    try (TestRepository repository = TestRepository.create(directory.resolve("r.git"));
        GitClone clone = open(directory.resolve("r.git"))) {
      String base = repository.commit().put("a", "1").create();
      repository.refs().branch("change", base);
      repository.commit("change").put("a", "2").create();
      repository.commit().put("b", "1").create();
      assertThat(clone.mergeBase(clone.resolve("main"), clone.resolve("change")).id())
          .isEqualTo(base);
      repository.commit("alien").unrelated().put("a", "3").create();
      assertThatThrownBy(() -> clone.mergeBase(clone.resolve("main"), clone.resolve("alien")))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("no common history");
    }
  }

  @Test
  void whatIsNotThereIsSaidAndWhatToDoInAShallowClone() throws IOException {
    try (TestRepository repository = TestRepository.create(directory.resolve("r.git"));
        GitClone clone = open(directory.resolve("r.git"))) {
      String first = repository.commit().put("a", "1").create();
      for (String name : List.of("nothing", "f".repeat(40), "main~7", "a b", "-x", "main:a", "")) {
        assertThatThrownBy(() -> clone.resolve(name))
            .as(name)
            .isInstanceOfSatisfying(
                SourceException.class,
                e -> assertThat(e.failure().category()).isEqualTo(FailureCategory.NOT_FOUND))
            .hasMessageContaining("there is no commit " + name);
      }
      Files.writeString(directory.resolve("r.git/shallow"), first + "\n");
      assertThatThrownBy(() -> clone.resolve("f".repeat(40)))
          .hasMessageContaining("fetch-depth: 0");
    }
    assertThatThrownBy(() -> open(directory.resolve("nowhere")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("in no Git repository");
  }

  @Test
  void isFoundFromWithinItsWorkTreeAndKnowsItsRemotes() throws Exception {
    Path work = directory.resolve("work");
    try (TestRepository origin = TestRepository.create(directory.resolve("r.git"))) {
      origin.commit().put("sub/a", "1").create();
      Git.cloneRepository()
          .setURI(origin.uri().toString())
          .setDirectory(work.toFile())
          .call()
          .close();
      try (GitClone clone = open(work.resolve("sub"))) {
        assertThat(clone.workTree().orElseThrow().toRealPath()).isEqualTo(work.toRealPath());
        assertThat(clone.directory().toRealPath()).isEqualTo(work.resolve(".git").toRealPath());
        assertThat(clone.remotes()).containsExactly(origin.uri().toString());
        assertThat(clone.resolve("origin/main")).isEqualTo(clone.resolve("HEAD"));
      }
    }
  }

  private static void configure(Path repository, String text) throws IOException {
    Files.writeString(repository.resolve("config"), text, StandardOpenOption.APPEND);
  }

  @Test
  void nothingOfItsConfigurationIsBelieved() throws IOException {
    Path place = directory.resolve("work/.git");
    Path bait = directory.resolve("bait");
    try (TestRepository repository = TestRepository.create(place)) {
      String commit = repository.commit().put("a", "1").create();
      Files.writeString(directory.resolve("more"), "[remote \"x\"]\n\turl = https://evil/x\n");
      configure(
          place,
          """
          [include]
          \tpath = %s
          [core]
          \tworktree = /nowhere
          \tfsmonitor = touch %s
          [extensions]
          \tpartialClone = origin
          """
              .formatted(directory.resolve("more"), bait));
      try (GitClone clone = open(directory.resolve("work"))) {
        assertThat(clone.workTree()).contains(directory.resolve("work").toRealPath());
        assertThat(clone.resolve("HEAD").id()).isEqualTo(commit);
        assertThat(clone.remotes()).isEmpty();
        assertThatThrownBy(() -> clone.resolve("HEAD@{1}")).isInstanceOf(SourceException.class);
      }
    }
    assertThat(bait).doesNotExist();
  }

  @Test
  void aWorkTreeBesideOthersHasAHeadOfItsOwn() throws IOException {
    Path place = directory.resolve("work/.git");
    try (TestRepository repository = TestRepository.create(place)) {
      String first = repository.commit().put("a", "1").create();
      String second = repository.commit().put("a", "2").create();
      Path own = Files.createDirectories(place.resolve("worktrees/side"));
      Files.writeString(own.resolve("commondir"), "../..\n");
      Files.writeString(own.resolve("HEAD"), first + "\n");
      Path side = Files.createDirectory(directory.resolve("side"));
      Files.writeString(side.resolve(".git"), "gitdir: " + own + "\n");
      try (GitClone clone = open(side)) {
        assertThat(clone.resolve("HEAD").id()).isEqualTo(first);
        assertThat(clone.resolve("main").id()).isEqualTo(second);
      }
    }
  }

  @Test
  void namesInPackedRefsAreKnownAndNoneLeadsOutOfTheRefs() throws IOException {
    Path place = directory.resolve("r.git");
    try (TestRepository repository = TestRepository.create(place)) {
      String commit = repository.commit().put("a", "1").create();
      Files.writeString(place.resolve("packed-refs"), "# packed\n" + commit + " refs/tags/v1\n");
      Files.writeString(directory.resolve("secret"), commit + "\n");
      try (GitClone clone = open(place)) {
        assertThat(clone.resolve("v1").id()).isEqualTo(commit);
        assertThatThrownBy(() -> clone.resolve("../secret")).isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> clone.resolve("refs/heads/../../../secret"))
            .isInstanceOf(SourceException.class);
      }
    }
  }

  @Test
  void whatIsBorrowedFromAnotherRepositoryIsNotFollowed() throws IOException {
    try (TestRepository repository = TestRepository.create(directory.resolve("r.git"))) {
      String commit = repository.commit().put("a", "1").create();
      Path borrower = directory.resolve("borrower.git");
      Files.createDirectories(borrower.resolve("objects/info"));
      Files.writeString(
          borrower.resolve("objects/info/alternates"), directory.resolve("r.git/objects") + "\n");
      Files.writeString(borrower.resolve("HEAD"), commit + "\n");
      Files.writeString(borrower.resolve("config"), "");
      try (GitClone clone = open(borrower)) {
        TreeSource source = clone.source(commit, "", List.of(), List.of());
        assertThatThrownBy(() -> source.fetch(Revision.ofId(commit), CALL))
            .isInstanceOf(SourceException.class)
            .hasMessageContaining("git repack");
      }
    }
  }

  @Test
  void aFormThatIsNotReadIsNamed() throws IOException {
    try (TestRepository repository = TestRepository.create(directory.resolve("r.git"))) {
      configure(repository.directory(), "[extensions]\n\trefStorage = reftable\n");
      assertThatThrownBy(() -> open(repository.directory()))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("refs in files and SHA-1");
    }
  }
}
