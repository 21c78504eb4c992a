package io.github.gitops4j.filesystem;

import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Looks at what is at a place, through its open directory. */
final class LiveHandle {
  private LiveHandle() {}

  /**
   * Checks that a file or a link is there that we could replace.
   *
   * @throws NoSuchFileException if nothing is there
   */
  static void requireReplaceable(ResourceKey key, Disk.Place place) throws IOException {
    PosixFileAttributes found = attributes(place.directory(), place.name());
    if (!found.isRegularFile() && !found.isSymbolicLink()) {
      String what = found.isDirectory() ? "a directory" : "a special file";
      throw new ApplyException(
          FailureCategory.CONFLICT, key + ": writing failed: " + what + " is there");
    }
  }

  /** Returns the digest of what is there. */
  static ContentDigest digest(Disk.Place place) throws IOException {
    PosixFileAttributes found = attributes(place.directory(), place.name());
    if (found.isSymbolicLink()) {
      return FileReading.ofLink(Files.readSymbolicLink(place.path()).toString());
    } else if (!found.isRegularFile()) {
      return FileDigests.ofOther(found.isDirectory() ? "directory" : "special file");
    }
    FileMode mode =
        found.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
            ? FileMode.EXECUTABLE
            : FileMode.REGULAR;
    try (SeekableByteChannel channel =
        place
            .directory()
            .newByteChannel(
                place.name(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return FileDigests.of(
          mode, FileDigests.blobId(Channels.newInputStream(channel), channel.size()));
    }
  }

  static boolean exists(Disk.Place place) throws IOException {
    try {
      attributes(place.directory(), place.name());
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name) throws IOException {
    return attributes(directory, name).isDirectory();
  }

  private static PosixFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }
}
