package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.TreeSet;

/**
 * The directories below the root that we made, and may remove when they are empty. Losing this list
 * loses nothing but that, so it is not flushed, and one that cannot be read is an empty one.
 */
final class OwnDirectories {
  private static final String FILE = "directories";

  private final StateDirectory state;
  private final TreeSet<String> directories = new TreeSet<>();
  private boolean changed;

  private OwnDirectories(StateDirectory state) {
    this.state = state;
  }

  static OwnDirectories load(StateDirectory state) {
    OwnDirectories own = new OwnDirectories(state);
    try {
      own.directories.addAll(Files.readAllLines(state.file(FILE), StandardCharsets.UTF_8));
    } catch (IOException e) {
      // None were made yet, or the list is damaged: then none is known to be ours.
    }
    return own;
  }

  void made(String directory) {
    changed |= directories.add(directory);
  }

  void removed(String directory) {
    changed |= directories.remove(directory);
  }

  boolean isOurs(String directory) {
    return directories.contains(directory);
  }

  void save() {
    if (!changed) {
      return;
    }
    try {
      String lines = directories.isEmpty() ? "" : String.join("\n", directories) + "\n";
      state.replace(FILE, lines.getBytes(StandardCharsets.UTF_8), StateDirectory.Flush.NO);
      changed = false;
    } catch (IOException e) {
      // The next wave tries again.
    }
  }
}
