package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where content goes that is not ours and had to give way. Nothing in it is ever overwritten.
 *
 * <p>Thread-safe as long as the target's lock is held.
 *
 * @since 0.1.0
 */
public final class Quarantine {
  private final Path root;
  private final Path directory;

  Quarantine(StateDirectory state) {
    this.root = state.root();
    this.directory = state.file(StateDirectory.QUARANTINE);
  }

  /**
   * A file in quarantine.
   *
   * @param operation the operation that put it there
   * @param path its path below the root, and a number behind it if that was taken
   */
  public record Entry(String operation, String path) {
    /** Checks the parts. */
    public Entry {
      requireNonNull(operation, "operation");
      requireNonNull(path, "path");
    }
  }

  /** Returns a free place, with its directories, for a path that an operation takes away. */
  Path place(String operation, String path) throws IOException {
    Path wanted = directory.resolve(safe(operation)).resolve(path);
    Files.createDirectories(requireNonNull(wanted.getParent(), "parent"));
    Path free = wanted;
    for (int i = 1; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
      free = wanted.resolveSibling(wanted.getFileName() + "." + i);
    }
    return free;
  }

  private static String safe(String operation) {
    return operation.isEmpty() ? "unnamed" : operation.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** Returns a place as it is shown to people. */
  String shown(Path place) {
    return root.relativize(place).toString();
  }

  /**
   * Returns everything that is in quarantine, by operation and path.
   *
   * @throws IOException if it cannot be read
   */
  public List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return entries;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(directory::relativize)
          .sorted()
          .forEach(
              file ->
                  entries.add(
                      new Entry(
                          file.getName(0).toString(),
                          file.subpath(1, file.getNameCount()).toString())));
    }
    return entries;
  }

  /**
   * Puts a file back to a path below the root.
   *
   * @param path where to, relative to the root
   * @throws FileAlreadyExistsException if something is there
   * @throws IOException if it cannot be moved
   */
  public void restore(Entry entry, String path) throws IOException {
    if (PathRules.problem(path).isPresent()) {
      throw new IllegalArgumentException(path + " is no path below the root");
    }
    Path from = directory.resolve(entry.operation()).resolve(entry.path()).normalize();
    Path to = root.resolve(path);
    if (!from.startsWith(directory)) {
      throw new IllegalArgumentException(entry + " is not in quarantine");
    }
    Files.createDirectories(requireNonNull(to.getParent(), "parent"));
    // A link fails if the name is taken, where a move would replace it.
    if (Files.isSymbolicLink(from)) {
      Files.createSymbolicLink(to, Files.readSymbolicLink(from));
    } else {
      Files.createLink(to, from);
    }
    Files.delete(from);
  }
}
