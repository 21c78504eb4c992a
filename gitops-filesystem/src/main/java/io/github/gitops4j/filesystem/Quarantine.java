package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where content goes that is not ours and had to give way. Nothing in it is ever overwritten, and
 * only the owner of the process may enter it; files keep their modes and times.
 *
 * <p>Thread-safe as long as the target's lock is held.
 *
 * @since 0.1.0
 */
public final class Quarantine {
  private final StateDirectory state;
  private final Path directory;
  private final Disk disk;
  private final Set<Path> touched = new LinkedHashSet<>();

  Quarantine(StateDirectory state) {
    this.state = state;
    this.directory = state.file(StateDirectory.QUARANTINE);
    this.disk = state.disk();
  }

  /**
   * A file in quarantine.
   *
   * @param operation the operation that put it there, and a number behind it if it put several
   *     there with one path
   * @param path its path below the root
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
    String name = safe(operation);
    Path set = directory.resolve(name);
    for (int i = 1; !isFree(set, path); i++) {
      set = directory.resolve(name + "." + i);
    }
    Path place = set.resolve(path);
    makeDirectories(requireNonNull(place.getParent(), "parent"));
    return place;
  }

  /** A path is free if nothing has it and no file has the path of a directory above it. */
  private static boolean isFree(Path set, String path) {
    Path at = set;
    for (Path part : Path.of(path)) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      at = at.resolve(part);
    }
    return !Files.exists(at, LinkOption.NOFOLLOW_LINKS);
  }

  private void makeDirectories(Path wanted) throws IOException {
    touched.add(wanted);
    if (!Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
      makeDirectories(requireNonNull(wanted.getParent(), "parent"));
      disk.makePrivateDirectory(wanted);
    }
  }

  /** Moves a file of the state directory to a free place. */
  Path keep(Path file, String operation, String path) throws IOException {
    Path place = place(operation, path);
    disk.rename(file, place);
    return place;
  }

  /** Returns the directories that got something since this object was made. */
  Set<Path> touched() {
    return touched;
  }

  private static String safe(String operation) {
    String name = operation.replaceAll("[^A-Za-z0-9._-]", "_");
    return name.isEmpty() || name.startsWith(".") ? "unnamed" + name : name;
  }

  /** Returns a place as it is shown to people. */
  String shown(Path place) {
    return state.root().relativize(place).toString();
  }

  /**
   * Returns everything that is in quarantine, by operation and path.
   *
   * @throws IOException if it cannot be read
   */
  public List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files()) {
      Path inside = directory.relativize(file);
      entries.add(
          new Entry(
              inside.getName(0).toString(), inside.subpath(1, inside.getNameCount()).toString()));
    }
    return entries;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> directory.relativize(file).getNameCount() > 1)
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * Puts a file back to a path below the root, as it was: same file, same mode. No symbolic link on
   * the way is followed.
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
    if (!from.startsWith(directory) || from.equals(directory)) {
      throw new IllegalArgumentException(entry + " is not in quarantine");
    }
    if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(entry.toString());
    }
    Path source = requireNonNull(from.getParent(), "parent");
    OwnDirectories own = OwnDirectories.load(state);
    try (ConfinedTree tree = new ConfinedTree(state, source, own)) {
      tree.create(from, tree.making(path));
      new Durability(disk).flush(tree.touched(), 1);
    }
    removeEmpty(source);
  }

  /**
   * Removes for good what is beyond the limits, oldest operation first. The newest operation always
   * stays.
   *
   * @param now decides about age; an operation from the future counts as new
   * @return what was removed
   * @throws IOException if it cannot be read or removed
   */
  public List<Entry> expire(Retention limits, Instant now) throws IOException {
    List<Entry> removed = new ArrayList<>();
    List<QuarantineSet> sets = QuarantineSet.newestFirst(directory);
    long files = 0;
    long bytes = 0;
    for (int i = 0; i < sets.size(); i++) {
      QuarantineSet set = sets.get(i);
      files += set.files().size();
      bytes += set.bytes();
      if (i > 0 && limits.exceeded(set.age(now), files, bytes)) {
        removed.addAll(remove(set));
      }
    }
    return removed;
  }

  private List<Entry> remove(QuarantineSet set) throws IOException {
    List<Entry> removed = new ArrayList<>();
    List<Path> all;
    try (Stream<Path> below = Files.walk(set.directory())) {
      all = below.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      disk.delete(path);
    }
    for (Path file : set.files()) {
      removed.add(
          new Entry(
              String.valueOf(set.directory().getFileName()),
              set.directory().relativize(file).toString()));
    }
    return removed;
  }

  private void removeEmpty(Path start) {
    try {
      for (Path at = start; !at.equals(directory); at = requireNonNull(at.getParent(), "parent")) {
        disk.delete(at);
      }
    } catch (IOException e) {
      // It is not empty.
    }
  }
}
