package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeSet;

/**
 * The directories below the root that we made, and may remove when they are empty. Losing this list
 * loses nothing but that.
 */
final class OwnDirectories {
  private final Path file;
  private final TreeSet<String> directories = new TreeSet<>();
  private boolean changed;

  private OwnDirectories(Path file) {
    this.file = file;
  }

  static OwnDirectories load(StateDirectory state) throws IOException {
    OwnDirectories own = new OwnDirectories(state.file("directories"));
    try {
      own.directories.addAll(Files.readAllLines(own.file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      // None were made yet.
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

  void save() throws IOException {
    if (!changed) {
      return;
    }
    Path draft = file.resolveSibling("directories.new");
    Files.write(draft, directories, StandardCharsets.UTF_8);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    changed = false;
  }
}
