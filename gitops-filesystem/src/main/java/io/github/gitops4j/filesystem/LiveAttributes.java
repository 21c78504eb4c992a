package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a file has beside its content that nobody declares and that its successor inherits: owner,
 * group, and who may read and write it.
 *
 * @param names number of hard links
 * @param owner number of the owner
 * @param group number of the group
 * @param mode type and permission bits
 */
record LiveAttributes(int names, int owner, int group, int mode) {
  private static final int TYPE_MASK = 0170000;
  private static final int LINK = 0120000;
  private static final int OWNER_READS = 0400;
  private static final int OWNER_EXECUTES = 0100;

  static LiveAttributes of(Path path) throws IOException {
    Map<String, Object> all =
        Files.readAttributes(path, "unix:nlink,uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
    return new LiveAttributes(
        number(all, "nlink"), number(all, "uid"), number(all, "gid"), number(all, "mode"));
  }

  boolean isLink() {
    return (mode & TYPE_MASK) == LINK;
  }

  /** Returns what of the mode is declared. */
  FileMode declared() {
    return (mode & OWNER_EXECUTES) != 0 ? FileMode.EXECUTABLE : FileMode.REGULAR;
  }

  /** Returns who may do what. */
  Set<PosixFilePermission> permissions() {
    return permissions(mode);
  }

  private static int number(Map<String, Object> all, String name) {
    return ((Number) requireNonNull(all.get(name), name)).intValue();
  }

  /** A file with other names is somebody's, who means all of them to be one. */
  void requireNames(ResourceKey key, int allowed) {
    if (names > allowed && !isLink()) {
      throw new ApplyException(
          FailureCategory.CONFLICT,
          key + ": writing failed: it has " + (names - allowed) + " more name(s) (hard links)");
    }
  }

  /** Gives a staged file what its predecessor had. */
  void passOnTo(Path staged, ResourceKey key, Disk disk) throws IOException {
    LiveAttributes fresh = of(staged);
    if (isLink() || fresh.isLink()) {
      return;
    }
    Set<PosixFilePermission> before = permissions(fresh.mode);
    Set<PosixFilePermission> after = inherited(before.contains(PosixFilePermission.OWNER_EXECUTE));
    if (owner != fresh.owner || group != fresh.group) {
      give(staged, key, disk);
    }
    if (!after.equals(before)) {
      disk.permit(staged, after);
    }
  }

  private void give(Path staged, ResourceKey key, Disk disk) {
    try {
      disk.give(staged, owner, group);
    } catch (IOException e) {
      throw new ApplyException(
          FailureCategory.FORBIDDEN,
          key + ": writing failed: its owner " + owner + ":" + group + " cannot be kept",
          e);
    }
  }

  /** The executable bit is declared: who may read may execute, or nobody. */
  private Set<PosixFilePermission> inherited(boolean executable) {
    int bits = mode & 0666;
    return permissions(executable ? bits | ((bits & 0444) >> 2) | 0100 : bits);
  }

  /** The constants are in the order of the bits, from the owner's read bit on. */
  private static Set<PosixFilePermission> permissions(int bits) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    int bit = OWNER_READS;
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((bits & bit) != 0) {
        set.add(permission);
      }
      bit >>= 1;
    }
    return set;
  }
}
