package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else acts between any two operations of a pass. */
class RaceLoopTest {
  private static final String MINE = "written meanwhile by somebody else";

  @TempDir Path temp;

  /** What somebody else does in the root; false if it was not possible just then. */
  private interface Deed {
    boolean act(Path root) throws IOException;
  }

  /** Runs the pass with a deed before each operation, and a kill some operations later. */
  private void keepsWhatIsWritten(String name, ReplaceStyle style, int killAfter, Deed deed) {
    int done = 0;
    for (int operation : Story.moments(temp.resolve("undisturbed"), style, name)) {
      Story story = Story.begin(temp.resolve("raced-" + operation), style);
      AtomicBoolean acted = new AtomicBoolean();
      FaultyDisk disk = new FaultyDisk().at(operation, () -> acted.set(deed.act(story.scene.root)));
      if (killAfter > 0) {
        disk.killAt(operation + killAfter);
      }
      try {
        story.passOn(disk);
      } catch (FaultyDisk.Killed e) {
        // The next one goes on.
      }
      story.scene.disk = new FaultyDisk();
      story.scene.restart();
      story.scene.pass();
      if (acted.get()) {
        done++;
        assertThat(story.everything()).as(disk.operations().toString()).contains(MINE);
      }
      assertThat(story.scene.files()).containsEntry("theirs", "not ours");
    }
    assertThat(done).isPositive();
  }

  private static boolean overwrite(Path file) throws IOException {
    try {
      Files.writeString(file, MINE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean make(Path file) throws IOException {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, MINE, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(ReplaceStyle.class)
  void anEditOfAFileThatIsUpdatedIsKept(ReplaceStyle style) {
    keepsWhatIsWritten("update", style, 0, root -> overwrite(root.resolve("update")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anEditIsKeptEvenIfWeDieRightAfter(int later) {
    keepsWhatIsWritten(
        "update", ReplaceStyle.ATOMIC, later, root -> overwrite(root.resolve("update")));
  }

  @Test
  void anEditOfAFileThatIsPrunedIsKept() {
    keepsWhatIsWritten("gone", ReplaceStyle.ATOMIC, 0, root -> overwrite(root.resolve("gone/x")));
  }

  @ParameterizedTest
  @EnumSource(ReplaceStyle.class)
  void aFileThatAppearsWhereOneIsCreatedIsKept(ReplaceStyle style) {
    keepsWhatIsWritten("file", style, 0, root -> make(root.resolve("new/dir/file")));
  }

  @Test
  void aFileThatIsRenamedOverOneThatIsUpdatedIsKeptIfStrict() {
    keepsWhatIsWritten(
        "update",
        ReplaceStyle.STRICT,
        0,
        root -> {
          Path draft = Files.writeString(root.resolve("draft"), MINE);
          Files.move(draft, root.resolve("update"), StandardCopyOption.ATOMIC_MOVE);
          return true;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone", "new", "new/dir", "shape"})
  void nothingIsWrittenThroughALinkThatAppears(String directory) throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    for (String name : new String[] {"x", "edited", "deep", "file", "inner"}) {
      Files.writeString(outside.resolve(name), "outside");
    }
    Files.writeString(Files.createDirectory(outside.resolve("dir")).resolve("file"), "outside");
    String name = directory.substring(directory.lastIndexOf('/') + 1);
    for (int operation : Story.moments(temp.resolve("undisturbed"), ReplaceStyle.ATOMIC, name)) {
      Path root = temp.resolve("swap-" + operation);
      Story story = Story.begin(root, ReplaceStyle.ATOMIC);
      story.passOn(new FaultyDisk().at(operation, () -> swap(root, directory, outside)));
      story.scene.disk = new FaultyDisk();
      story.scene.restart();
      story.scene.pass();
      assertThat(new Scene(outside).files())
          .hasSize(6)
          .allSatisfy((file, content) -> assertThat(content).isEqualTo("outside"));
    }
  }

  private static void swap(Path root, String directory, Path outside) throws IOException {
    Path path = root.resolve(directory);
    try {
      Files.move(path, root.resolve("moved-away"));
    } catch (FileSystemException e) {
      // It was not there yet.
    }
    try {
      Files.createDirectories(path.getParent());
      Files.createSymbolicLink(path, outside);
    } catch (FileAlreadyExistsException e) {
      // Something else came first.
    }
  }
}
