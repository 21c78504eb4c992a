package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan is done as it was made, or nothing of it. */
class SavedPlanTest {
  @TempDir Path temp;
  private final CallContext call = CallContext.unbounded();
  private Path declared;
  private Path live;

  @BeforeEach
  void declareTwoFiles() throws IOException {
    declared = Files.createDirectory(temp.resolve("declared"));
    live = Files.createDirectory(temp.resolve("live"));
    Files.writeString(declared.resolve("a"), "1");
    Files.writeString(declared.resolve("b"), "1");
  }

  private Reconciler reconciler() {
    return Reconciler.builder(DirectorySource.at(declared), FilesystemTarget.at(live)).build();
  }

  private void isRefused(ReconcileReport report) {
    assertThat(report.result()).isInstanceOf(PassResult.Refused.class);
    assertThat(report.decisions())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.gate()).isEqualTo("stale-plan");
              assertThat(decision.verdict().reason())
                  .contains("its revision is gone", declared.toString());
            });
    assertThat(live.resolve("a")).doesNotExist();
    assertThat(live.resolve("b")).doesNotExist();
  }

  @Test
  void nothingIsDoneWhenTheDirectoryMovedMeanwhile() throws IOException {
    Reconciler reconciler = reconciler();
    Plan plan = reconciler.plan(call);
    Files.writeString(declared.resolve("a"), "22");

    isRefused(reconciler.apply(plan, call));
  }

  @Test
  void nothingIsDoneAlsoByOneThatKnowsTheRevision() throws IOException {
    Reconciler reconciler = reconciler();
    reconciler.reconcile(call);
    Files.delete(live.resolve("a"));
    Files.delete(live.resolve("b"));
    Plan plan = reconciler.plan(call);
    Files.writeString(declared.resolve("a"), "22");

    isRefused(reconciler.apply(plan, call));
  }

  @Test
  void neitherByAnotherReconciler() throws IOException {
    Plan plan = reconciler().plan(call);
    Files.writeString(declared.resolve("a"), "2");

    isRefused(reconciler().apply(plan, call));
  }

  @Test
  void itIsDoneWhenNothingMoved() {
    Reconciler reconciler = reconciler();

    assertThat(reconciler.apply(reconciler.plan(call), call).converged()).isTrue();
    assertThat(live.resolve("a")).hasContent("1");
  }
}
