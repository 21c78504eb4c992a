package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a write leaves alone, keeps, and inherits. */
class WriteGuardsTest {
  @TempDir Path temp;
  private Path root;
  private Scene scene;

  @BeforeEach
  void applyOnce() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    scene = new Scene(root);
    scene.source.commit("first", files -> files.put("a", "1").put("b", "2").put("d/c", "3"));
    scene.pass();
  }

  private static FailureCategory only(ReconcileReport report, String path) {
    assertThat(report.failures()).hasSize(1);
    ApplyOutcome.Failed failed = report.failures().get(0);
    assertThat(failed.key().name()).isEqualTo(path);
    return failed.failure().category();
  }

  @Test
  void aFileWithAnotherNameIsReportedAndTheOthersGoOn() throws IOException {
    Files.createLink(temp.resolve("second-name"), root.resolve("a"));
    scene.source.commit("second", files -> files.put("a", "10").put("b", "20"));
    assertThat(only(scene.pass(), "a")).isEqualTo(FailureCategory.CONFLICT);
    assertThat(scene.files()).containsEntry("a", "1").containsEntry("b", "20");
    Files.delete(temp.resolve("second-name"));
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.files()).containsEntry("a", "10");
  }

  @Test
  void aDirectoryInPlaceOfAFileIsNeverTaken() throws IOException {
    Files.delete(root.resolve("a"));
    scene.write("a/inside", "mine");
    scene.source.commit("second", files -> files.remove("a").put("b", "20"));
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.files()).isEqualTo(Map.of("a/inside", "mine", "b", "20", "d/c", "3"));
  }

  @Test
  void aReadOnlyDirectoryFailsItsFilesAndTheOthersGoOn() {
    scene.write("shut/of", "mine");
    scene.source.commit(
        "second", files -> files.put("a", "10").put("shut/new", "x").put("d/c", "30"));
    FaultyDisk disk = new FaultyDisk();
    for (int step = 1; step < 300; step++) {
      disk.at(
          step,
          () -> {
            String operation = disk.operations().get(disk.operations().size() - 1);
            if (operation.equals("link new") || operation.equals("rename new")) {
              throw new AccessDeniedException("shut/new");
            }
          });
    }
    scene.disk = disk;
    scene.restart();
    ReconcileReport report = scene.pass();
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.key()).isEqualTo(ResourceKey.file("shut/new"));
              assertThat(failed.failure().category()).isEqualTo(FailureCategory.FORBIDDEN);
              assertThat(failed.failure().message()).endsWith("permission denied");
            });
    assertThat(scene.files())
        .isEqualTo(Map.of("a", "10", "b", "2", "d/c", "30", "shut/of", "mine"));
    scene.disk = new JdkDisk();
    scene.restart();
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.files()).containsEntry("shut/new", "x");
  }

  @Test
  void theDirectoryBehindALinkedRootIsFlushed() throws IOException {
    Path other = Files.createDirectory(temp.resolve("other"));
    Scene linked = new Scene(Files.createSymbolicLink(temp.resolve("link"), other));
    linked.source.commit("first", files -> files.put("a", "1"));
    assertThat(linked.pass().failures()).isEmpty();
    FaultyDisk disk = new FaultyDisk();
    linked.disk = disk;
    linked.restart();
    linked.source.commit("second", files -> files.put("new", "5"));
    assertThat(linked.pass().failures()).isEmpty();
    assertThat(disk.operations()).contains("fsync " + other.getFileName());
  }

  @Test
  void whoMayReadAFileStaysSoWhenItsContentChanges() throws IOException {
    Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("rw-rw----"));
    scene.source.commit("second", files -> files.put("a", "10"));
    scene.pass();
    assertThat(Files.getPosixFilePermissions(root.resolve("a")))
        .isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
  }

  @Test
  void quarantineIsPrivateAndRestoresTheFileAsItWas() throws IOException {
    scene.write("a", "edited");
    Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("rw-r-----"));
    scene.pass();
    Quarantine quarantine = scene.target.quarantine();
    Quarantine.Entry entry = quarantine.list().get(0);
    Path set = root.resolve(".gitops/quarantine").resolve(entry.operation());
    assertThat(Files.getPosixFilePermissions(set))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> quarantine.restore(entry, "b"))
        .isInstanceOf(FileAlreadyExistsException.class);
    quarantine.restore(entry, "back/a");
    assertThat(scene.files()).containsEntry("back/a", "edited").containsEntry("b", "2");
    assertThat(Files.getPosixFilePermissions(root.resolve("back/a")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(quarantine.list()).isEmpty();
  }

  @Test
  void restoringDoesNotFollowALink() throws IOException {
    scene.write("a", "edited");
    scene.pass();
    Quarantine.Entry entry = scene.target.quarantine().list().get(0);
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createSymbolicLink(root.resolve("link"), outside);
    assertThatThrownBy(() -> scene.target.quarantine().restore(entry, "link/a"))
        .hasMessageContaining("symbolic link");
    assertThat(outside).isEmptyDirectory();
    assertThat(scene.quarantined()).containsExactly("a");
  }

  @Test
  void editsOfOnePathAreAllKept() {
    for (int i = 0; i < 3; i++) {
      scene.write("a", "edit " + i);
      scene.pass();
    }
    assertThat(scene.quarantinedContents()).contains("edit 0", "edit 1", "edit 2");
  }

  @Test
  void limitsRemoveTheOldestAndNeverTheNewest() throws IOException {
    for (int i = 0; i < 3; i++) {
      scene.write("a", "edit " + i);
      scene.pass();
    }
    Quarantine quarantine = scene.target.quarantine();
    Instant now = Instant.now();
    Retention all = Retention.forEver();
    assertThat(quarantine.expire(all, now.plus(Duration.ofDays(9999)))).isEmpty();
    assertThat(quarantine.expire(all.withAge(Duration.ofDays(1)), now.minus(Duration.ofDays(99))))
        .isEmpty();
    assertThat(quarantine.expire(all.withFiles(2), now)).hasSize(1);
    assertThat(quarantine.expire(all.withAge(Duration.ZERO), now.plus(Duration.ofDays(9999))))
        .hasSize(1);
    assertThat(quarantine.expire(all.withBytes(0), now)).isEmpty();
    assertThat(quarantine.list()).hasSize(1);
  }

  @Test
  void aThousandChangedFilesCostFourFlushesAWaveAndThreeAPass() {
    scene.source.commit(
        "many",
        files -> {
          for (int i = 0; i < 1000; i++) {
            files.put("many/" + i % 50 + "/" + i, "content " + i);
          }
        });
    FaultyDisk disk = new FaultyDisk();
    scene.disk = disk;
    scene.restart();
    assertThat(scene.pass().effects()).isEqualTo(Map.of(Effect.CREATED, 1000));
    assertThat(disk.operations().stream().filter(name -> name.matches("(fsync|syncfs) .*")))
        .hasSizeLessThanOrEqualTo(4 + 3);
  }
}
