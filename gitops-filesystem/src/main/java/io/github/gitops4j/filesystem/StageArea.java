package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The private directory in which one session prepares what it will rename into place. */
final class StageArea {
  private static final String INTERRUPTED = "interrupted";

  private final StateDirectory state;
  private final Quarantine quarantine;
  private final Path directory;

  private StageArea(StateDirectory state, Quarantine quarantine, Path directory) {
    this.state = state;
    this.quarantine = quarantine;
    this.directory = directory;
  }

  /** Makes one, after what earlier sessions left behind is gone. */
  static StageArea open(StateDirectory state, Quarantine quarantine) throws IOException {
    state.makePrivateDirectories();
    Path directory = state.file(StateDirectory.STAGE).resolve("session-" + UUID.randomUUID());
    StageArea area = new StageArea(state, quarantine, directory);
    area.sweep();
    state.disk().makePrivateDirectory(directory);
    return area;
  }

  Path directory() {
    return directory;
  }

  /** Removes what sessions staged; what they had taken away and not judged is kept. */
  void sweep() throws IOException {
    Path all = state.file(StateDirectory.STAGE);
    List<Path> found;
    try (Stream<Path> files = Files.walk(all)) {
      found = new ArrayList<>(files.filter(file -> !file.equals(all)).toList());
    }
    found.sort(Comparator.reverseOrder());
    for (Path file : found) {
      try {
        remove(file);
      } catch (NoSuchFileException e) {
        // Somebody else removed it.
      }
    }
  }

  private void remove(Path file) throws IOException {
    boolean taken =
        Aside.is(file) && isOfSession(file) && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    // With another name it is still where it was: the session ended before it was replaced.
    if (taken && LiveAttributes.of(file).names() == 1) {
      quarantine.keep(file, INTERRUPTED, Aside.path(file));
    } else {
      state.disk().delete(file);
    }
  }

  /** Names below a session's own directories are the repository's, and may be any. */
  private boolean isOfSession(Path file) {
    return state.file(StateDirectory.STAGE).equals(file.resolve("../..").normalize());
  }
}
