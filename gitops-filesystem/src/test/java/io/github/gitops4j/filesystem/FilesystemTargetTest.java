package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.gate.DeletionLimit;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanJson;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemTargetTest {
  @TempDir Path temp;
  private Scene scene;

  @BeforeEach
  void open() {
    scene = new Scene(temp);
  }

  @Test
  void makesTheDirectoryEqualToTheSource() throws IOException {
    scene.source.commit(
        "first",
        files ->
            files
                .put("a.conf", "one\n")
                .put("sub/dir/b.conf", "two\n")
                .put(
                    "run.sh", FileMode.EXECUTABLE, "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8)));

    Plan plan = scene.plan();
    assertThat(plan.counts()).isEqualTo(Map.of(ActionKind.CREATE, 3));
    assertThat(scene.files()).isEmpty();

    ReconcileReport report = scene.pass();
    assertThat(report.result()).isInstanceOf(PassResult.Done.class);
    assertThat(report.effects()).isEqualTo(Map.of(Effect.CREATED, 3));
    assertThat(scene.files())
        .isEqualTo(Map.of("a.conf", "one\n", "sub/dir/b.conf", "two\n", "run.sh", "#!/bin/sh\n"));
    assertThat(Files.isExecutable(temp.resolve("run.sh"))).isTrue();
    assertThat(Files.isExecutable(temp.resolve("a.conf"))).isFalse();
    assertThat(scene.plan().isEmpty()).isTrue();
    assertThat(scene.pass().outcomes()).isEmpty();
  }

  @Test
  void aNewProcessFindsNothingToDo() {
    scene.source.commit("first", files -> files.put("a", "1").put("b/c", "2"));
    scene.pass();
    scene.restart();
    assertThat(scene.plan().isEmpty()).isTrue();
    assertThat(scene.plan().inSync()).isEqualTo(2);
  }

  @Test
  void followsChangesAndPrunesOnlyWhatItOwns() {
    scene.source.commit("first", files -> files.put("keep", "1").put("gone/x", "2"));
    scene.pass();
    scene.write("unmanaged", "mine");
    scene.source.commit("second", files -> files.put("keep", "3").remove("gone/x"));

    ReconcileReport report = scene.pass();

    assertThat(report.effects()).isEqualTo(Map.of(Effect.UPDATED, 1, Effect.PRUNED, 1));
    assertThat(scene.files()).isEqualTo(Map.of("keep", "3", "unmanaged", "mine"));
    assertThat(temp.resolve("gone")).doesNotExist();
    assertThat(scene.quarantined()).isEmpty();
  }

  @Test
  void aDirectoryThatSomebodyElseMadeStays() throws IOException {
    Files.createDirectory(temp.resolve("theirs"));
    scene.source.commit("first", files -> files.put("theirs/x", "2").put("y", "1"));
    scene.pass();
    scene.source.commit("second", files -> files.remove("theirs/x"));
    scene.pass();
    assertThat(temp.resolve("theirs")).isEmptyDirectory();
  }

  @Test
  void correctsDriftAndKeepsTheEdit() {
    scene.source.commit("first", files -> files.put("a", "declared"));
    scene.pass();
    scene.write("a", "edited by hand");

    ReconcileReport report = scene.pass();

    assertThat(report.effects()).isEqualTo(Map.of(Effect.UPDATED, 1));
    assertThat(scene.files()).isEqualTo(Map.of("a", "declared"));
    assertThat(scene.quarantined()).containsExactly("a");
  }

  @Test
  void restoresWhatIsInQuarantineWithoutOverwriting() throws IOException {
    scene.source.commit("first", files -> files.put("a", "declared"));
    scene.pass();
    scene.write("a", "edited by hand");
    scene.pass();
    Quarantine.Entry entry = scene.target.quarantine().list().get(0);

    scene.target.quarantine().restore(entry, "a.edited");

    assertThat(scene.files()).isEqualTo(Map.of("a", "declared", "a.edited", "edited by hand"));
    assertThat(scene.quarantined()).isEmpty();
  }

  @Test
  void createsAgainWhatSomebodyDeleted() throws IOException {
    scene.source.commit("first", files -> files.put("a", "1").put("b", "2"));
    scene.pass();
    Files.delete(temp.resolve("a"));
    assertThat(scene.pass().effects()).isEqualTo(Map.of(Effect.CREATED, 1));
    assertThat(scene.files()).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void quarantinesAnEditedFileThatIsNoLongerDeclared() {
    scene.source.commit("first", files -> files.put("a", "1").put("b", "2"));
    scene.pass();
    scene.write("a", "edited");
    scene.source.commit("second", files -> files.remove("a"));
    assertThat(scene.pass().effects()).isEqualTo(Map.of(Effect.QUARANTINED, 1));
    assertThat(scene.files()).isEqualTo(Map.of("b", "2"));
    assertThat(scene.quarantined()).containsExactly("a");
  }

  @Test
  void rollsBackAndStaysThereUntilTheSourceMoves() {
    Revision first = scene.source.commit("first", files -> files.put("a", "1"));
    scene.pass();
    scene.source.commit("second", files -> files.put("a", "2"));
    scene.pass();

    scene.reconciler.rollback(first, "tester", CallContext.unbounded());
    assertThat(scene.files()).isEqualTo(Map.of("a", "1"));
    scene.restart();
    assertThat(scene.pass().outcomes()).isEmpty();
    assertThat(scene.files()).isEqualTo(Map.of("a", "1"));

    scene.source.commit("third", files -> files.put("a", "3"));
    scene.pass();
    assertThat(scene.files()).isEqualTo(Map.of("a", "3"));
  }

  @Test
  void appliesASavedPlanOnlyIfNothingMoved() {
    scene.source.commit("first", files -> files.put("a", "1").put("b", "1"));
    Plan saved = PlanJson.read("plan.json", PlanJson.write(scene.plan()));
    scene.write("a", "in the way");
    assertThat(scene.reconciler.apply(saved, CallContext.unbounded()).result())
        .isInstanceOf(PassResult.Refused.class);
    assertThat(scene.files()).isEqualTo(Map.of("a", "in the way"));

    Plan again = scene.plan();
    assertThat(scene.reconciler.apply(again, CallContext.unbounded()).effects())
        .isEqualTo(Map.of(Effect.CREATED, 1));
  }

  @Test
  void recordsWhatItDid() {
    scene.source.commit("first", files -> files.put("a", "1"));
    scene.pass();
    scene.restart();
    assertThat(scene.target.history().state(CallContext.unbounded()).lastEnded())
        .hasValueSatisfying(
            ended -> {
              assertThat(ended.result()).isEqualTo(OperationResult.SUCCEEDED);
              assertThat(ended.effects()).isEqualTo(Map.of(Effect.CREATED, 1));
            });
  }

  @Nested
  class Guards {
    @Test
    void anUnmanagedFileInTheWayIsHeldAndTheOthersGoOn() {
      scene.write("a", "mine");
      scene.source.commit("first", files -> files.put("a", "theirs").put("b", "2"));
      ReconcileReport report = scene.pass();
      assertThat(report.plan().orElseThrow().holds())
          .extracting(PlannedAction.Hold::reason)
          .containsExactly(HoldReason.UNMANAGED_IN_THE_WAY);
      assertThat(scene.files()).isEqualTo(Map.of("a", "mine", "b", "2"));
    }

    @Test
    void anEqualUnmanagedFileIsAdopted() {
      scene.write("a", "same");
      scene.source.commit("first", files -> files.put("a", "same"));
      assertThat(scene.pass().effects()).isEqualTo(Map.of(Effect.ADOPTED, 1));
      assertThat(scene.plan().isEmpty()).isTrue();
    }

    @Test
    void anUnmanagedFileIsTakenOverIfThePolicySaysSo() {
      scene.policy = PlanPolicy.builder().ownership(OwnershipPolicy.ADOPT_UNOWNED).build();
      scene.restart();
      scene.write("a", "mine");
      scene.source.commit("first", files -> files.put("a", "theirs"));
      scene.pass();
      assertThat(scene.files()).isEqualTo(Map.of("a", "theirs"));
      assertThat(scene.quarantined()).containsExactly("a");
    }

    @Test
    void aDirectoryWhereAFileMustBeIsHeld() {
      scene.write("a/inside", "mine");
      scene.source.commit("first", files -> files.put("a", "file").put("b", "2"));
      assertThat(scene.pass().plan().orElseThrow().holds()).hasSize(1);
      assertThat(scene.files()).isEqualTo(Map.of("a/inside", "mine", "b", "2"));
    }

    @Test
    void aFileBecomesADirectoryAndBack() {
      scene.source.commit("first", files -> files.put("a", "file"));
      scene.pass();
      scene.source.commit("second", files -> files.remove("a").put("a/b/c", "deep"));
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(scene.files()).isEqualTo(Map.of("a/b/c", "deep"));
      scene.source.commit("third", files -> files.remove("a/b/c").put("a", "file"));
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(scene.files()).isEqualTo(Map.of("a", "file"));
    }

    @Test
    void nothingIsPrunedWhenNothingIsDeclared() {
      scene.source.commit("first", files -> files.put("a", "1").put("b", "2"));
      scene.pass();
      scene.source.commit("second", files -> files.clear());
      ReconcileReport report = scene.pass();
      assertThat(report.plan().orElseThrow().holds())
          .extracting(PlannedAction.Hold::reason)
          .containsOnly(HoldReason.EMPTY_DESIRED);
      assertThat(scene.files()).hasSize(2);
    }

    @Test
    void manyRemovalsNeedAnApproval() {
      scene.gates = List.of(DeletionLimit.of(1));
      scene.restart();
      scene.source.commit("first", files -> files.put("a", "1").put("b", "2").put("c", "3"));
      scene.pass();
      scene.source.commit("second", files -> files.remove("a").remove("b"));
      ReconcileReport refused = scene.pass();
      assertThat(refused.result()).isInstanceOf(PassResult.Refused.class);
      assertThat(scene.files()).hasSize(3);

      scene.reconciler.approve(
          refused.plan().orElseThrow().digest(), "tester", CallContext.unbounded());
      assertThat(scene.pass().effects()).isEqualTo(Map.of(Effect.PRUNED, 2));
    }

    @Test
    void aRewoundBranchIsRefused() {
      Revision first = scene.source.commit("first", files -> files.put("a", "1"));
      scene.source.commit("second", files -> files.put("a", "2"));
      scene.pass();
      scene.source.rewind(first);
      assertThat(scene.pass().result())
          .isInstanceOfSatisfying(
              PassResult.Failed.class,
              failed ->
                  assertThat(failed.failure().category()).isEqualTo(FailureCategory.CONFLICT));
      assertThat(scene.files()).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void aRootThatVanishedIsNotFilledAgain() throws IOException {
      Path root = Files.createDirectory(temp.resolve("mount"));
      Scene mounted = new Scene(root);
      mounted.source.commit("first", files -> files.put("a", "1"));
      mounted.pass();
      Files.move(root, temp.resolve("elsewhere"));
      Files.createDirectory(root);
      mounted.source.commit("second", files -> files.put("a", "2"));
      assertThat(mounted.pass().result()).isInstanceOf(PassResult.Failed.class);
      assertThat(root).isEmptyDirectory();
    }

    @Test
    void aLinkOnTheWayIsNotFollowed() throws IOException {
      Path outside = Files.createDirectory(temp.resolve("outside"));
      Path root = Files.createDirectory(temp.resolve("root"));
      Files.createSymbolicLink(root.resolve("sub"), outside);
      Scene linked = new Scene(root);
      linked.source.commit("first", files -> files.put("sub/x", "1").put("y", "2"));
      ReconcileReport report = linked.pass();
      assertThat(report.failures()).hasSize(1);
      assertThat(outside).isEmptyDirectory();
      assertThat(root.resolve("y")).exists();
    }
  }
}
