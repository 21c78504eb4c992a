package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.EntryMode;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitWriterTest {
  private static final Instant TIME = Instant.parse("2026-06-01T12:00:00Z");
  private static final GitIdentity DEPLOYER = GitIdentity.of("Deployer", "deploy@example.com");
  private static final String OTHER = "1".repeat(40);

  @TempDir Path temp;
  private ServedRepository served;
  private TestRepository repository;
  private GitSource source;
  private GitWriter writer;

  @BeforeEach
  void open() {
    served = ServedRepository.writable(temp);
    repository = served.repository();
    source = served.source().build();
    writer = writer(source);
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static GitWriter writer(GitSource source) {
    return GitWriter.builder(source, DEPLOYER).clock(InstantSource.fixed(TIME)).build();
  }

  private static CallContext call() {
    return CallContext.withTimeout(Duration.ofMinutes(1));
  }

  private static Revision main(String id) {
    return new Revision("refs/heads/main", id);
  }

  private static GitScope main(String id, String path) {
    return GitScope.of(main(id), path);
  }

  private String tip() {
    return repository.refs().find("refs/heads/main").orElseThrow();
  }

  private CommitView view(String id) {
    return CommitView.of(repository, id);
  }

  /** Writes, and expects a commit that is the tip; returns it. */
  private CommitView commit(GitChange change, String message) {
    GitWriteOutcome outcome = writer.write(change, message, call());
    assertThat(outcome).isEqualTo(new GitWriteOutcome.Committed(main(tip())));
    return view(tip());
  }

  private GitWriteException refused(GitChange change, FailureCategory category) {
    String before = tip();
    GitWriteException e =
        catchThrowableOfType(
            GitWriteException.class, () -> writer.write(change, "Change it", call()));
    assertThat(e.category()).isEqualTo(category);
    assertThat(tip()).isEqualTo(before);
    return e;
  }

  @Nested
  class Rollback {
    private String good;
    private String bad;

    @BeforeEach
    void breakIt() {
      good =
          repository
              .commit()
              .put("prod/a", "1")
              .put("prod/run", "x".getBytes(UTF_8), EntryMode.EXECUTABLE)
              .put("other", "1")
              .create();
      bad = repository.commit().put("prod/a", "2").put("prod/new", "1").remove("prod/run").create();
    }

    @Test
    void makesTheDirectoryWhatItWasAndTouchesNothingElse() {
      String last = repository.commit().put("other", "2").create();
      CommitView commit =
          commit(GitChange.rollback(main(bad, "prod"), main(good)), "Roll back prod");
      assertThat(commit.below("prod")).isEqualTo(view(good).below("prod"));
      assertThat(commit.beside("prod")).isEqualTo(view(last).beside("prod"));
      assertThat(commit.parents()).containsExactly(last);
      assertThat(commit.message())
          .isEqualTo(
              """
              Roll back prod

              Rolled-back-to: %s
              Rolled-back-from: refs/heads/main@%s prod
              """
                  .formatted(good, bad));
      assertThat(commit.author())
          .isEqualTo("Deployer <deploy@example.com> " + TIME.getEpochSecond() + " +0000");
      assertThat(commit.committer()).isEqualTo(commit.author());
    }

    @Test
    void ofTheWholeRepositoryIsItsTree() {
      String last = repository.commit().put("other", "2").create();
      commit(GitChange.rollback(main(last, ""), Revision.ofId(good)), "Roll back");
      assertThat(repository.treeOf(tip())).isEqualTo(repository.treeOf(good));
    }

    @Test
    void isNothingToDoWhereTheDirectoryIsAsItWas() {
      GitChange change = GitChange.rollback(main(bad, "prod"), main(good));
      commit(change, "Roll back prod");
      served.server().requests().clear();
      assertThat(writer.write(change, "Roll back prod", call()))
          .isEqualTo(new GitWriteOutcome.NothingToDo(main(tip())));
      assertThat(served.server().requests().count(RequestKind.RECEIVE_PACK)).isZero();
    }

    @Test
    void isStaleWhereSomebodyChangedTheDirectorySince() {
      String fix = repository.commit().put("prod/a", "3").message("Fix it\n").create();
      repository.commit().put("other", "2").create();
      GitWriteException e =
          refused(GitChange.rollback(main(bad, "prod"), main(good)), FailureCategory.STALE);
      assertThat(e)
          .hasMessageContaining(fix)
          .hasMessageContaining("Test Author <author@example.org>")
          .hasMessageContaining("\"Fix it\"");
      assertThat(e.movedBy()).contains(main(fix));
      assertThat(e.retryable()).isFalse();
    }

    @Test
    void isStaleWhereTheBranchWasRewritten() {
      repository.refs().branch("main", good);
      String rewritten = repository.commit().put("prod/a", "2b").create();
      GitWriteException e =
          refused(GitChange.rollback(main(bad, "prod"), main(good)), FailureCategory.STALE);
      assertThat(e).hasMessageContaining("rewritten");
      assertThat(e.movedBy()).contains(main(rewritten));
    }

    @Test
    void toWhatWasNeverInTheBranchIsRefused() {
      String elsewhere = repository.commit("other").unrelated().put("prod/a", "9").create();
      Revision there = new Revision("refs/heads/other", elsewhere);
      source.fetch(there, call());
      refused(GitChange.rollback(main(bad, "prod"), there), FailureCategory.INVALID_INPUT);
    }

    @Test
    void toBeforeTheDirectoryWasThereIsRefused() {
      String last = repository.commit().put("late/a", "1").create();
      refused(GitChange.rollback(main(last, "late"), main(good)), FailureCategory.NOT_FOUND);
    }
  }

  @Nested
  class Promotion {
    private String seen;

    @BeforeEach
    void stage() {
      seen =
          repository
              .commit()
              .put("envs/staging/app.yaml", "2")
              .put("envs/staging/replicas.yaml", "1")
              .put("envs/staging/run", "x".getBytes(UTF_8), EntryMode.EXECUTABLE)
              .symlink("envs/staging/dir/link", "../app.yaml")
              .submodule("envs/staging/dir/module", OTHER)
              .lfsPointer("envs/staging/big", "ab".repeat(32), 5)
              .put("envs/prod/app.yaml", "1")
              .put("envs/prod/replicas.yaml", "9")
              .put("envs/prod/gone/a", "1")
              .put("README", "r")
              .create();
    }

    private GitChange.Promotion promotion() {
      return GitChange.promotion(main(seen, "envs/staging"), main(seen, "envs/prod"));
    }

    @Test
    void makesOneDirectoryWhatTheOtherIs() {
      CommitView commit = commit(promotion(), "Promote shop to prod");
      assertThat(commit.below("envs/prod")).isEqualTo(view(seen).below("envs/staging"));
      assertThat(commit.beside("envs/prod")).isEqualTo(view(seen).beside("envs/prod"));
      assertThat(commit.message())
          .isEqualTo(
              "Promote shop to prod\n\nPromoted-from: refs/heads/main@" + seen + " envs/staging\n");
    }

    @Test
    void keepsBackWhatBelongsToTheEnvironment() {
      CommitView commit = commit(promotion().keeping("replicas.yaml", "gone/**"), "Promote");
      assertThat(commit.below("envs/prod").keySet())
          .containsExactlyInAnyOrder(
              "app.yaml", "replicas.yaml", "run", "dir/link", "dir/module", "big", "gone/a");
      assertThat(commit.below("envs/prod").get("replicas.yaml"))
          .isEqualTo(view(seen).below("envs/prod").get("replicas.yaml"));
      assertThat(commit.below("envs/prod").get("app.yaml"))
          .isEqualTo(view(seen).below("envs/staging").get("app.yaml"));
    }

    @Test
    void ontoAPlaceThatIsNotThereMakesIt() {
      CommitView commit =
          commit(GitChange.promotion(main(seen, "envs/staging"), main(seen, "envs/new/eu")), "Add");
      assertThat(commit.below("envs/new/eu")).isEqualTo(view(seen).below("envs/staging"));
    }

    @Test
    void isOfExactlyTheRevisionThatWasAskedFor() {
      repository.commit().put("envs/staging/app.yaml", "3").create();
      CommitView commit = commit(promotion(), "Promote");
      assertThat(commit.below("envs/prod")).isEqualTo(view(seen).below("envs/staging"));
    }

    @Test
    void goesFromBranchToBranch() {
      String staging = repository.commit("staging").unrelated().put("app.yaml", "7").create();
      GitScope from = GitScope.of(new Revision("refs/heads/staging", staging), "");
      CommitView commit = commit(GitChange.promotion(from, main(seen, "envs/prod")), "Promote");
      assertThat(commit.below("envs/prod")).isEqualTo(view(staging).files());
      assertThat(commit.message()).contains("Promoted-from: refs/heads/staging@" + staging + " .");
    }

    @Test
    void isStaleWhereTheEnvironmentWasChangedSince() {
      String hotfix = repository.commit().put("envs/prod/app.yaml", "1b").create();
      assertThat(refused(promotion(), FailureCategory.STALE).movedBy()).contains(main(hotfix));
    }

    @Test
    void isNothingToDoWhereItIsThere() {
      commit(promotion(), "Promote");
      repository.commit().put("README", "r2").create();
      assertThat(writer.write(promotion(), "Promote", call()))
          .isEqualTo(new GitWriteOutcome.NothingToDo(main(tip())));
    }

    @Test
    void ofWhatIsNotThereIsRefused() {
      GitScope prod = main(seen, "envs/prod");
      refused(GitChange.promotion(main(seen, "envs/none"), prod), FailureCategory.NOT_FOUND);
      GitChange ofNoCommit = GitChange.promotion(main(OTHER, "envs/staging"), prod);
      SourceException e =
          catchThrowableOfType(
              SourceException.class, () -> writer.write(ofNoCommit, "Promote", call()));
      assertThat(e.category()).isEqualTo(FailureCategory.NOT_FOUND);
    }

    @Test
    void thatWouldPromoteNothingOrIsInTheWayIsRefused() {
      refused(promotion().keeping("**"), FailureCategory.INVALID_INPUT);
      refused(
          GitChange.promotion(main(seen, "envs/staging"), main(seen, "README")),
          FailureCategory.INVALID_INPUT);
      refused(
          GitChange.promotion(main(seen, "envs/staging"), main(seen, "README/below")),
          FailureCategory.INVALID_INPUT);
      String clash = repository.commit().put("envs/staging/gone", "a file").create();
      refused(
          GitChange.promotion(main(clash, "envs/staging"), main(clash, "envs/prod"))
              .keeping("gone/**"),
          FailureCategory.INVALID_INPUT);
    }
  }

  @Nested
  class Edit {
    private String seen;

    @BeforeEach
    void prepare() {
      seen =
          repository
              .commit()
              .put("prod/run", "1".getBytes(UTF_8), EntryMode.EXECUTABLE)
              .put("prod/image", "shop:1")
              .put("prod/old", "1")
              .symlink("prod/link", "image")
              .put("other", "1")
              .create();
    }

    private static byte[] bytes(String text) {
      return text.getBytes(UTF_8);
    }

    @Test
    void writesAndRemovesFilesAndKeepsTheirModes() {
      repository.commit().put("prod/elsewhere", "1").create();
      CommitView commit =
          commit(
              GitChange.edit(main(seen))
                  .put("prod/image", bytes("shop:2"))
                  .put("prod/run", bytes("2"))
                  .put("new/deep/file", bytes("n"))
                  .remove("prod/old")
                  .build(),
              "Use shop 2");
      assertThat(commit.files().keySet())
          .isEqualTo(
              Set.of(
                  "prod/image",
                  "prod/run",
                  "prod/link",
                  "prod/elsewhere",
                  "new/deep/file",
                  "other"));
      assertThat(commit.files().get("prod/run")).startsWith("100755 ");
      assertThat(commit.files().get("new/deep/file")).startsWith("100644 ");
      assertThat(CommitView.text(repository, String.valueOf(commit.files().get("prod/image"))))
          .isEqualTo("shop:2");
      assertThat(commit.message()).isEqualTo("Use shop 2\n");
    }

    @Test
    void isStaleOnlyWhereOneOfItsFilesWasChanged() {
      String race = repository.commit().put("prod/image", "shop:3").create();
      GitChange image = GitChange.edit(main(seen)).put("prod/image", bytes("shop:2")).build();
      assertThat(refused(image, FailureCategory.STALE).movedBy()).contains(main(race));
      commit(GitChange.edit(main(seen)).put("prod/old", bytes("2")).build(), "Change another");
    }

    @Test
    void isNothingToDoWhereTheFilesAreSo() {
      repository.commit().put("prod/image", "shop:2").remove("prod/old").create();
      GitChange change =
          GitChange.edit(main(seen)).put("prod/image", bytes("shop:2")).remove("prod/old").build();
      assertThat(writer.write(change, "Change", call()))
          .isEqualTo(new GitWriteOutcome.NothingToDo(main(tip())));
    }

    @Test
    void ofWhatIsNoFileIsRefused() {
      for (String path : List.of("prod", "prod/link", "prod/image/below")) {
        refused(
            GitChange.edit(main(seen)).put(path, bytes("x")).build(),
            FailureCategory.INVALID_INPUT);
      }
      refused(
          GitChange.edit(main(seen))
              .remove("prod/run")
              .remove("prod/image")
              .remove("prod/old")
              .remove("prod/link")
              .remove("other")
              .build(),
          FailureCategory.INVALID_INPUT);
    }

    @Test
    void ofPathsThatNobodyShouldHaveIsNotAccepted() {
      GitEdit.Builder edit = GitChange.edit(main(seen));
      for (String path :
          List.of("", "a/../b", "/a//b", ".git/config", "a/.GIT/x", "a\nb", ".g\u200cit/x")) {
        assertThatIllegalArgumentException().as(path).isThrownBy(() -> edit.put(path, bytes("x")));
      }
      assertThatIllegalArgumentException().isThrownBy(edit::build);
      edit.put("a-b", bytes("1")).put("a", bytes("1")).put("a/c", bytes("1"));
      assertThatIllegalArgumentException().isThrownBy(edit::build);
    }
  }

  @Test
  void equalOrdersGiveEqualCommits() {
    String seen = repository.commit().put("a", "1").create();
    GitChange change = GitChange.edit(main(seen)).put("a", "2".getBytes(UTF_8)).build();
    commit(change, "Change a");
    String first = tip();
    repository.refs().branch("main", seen);
    commit(change, "Change a");
    assertThat(tip()).isEqualTo(first);
  }

  @Test
  void trailersFollowThoseOfTheMessage() {
    List<String> trailers = List.of("Promoted-from: x");
    assertThat(CommitText.of("Promote\r\n\r\nApproved-by: Pat\r\n", trailers))
        .isEqualTo("Promote\n\nApproved-by: Pat\nPromoted-from: x\n");
    assertThat(CommitText.of("fix: it", trailers)).isEqualTo("fix: it\n\nPromoted-from: x\n");
    assertThat(CommitText.of("Promote\n\nBecause: a\nand so", trailers))
        .isEqualTo("Promote\n\nBecause: a\nand so\n\nPromoted-from: x\n");
    assertThatIllegalArgumentException().isThrownBy(() -> CommitText.of(" \n", trailers));
  }

  @Test
  void onlyBranchesAreWrittenTo() {
    for (Revision revision :
        List.of(new Revision("refs/tags/v1", OTHER), Revision.ofId(OTHER), main("abc"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> GitChange.edit(revision));
    }
  }

  @Test
  void anIdentityIsOneLineWithoutBrackets() {
    for (String name : List.of("", "a<b", "a\nb", " a")) {
      assertThatIllegalArgumentException().isThrownBy(() -> GitIdentity.of(name, "a@b"));
    }
  }

  @Test
  void whatIsWrittenIsWhatTheSourceFetchesNext() {
    String seen = repository.commit().put("a", "1").create();
    Revision before = source.latest(call());
    source.fetch(before, call());
    commit(GitChange.edit(main(seen)).put("a", "2".getBytes(UTF_8)).build(), "Change a");
    Revision after = source.latest(call());
    assertThat(after.id()).isEqualTo(tip());
    assertThat(source.fetch(after, call()).provenance().author())
        .isEqualTo("Deployer <deploy@example.com>");
    assertThat(Optional.of(before)).isNotEqualTo(Optional.of(after));
  }

  @Test
  void aCommitterCanBeSomebodyElse() {
    String seen = repository.commit().put("a", "1").create();
    writer =
        GitWriter.builder(source, GitIdentity.of("Pat", "pat@example.com"))
            .committer(DEPLOYER)
            .build();
    CommitView commit =
        commit(GitChange.edit(main(seen)).put("a", "2".getBytes(UTF_8)).build(), "Change a");
    assertThat(commit.author()).startsWith("Pat <pat@example.com> ");
    assertThat(commit.committer()).startsWith("Deployer <deploy@example.com> ");
  }
}
