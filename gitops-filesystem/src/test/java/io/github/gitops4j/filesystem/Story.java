package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One pass in which everything happens: create, update, prune, quarantine, adopt, a file that
 * becomes a directory; beside files of ours that somebody edited and files that are not ours. What
 * must be true after it was disturbed is said here once.
 */
final class Story {
  static final String EDITED = "edited by hand, and longer than what was declared";
  static final String EDITED_GONE = "edited, and no longer declared";
  private static final int ENOUGH_PASSES = 4;
  private static final Map<String, String> END =
      Map.of(
          "update", "update: the second",
          "drift", "drift: as declared",
          "same", "adopted as it is",
          "new/dir/file", "created",
          "shape/inner", "was a file",
          "dir/deep", "stays",
          "theirs", "not ours");

  final Scene scene;

  private Story(Scene scene) {
    this.scene = scene;
  }

  /** Leads up to the pass in question, without disturbance. */
  static Story begin(Path root, ReplaceStyle style) {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Scene scene = new Scene(root);
    scene.style = style;
    scene.disk = new FaultyDisk();
    scene.restart();
    scene.source.commit(
        "first",
        files ->
            files
                .put("update", "update: the first")
                .put("drift", "drift: as declared")
                .put("gone/x", "to be pruned")
                .put("gone/edited", "to be edited")
                .put("shape", "a file")
                .put("dir/deep", "stays"));
    assertThat(scene.pass().failures()).isEmpty();
    scene.write("drift", EDITED);
    scene.write("gone/edited", EDITED_GONE);
    scene.write("theirs", "not ours");
    scene.write("same", "adopted as it is");
    scene.source.commit(
        "second",
        files ->
            files
                .put("update", "update: the second")
                .put("same", "adopted as it is")
                .put("new/dir/file", "created")
                .remove("gone/x")
                .remove("gone/edited")
                .remove("shape")
                .put("shape/inner", "was a file"));
    return new Story(scene);
  }

  /**
   * Returns at which operations of the undisturbed pass something happens to a name, and those
   * right before and after; all operations in a soak.
   */
  static List<Integer> moments(Path root, ReplaceStyle style, String name) {
    FaultyDisk disk = new FaultyDisk();
    begin(root, style).passOn(disk);
    List<String> operations = disk.operations();
    List<Integer> moments = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      int next = Math.min(i + 1, operations.size() - 1);
      boolean near =
          operations.get(Math.max(i - 1, 0)).contains(name)
              || operations.get(i).contains(name)
              || operations.get(next).contains(name);
      if (near || Boolean.getBoolean("gitops.soak")) {
        moments.add(i + 1);
      }
    }
    return moments;
  }

  /** Runs the pass on a disk of that kind. */
  ReconcileReport passOn(Disk disk) {
    return passOn(disk, CallContext.unbounded());
  }

  /** Runs the pass on a disk of that kind, under a call. */
  ReconcileReport passOn(Disk disk, CallContext call) {
    scene.disk = disk;
    scene.restart();
    return scene.reconciler.reconcile(call);
  }

  /** Says that every live file is one of those that somebody meant to be there. */
  void nothingIsTorn() {
    List<String> whole = new ArrayList<>(END.values());
    whole.addAll(
        List.of(
            "update: the first",
            "to be pruned",
            "to be edited",
            "a file",
            "stays",
            EDITED,
            EDITED_GONE));
    assertThat(whole).containsAll(scene.files().values());
    assertThat(scene.files()).containsEntry("theirs", "not ours");
  }

  /** Says that a new process finishes the work, and that nothing was lost. */
  void converges() {
    scene.disk = new FaultyDisk();
    scene.restart();
    ReconcileReport report = scene.pass();
    for (int i = 1; i < ENOUGH_PASSES && !settled(report); i++) {
      report = scene.pass();
    }
    assertThat(report.result()).isInstanceOf(PassResult.Done.class);
    assertThat(report.failures()).isEmpty();
    assertThat(scene.files()).isEqualTo(END);
    assertThat(scene.quarantinedContents()).contains(EDITED, EDITED_GONE);
    scene.restart();
    assertThat(scene.plan().isEmpty()).isTrue();
    assertThat(scene.pass().outcomes()).isEmpty();
    // Reading it all checks the chain.
    assertThat(scene.target.history().newest(Integer.MAX_VALUE, CallContext.unbounded()))
        .isNotEmpty();
    assertThat(scene.target.history().state(CallContext.unbounded()).running()).isEmpty();
    // Whoever writes next sweeps what was left in the stage.
    scene.source.commit("third", files -> files.put("last", "one more"));
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.staged()).isEmpty();
  }

  private static boolean settled(ReconcileReport report) {
    return report.result() instanceof PassResult.Done && report.outcomes().isEmpty();
  }

  /** Returns all content that is live or in quarantine. */
  List<String> everything() {
    List<String> all = new ArrayList<>(scene.files().values());
    all.addAll(scene.quarantinedContents());
    return all;
  }
}
