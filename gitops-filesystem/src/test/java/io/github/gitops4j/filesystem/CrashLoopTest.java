package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One pass, struck at each of its operations in turn. */
class CrashLoopTest {
  private static final int FEWEST_OPERATIONS = 40;

  /** Every how many operations; a soak strikes at each. */
  private static final int STRIDE = Boolean.getBoolean("gitops.soak") ? 1 : 3;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(ReplaceStyle.class)
  void killedAtAnyOperationTheNextProcessFinishesAndNothingIsLost(ReplaceStyle style) {
    int operation = 0;
    boolean killed = true;
    while (killed) {
      operation += style == ReplaceStyle.ATOMIC ? 1 : STRIDE;
      Story story = Story.begin(temp.resolve(style + "-" + operation), style);
      killed = isKilled(story, new FaultyDisk().killAt(operation));
      story.nothingIsTorn();
      story.converges();
    }
    assertThat(operation).isGreaterThan(FEWEST_OPERATIONS);
  }

  private static boolean isKilled(Story story, FaultyDisk disk) {
    try {
      story.passOn(disk);
      return false;
    } catch (FaultyDisk.Killed e) {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({"No space left on device,1", "Input/output error,2", "Permission denied,3"})
  void whereAnyOperationFailsTheNextPassFinishesAndNothingIsLost(String reason, int third) {
    FaultyDisk undisturbed = new FaultyDisk();
    Story.begin(temp.resolve("undisturbed"), ReplaceStyle.ATOMIC).passOn(undisturbed);
    int operations = undisturbed.operations().size();
    // Each reason has its own third of the operations.
    int first = Math.min(third, STRIDE);
    for (int operation = first; operation <= operations; operation += STRIDE) {
      Story story = Story.begin(temp.resolve("failing-" + operation), ReplaceStyle.ATOMIC);
      story.passOn(new FaultyDisk().failAt(operation, reason));
      story.nothingIsTorn();
      story.converges();
    }
    assertThat(operations).isGreaterThan(FEWEST_OPERATIONS);
  }

  @Test
  void aDiskThatStaysFullLosesNothing() {
    for (int operation = 1; operation < FEWEST_OPERATIONS; operation += STRIDE) {
      Story story = Story.begin(temp.resolve("full-" + operation), ReplaceStyle.ATOMIC);
      FaultyDisk disk = new FaultyDisk();
      for (int after = operation; after < 10 * FEWEST_OPERATIONS; after++) {
        disk.failAt(after, "No space left on device");
      }
      ReconcileReport report = story.passOn(disk);
      assertThat(report.result()).isNotNull();
      story.nothingIsTorn();
      story.converges();
    }
  }

  @Test
  void cancelledOrClosedAtAnyOperationWholeFilesAreLeftAndNothingIsLost() {
    FaultyDisk undisturbed = new FaultyDisk();
    Story.begin(temp.resolve("undisturbed"), ReplaceStyle.ATOMIC).passOn(undisturbed);
    int operations = undisturbed.operations().size();
    int cutShort = 0;
    for (int operation = 1; operation <= operations; operation += STRIDE) {
      Story story = Story.begin(temp.resolve("closed-" + operation), ReplaceStyle.ATOMIC);
      Cancellation cancellation = new Cancellation();
      FaultyDisk disk =
          new FaultyDisk()
              .at(
                  operation,
                  () -> {
                    cancellation.cancel();
                    story.scene.target.close();
                  });
      ReconcileReport report =
          story.passOn(disk, CallContext.builder().cancellation(cancellation).build());
      if (disk.operations().size() < operations) {
        cutShort++;
        assertThat(report.result() instanceof PassResult.Failed || !report.failures().isEmpty())
            .as("it says at operation %d that it was cancelled", operation)
            .isTrue();
      }
      story.nothingIsTorn();
      story.converges();
    }
    assertThat(cutShort).isGreaterThan(operations / STRIDE / 3);
  }

  @Test
  void killedAtAnyOperationOfTheFirstPassTheNextProcessFinishes() {
    int operation = 0;
    boolean killed = true;
    while (killed) {
      Scene scene = new Scene(temp.resolve("first-" + ++operation));
      assertThat(scene.root.toFile().mkdir()).isTrue();
      scene.source.commit("first", files -> files.put("a/b", "1").put("c", "2"));
      scene.disk = new FaultyDisk().killAt(operation);
      scene.restart();
      try {
        scene.pass();
        killed = false;
      } catch (FaultyDisk.Killed e) {
        scene.disk = new FaultyDisk();
      }
      scene.restart();
      scene.pass();
      assertThat(scene.files()).isEqualTo(Map.of("a/b", "1", "c", "2"));
      assertThat(scene.plan().isEmpty()).isTrue();
    }
    assertThat(operation).isGreaterThan(20);
  }
}
