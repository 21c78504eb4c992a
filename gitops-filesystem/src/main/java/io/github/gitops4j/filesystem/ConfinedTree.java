package io.github.gitops4j.filesystem;

import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reaches names below the root without ever going through a symbolic link: from directory to
 * directory, one part at a time, each opened in the one before. So somebody who swaps a directory
 * for a link meanwhile does not lead us out of the root.
 *
 * <p>The directories of the last name stay open, as the next one is mostly near. Not thread-safe.
 */
final class ConfinedTree implements AutoCloseable {
  private final Disk disk;
  private final Path rootPath;
  private final Path stage;
  private final SecureDirectoryStream<Path> stageStream;
  private final Level root;
  private final List<Level> levels = new ArrayList<>();
  private final OwnDirectories own;
  private final Descriptors descriptors;
  private final Set<Path> touched = new LinkedHashSet<>();
  private int made;

  /** An open directory, and the path of its descriptor once it is known. */
  private static final class Level {
    final String name;
    final Path path;
    final SecureDirectoryStream<Path> stream;
    Optional<Path> descriptor = Optional.empty();

    Level(String name, Path path, SecureDirectoryStream<Path> stream) {
      this.name = name;
      this.path = path;
      this.stream = stream;
    }
  }

  /**
   * Opens a tree.
   *
   * @param stage private directory on the same file system, in which directories are made before
   *     they are moved into place
   * @param own takes note of the directories that are made
   */
  ConfinedTree(StateDirectory state, Path stage, OwnDirectories own) throws IOException {
    this.disk = state.disk();
    this.rootPath = state.realRoot();
    this.stage = stage;
    this.own = own;
    this.root = new Level("", rootPath, secure(rootPath));
    this.stageStream = secure(stage);
    this.descriptors = Descriptors.learn(stageStream);
  }

