package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories, links, special files and names, also while they change. */
class FilesystemShapesTest extends FilesystemLooks {
  @Test
  void aDirectoryThatVanishesDuringTheWalkIsAbsent() throws IOException {
    Path file = write("sub/a", "1");
    write("b", "2");
    reads.before(
        root.resolve("sub"),
        () -> {
          Files.delete(file);
          Files.delete(root.resolve("sub"));
        });
    LiveState state = everything();
    assertThat(state.observation(ResourceKey.file("sub"))).isInstanceOf(Observation.Absent.class);
    assertThat(state.observation(ResourceKey.file("sub/a"))).isInstanceOf(Observation.Absent.class);
    assertThat(names(state)).containsExactly("b");
  }

  @Test
  void aDirectorySwappedForALinkDuringTheWalkShowsNothingFromOutside(@TempDir Path outside)
      throws IOException {
    Path file = write("sub/a", "1");
    Files.writeString(outside.resolve("foreign"), "x");
    reads.before(
        root.resolve("sub"),
        () -> {
          if (Files.deleteIfExists(file)) {
            Files.delete(root.resolve("sub"));
            Files.createSymbolicLink(root.resolve("sub"), outside);
          }
        });
    assertThat(names(everything())).containsExactly("sub");
  }

  @Test
  void aFileReplacedByADirectoryIsADirectory() throws IOException {
    Path file = write("a", "1");
    final LiveResource before = present("a");
    Files.delete(file);
    write("a/inside", "2");
    assertThat(present("a").digest()).isNotEqualTo(before.digest());
    assertThat(seen("a/inside")).isInstanceOf(Observation.Present.class);
    Files.delete(root.resolve("a/inside"));
    Files.delete(file);
    write("a", "1");
    assertThat(present("a").digest()).isEqualTo(before.digest());
    assertThat(seen("a/inside")).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void whatIsBehindALinkIsNotInTheRoot(@TempDir Path outside) throws IOException {
    Files.writeString(outside.resolve("x"), "x");
    Files.createSymbolicLink(root.resolve("link"), outside);
    assertThat(seen("link/x")).isInstanceOf(Observation.Absent.class);
    LiveResource link = present("link");
    Files.delete(root.resolve("link"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("elsewhere"));
    assertThat(present("link").digest()).isNotEqualTo(link.digest());
  }

  @Test
  void aSpecialFileIsThereAndNeverOpened() throws IOException, InterruptedException {
    Path pipe = root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(present("pipe").digest()).isEqualTo(FileDigests.ofOther("special file"));
  }

  @Test
  void aNameThatIsNotUtf8IsNotTakenForAnother() throws IOException, InterruptedException {
    write("b", "1");
    assertThat(
            new ProcessBuilder(
                    "sh", "-c", "printf x > \"$1/$(printf 'caf\\351')\"", "sh", "" + root)
                .start()
                .waitFor())
        .isZero();
    assertThat(names(everything())).containsExactly("b");
    assertThat(seen("caf\uFFFD")).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void ourOwnStateIsNoPartOfIt() throws IOException {
    new StateDirectory(root, new JdkDisk()).initialise();
    write("sub/.gitops/a", "1");
    assertThat(names(everything())).containsExactly("sub/.gitops/a");
  }

  @Test
  void severalThreadsSeeWhatOneSees() throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      files.put("d" + i % 7 + "/e" + i % 11 + "/f" + i, "content " + i);
    }
    for (String name : files.keySet()) {
      write(name, files.get(name));
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      live = live(new Crew(threads, 4));
      LiveState parallel = everything();
      live = live(Crew.ALONE);
      LiveState alone = everything();
      assertThat(names(parallel)).containsExactlyElementsOf(files.keySet());
      alone.forEachPresent(
          file ->
              assertThat(parallel.observation(file.key()))
                  .isEqualTo(new Observation.Present(file)));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anExecutorThatNeverRunsAnythingOnlyMakesItSlower() throws IOException {
    write("a/1", "1");
    write("b/2", "2");
    live = live(new Crew(task -> {}, 4));
    assertThat(names(everything())).containsExactly("a/1", "b/2");
  }
}
