package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * All that this module ever does to change the file system, one method for each system call. It is
 * an interface so that a test can make any of them fail, or die there.
 *
 * <p>Thread-safe.
 */
interface Disk {
  /**
   * A name in an open directory, which stays the same whoever renames what is above it.
   *
   * @param directory the directory, open
   * @param name the name in it
   * @param path how the place was reached; for messages only
   */
  record Place(SecureDirectoryStream<Path> directory, Path name, Path path) {}

  /** A file open for writing. */
  interface Output extends AutoCloseable {
    /** Writes all bytes of the buffer behind what was written before. */
    void write(ByteBuffer bytes) throws IOException;

    /** Cuts the file off, so that the next bytes are written there. */
    void truncate(long size) throws IOException;

    /** Makes the content survive a crash of the machine. */
    void flush() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Makes a file that only its owner may read; fails if the name is taken. */
  Output create(Path file) throws IOException;

  /**
   * Makes a file with permissions, less what the process or the directory takes away; fails if the
   * name is taken.
   */
  Output create(Path file, Set<PosixFilePermission> permissions) throws IOException;

  /** Opens a file that is there, to write behind its end. */
  Output append(Path file) throws IOException;

  /** Sets permissions. */
  void permit(Path file, Set<PosixFilePermission> permissions) throws IOException;

  /** Sets the modification time. */
  void date(Path file, FileTime modified) throws IOException;

  /** Sets owner and group by their numbers. */
  void give(Path file, int owner, int group) throws IOException;

  /** Makes a directory as the process makes directories. */
  void makeDirectory(Path directory) throws IOException;

  /** Makes a directory that only its owner may enter. */
  void makePrivateDirectory(Path directory) throws IOException;

  /** Makes a symbolic link. */
  void symlink(Path link, Path target) throws IOException;

  /** Gives a file another name; fails if that is taken. */
  void link(Path link, Path existing) throws IOException;

  /** Renames, over what has the name. */
  void rename(Path from, Path to) throws IOException;

  /** Renames from one open directory into another, over what file has the name. */
  void rename(Place from, Place to) throws IOException;

  /** Removes a file or an empty directory. */
  void delete(Path file) throws IOException;

  /** Removes an empty directory. */
  void deleteDirectory(Place directory) throws IOException;

  /** Makes one file or directory survive a crash of the machine. */
  void flush(Path path) throws IOException;

  /**
   * Makes everything on the file system of a path survive a crash of the machine.
   *
   * @return false if this system cannot do that
   */
  boolean flushFileSystem(Path path) throws IOException;
}
