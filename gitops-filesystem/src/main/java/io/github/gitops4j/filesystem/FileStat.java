package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a file system says of one name without following links: the key by which a changed file is
 * noticed. It holds the change time, which a program cannot set back.
 *
 * @param inode inode number
 * @param size bytes
 * @param modified modification time in nanoseconds
 * @param changed change time in nanoseconds
 * @param mode type and permission bits
 */
record FileStat(long inode, long size, long modified, long changed, int mode) {
  private static final String ATTRIBUTES = "unix:ino,size,lastModifiedTime,ctime,mode";
  private static final int TYPE_MASK = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;
  private static final int OWNER_EXECUTES = 0100;

  /** Reads the stat of a path. */
  static FileStat of(Path path) throws IOException {
    Map<String, Object> all = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    return new FileStat(
        attribute(all, "ino", Long.class),
        attribute(all, "size", Long.class),
        attribute(all, "lastModifiedTime", FileTime.class).to(TimeUnit.NANOSECONDS),
        attribute(all, "ctime", FileTime.class).to(TimeUnit.NANOSECONDS),
        attribute(all, "mode", Integer.class));
  }

  private static <T> T attribute(Map<String, Object> all, String name, Class<T> type) {
    return type.cast(requireNonNull(all.get(name), name));
  }

  boolean isDirectory() {
    return (mode & TYPE_MASK) == DIRECTORY;
  }

  boolean isRegular() {
    return (mode & TYPE_MASK) == REGULAR;
  }

  boolean isLink() {
    return (mode & TYPE_MASK) == LINK;
  }

  boolean isExecutable() {
    return (mode & OWNER_EXECUTES) != 0;
  }

  /** Returns the newest of the two times. */
  long newest() {
    return Math.max(modified, changed);
  }

  /** Returns the stat as a version token. */
  String token() {
    return inode + "-" + size + "-" + modified + "-" + changed + "-" + Integer.toOctalString(mode);
  }
}
