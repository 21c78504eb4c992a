package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reaches names below the root without ever going through a symbolic link: from directory to
 * directory, one part at a time, each opened in the one before. So somebody who swaps a directory
 * for a link meanwhile does not lead us out of the root.
 *
 * <p>The directories of the last name stay open, as the next one is mostly near. Not thread-safe.
 */
final class ConfinedTree implements AutoCloseable {
  private final Path stage;
  private final SecureDirectoryStream<Path> stageStream;
  private final SecureDirectoryStream<Path> root;
  private final List<String> names = new ArrayList<>();
  private final List<SecureDirectoryStream<Path>> streams = new ArrayList<>();
  private final OwnDirectories own;
  private int made;

  /**
   * Opens a tree.
   *
   * @param stage private directory on the same file system, in which directories are made before
   *     they are moved into place
   * @param own takes note of the directories that are made
   */
  ConfinedTree(Path root, Path stage, OwnDirectories own) throws IOException {
    this.stage = stage;
    this.own = own;
    this.root = secure(root);
    this.stageStream = secure(stage);
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

  /** A name in an open directory. It is valid until the next one is asked for. */
  record Place(SecureDirectoryStream<Path> directory, Path name) {}

  /** Returns the place of a path; throws {@link NoSuchFileException} if its directory is absent. */
  Place existing(String path) throws IOException {
    return place(path, false);
  }

  /** Returns the place of a path, making the directories that are not there. */
  Place making(String path) throws IOException {
    return place(path, true);
  }

  private Place place(String path, boolean make) throws IOException {
    String[] parts = path.split("/");
    int shared = sharedDirectories(parts);
    closeFrom(shared);
    for (int i = shared; i < parts.length - 1; i++) {
      SecureDirectoryStream<Path> parent = i == 0 ? root : streams.get(i - 1);
      streams.add(open(parent, parts, i, make));
      names.add(parts[i]);
    }
    int depth = parts.length - 1;
    return new Place(depth == 0 ? root : streams.get(depth - 1), Path.of(parts[depth]));
  }

  private int sharedDirectories(String[] parts) {
    int shared = 0;
    while (shared < names.size()
        && shared < parts.length - 1
        && names.get(shared).equals(parts[shared])) {
      shared++;
    }
    return shared;
  }

  private SecureDirectoryStream<Path> open(
      SecureDirectoryStream<Path> parent, String[] parts, int index, boolean make)
      throws IOException {
    Path name = Path.of(parts[index]);
    try {
      return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      if (!make) {
        throw e;
      }
    }
    Path fresh = stage.resolve("dir-" + made++);
    Files.createDirectory(fresh);
    stageStream.move(fresh.getFileName(), parent, name);
    own.made(String.join("/", List.of(parts).subList(0, index + 1)));
    return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }

  /** Moves a staged file to a place, over whatever file is there. */
  void publish(Path staged, Place place) throws IOException {
    stageStream.move(staged.getFileName(), place.directory(), place.name());
  }

  /** Moves what is at a place into the stage. */
  Path withdraw(Place place, String stageName) throws IOException {
    Path name = Path.of(stageName);
    place.directory().move(place.name(), stageStream, name);
    return stage.resolve(name);
  }

  /** Removes the directories above a path that we made and that are empty now. */
  void removeEmptyParents(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    while (slash > 0) {
      String directory = path.substring(0, slash);
      if (!own.isOurs(directory)) {
        return;
      }
      Place place = place(directory, false);
      try {
        place.directory().deleteDirectory(place.name());
      } catch (DirectoryNotEmptyException e) {
        return;
      } catch (NoSuchFileException e) {
        // Somebody else removed it.
      }
      own.removed(directory);
      slash = directory.lastIndexOf('/');
    }
  }

  private void closeFrom(int depth) throws IOException {
    for (int i = streams.size() - 1; i >= depth; i--) {
      streams.remove(i).close();
      names.remove(i);
    }
  }

  @Override
  public void close() throws IOException {
    closeFrom(0);
    stageStream.close();
    root.close();
  }

  /** The options with which a file is opened for reading. */
  static Set<? extends OpenOption> reading() {
    return Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }
}