  // The stream is what the tree works with; close() closes it.
  @SuppressWarnings("StreamResourceLeak")
  private static SecureDirectoryStream<Path> secure(Path directory) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException(
        directory + ": this file system cannot be written without following links");
  }

  /** Returns the directories in which a name came, went or changed. */
  Set<Path> touched() {
    return touched;
  }

  /**
   * Returns the place of a path, valid until the next one is asked for; throws {@link
   * NoSuchFileException} if its directory is absent.
   */
  Disk.Place existing(String path) throws IOException {
    return place(path, false);
  }

  /** Returns the place of a path, making the directories that are not there. */
  Disk.Place making(String path) throws IOException {
    return place(path, true);
  }

  private Disk.Place place(String path, boolean make) throws IOException {
    String[] parts = path.split("/");
    int depth = parts.length - 1;
    int shared = sharedDirectories(parts);
    closeFrom(shared);
    for (int i = shared; i < depth; i++) {
      levels.add(open(deepest(), parts, i, make));
    }
    return new Disk.Place(deepest().stream, Path.of(parts[depth]), rootPath.resolve(path));
  }

  private Level deepest() {
    return levels.isEmpty() ? root : levels.get(levels.size() - 1);
  }

  private int sharedDirectories(String[] parts) {
    int shared = 0;
    while (shared < levels.size()
        && shared < parts.length - 1
        && levels.get(shared).name.equals(parts[shared])) {
      shared++;
    }
    return shared;
  }

  private Level open(Level parent, String[] parts, int index, boolean make) throws IOException {
    try {
      return enter(parent, parts[index]);
    } catch (NoSuchFileException e) {
      if (!make) {
        throw e;
      }
    }
    Path fresh = stage.resolve("dir-" + made++);
    disk.makeDirectory(fresh);
    Disk.Place to =
        new Disk.Place(parent.stream, Path.of(parts[index]), parent.path.resolve(parts[index]));
    try {
      disk.rename(staged(fresh), to);
      own.made(String.join("/", List.of(parts).subList(0, index + 1)));
      touched.add(parent.path);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      // Somebody else made it meanwhile: then it is theirs.
      disk.delete(fresh);
    }
    return enter(parent, parts[index]);
  }

  private static Level enter(Level parent, String part) throws IOException {
    Path name = Path.of(part);
    Path path = parent.path.resolve(part);
    try {
      return new Level(
          part, path, parent.stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      if (LiveHandle.isDirectory(parent.stream, name)) {
        throw e;
      }
      throw new ApplyException(
          FailureCategory.CONFLICT,
          path + ": entering failed: it is a symbolic link or a file, and must be a directory",
          e);
    }
  }

  private Disk.Place staged(Path inStage) {
    return new Disk.Place(stageStream, stage.relativize(inStage), inStage);
  }

  /** Moves a staged file to a place, over whatever file is there. */
  void publish(Path staged, Disk.Place place) throws IOException {
    disk.rename(staged(staged), place);
    touched.add(deepest().path);
  }

  /**
   * Gives a staged file the name of a place that nobody has.
   *
   * @throws FileAlreadyExistsException if something is there
   */
  void create(Path staged, Disk.Place place) throws IOException {
    if (!linked(staged, place)) {
      if (LiveHandle.exists(place)) {
        throw new FileAlreadyExistsException(place.path().toString());
      }
      disk.rename(staged(staged), place);
    }
    touched.add(deepest().path);
  }

  /**
   * Gives a directory that was filled in the stage the name of a place that nobody has; says
   * whether nobody had it.
   */
  boolean createDirectory(Path filled, String directory) throws IOException {
    Disk.Place place = making(directory);
    // A rename would replace an empty directory of somebody.
    if (LiveHandle.exists(place)) {
      return false;
    }
    try {
      disk.rename(staged(filled), place);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      return false;
    }
    own.made(directory);
    touched.add(deepest().path);
    touched.add(place.path());
    return true;
  }

  /** A link, unlike a rename, fails if a file appeared there since we looked. */
  private boolean linked(Path staged, Disk.Place place) throws IOException {
    Optional<Path> directory = descriptor();
    if (directory.isEmpty()) {
      return false;
    }
    try {
      disk.link(directory.get().resolve(place.name()), staged);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Not every file system has hard links; what is wrong otherwise shows at the rename.
      return false;
    }
    try {
      disk.delete(staged);
    } catch (IOException e) {
      // The file is in place; its second name goes with the stage.
    }
    return true;
  }

  private Optional<Path> descriptor() throws IOException {
    Level level = deepest();
    if (level.descriptor.isEmpty()) {
      // There may be none for a moment only, while somebody else lists the directory.
      level.descriptor = descriptors.path(level.stream);
    }
    return level.descriptor;
  }

  /**
   * Gives what is at a place a second name in the stage, so that it outlives being replaced.
   *
   * @return false if this file can have no second name
   */
  boolean hold(Disk.Place place, Path inStage) throws IOException {
    Optional<Path> directory = descriptor();
    if (directory.isEmpty()) {
      return false;
    }
    try {
      disk.link(inStage, directory.get().resolve(place.name()));
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Linux may refuse to link files of others.
      return false;
    }
  }

  /** Moves what is at a place into the stage. */
  void withdraw(Disk.Place place, Path inStage) throws IOException {
    disk.rename(place, staged(inStage));
    touched.add(deepest().path);
  }

  /** Removes the directories above a path that we made and that are empty now. */
  void removeEmptyParents(String path) {
    try {
      int slash = path.lastIndexOf('/');
      while (slash > 0 && own.isOurs(path.substring(0, slash))) {
        String directory = path.substring(0, slash);
        removeDirectory(directory);
        own.removed(directory);
        slash = directory.lastIndexOf('/');
      }
    } catch (IOException | ApplyException e) {
      // It is not empty, or not ours to remove. An empty directory that stays harms nobody.
    }
  }

  private void removeDirectory(String directory) throws IOException {
    try {
      disk.deleteDirectory(place(directory, false));
      touched.add(deepest().path);
    } catch (NoSuchFileException e) {
      // Somebody else removed it.
    }
  }

  private void closeFrom(int depth) throws IOException {
    for (int i = levels.size() - 1; i >= depth; i--) {
      levels.remove(i).stream.close();
    }
  }

  @Override
  public void close() throws IOException {
    closeFrom(0);
    stageStream.close();
    root.stream.close();
  }
}
