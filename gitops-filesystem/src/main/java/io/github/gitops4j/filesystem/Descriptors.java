package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives an open directory a path that leads to it and to nothing else, whoever renames it or puts a
 * link in its place. The JDK makes no hard link in an open directory, and hides the descriptor; but
 * Linux lists what a process has open.
 *
 * <p>Somebody else in this process may have the same directory open, and close it while we use its
 * descriptor. So a directory has a path only if nobody else has: if as many descriptors lead to it
 * as one stream holds.
 */
final class Descriptors {
  private static final Path OPEN = Path.of("/proc/self/fd");

  private final int perStream;

  private Descriptors(int perStream) {
    this.perStream = perStream;
  }

  /** Learns from a directory that nobody else has open how many descriptors a stream holds. */
  static Descriptors learn(SecureDirectoryStream<Path> ownDirectory) throws IOException {
    return new Descriptors(leadingTo(ownDirectory).size());
  }

  /** Returns the path of an open directory; valid as long as it is open. */
  Optional<Path> path(SecureDirectoryStream<Path> directory) throws IOException {
    List<Path> found = leadingTo(directory);
    return found.isEmpty() || found.size() != perStream
        ? Optional.empty()
        : Optional.of(found.get(0));
  }

  private static List<Path> leadingTo(SecureDirectoryStream<Path> directory) throws IOException {
    List<Path> found = new ArrayList<>();
    Object wanted =
        directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    if (wanted == null || !Files.isDirectory(OPEN)) {
      return found;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(OPEN)) {
      for (Path descriptor : all) {
        if (leads(descriptor, wanted)) {
          found.add(descriptor);
        }
      }
    } catch (DirectoryIteratorException e) {
      found.clear();
    }
    return found;
  }

  private static boolean leads(Path descriptor, Object wanted) {
    try {
      return wanted.equals(Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      // It was closed meanwhile; ours are not.
      return false;
    }
  }
}
