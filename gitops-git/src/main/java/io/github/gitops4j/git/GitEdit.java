package io.github.gitops4j.git;

import io.github.gitops4j.source.Revision;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/**
 * Files get new content or go, such as one that names an image. It is made only where all of them
 * are still as at the base.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class GitEdit implements GitChange {
  private final Revision base;
  private final SortedMap<String, Optional<byte[]>> files;

  private GitEdit(Revision base, SortedMap<String, Optional<byte[]>> files) {
    this.base = base;
    this.files = files;
  }

  @Override
  public Revision base() {
    return base;
  }

  /** Returns the paths of the files, in order. */
  public Set<String> paths() {
    return Collections.unmodifiableSet(files.keySet());
  }

  /** Returns the content of each file, or nothing for one that goes; nobody changes the bytes. */
  SortedMap<String, Optional<byte[]>> files() {
    return files;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GitEdit that
        && base.equals(that.base)
        && paths().equals(that.paths())
        && paths().stream()
            .allMatch(
                path ->
                    Arrays.equals(
                        files.getOrDefault(path, Optional.empty()).orElse(null),
                        that.files.getOrDefault(path, Optional.empty()).orElse(null)));
  }

  @Override
  public int hashCode() {
    return base.hashCode() * 31 + paths().hashCode();
  }

  /** Returns the base and the paths; what is in the files may be secret. */
  @Override
  public String toString() {
    return base + " " + files.keySet();
  }

  /** Builds a {@link GitEdit}. Confined to one thread. */
  public static final class Builder {
    private final Revision base;
    private final SortedMap<String, Optional<byte[]>> files = new TreeMap<>();

    Builder(Revision base) {
      this.base = Branches.check(base);
    }

    /**
     * Writes a file. One that is there keeps its mode; a new one is not executable.
     *
     * @param path {@code /} between parts
     * @throws IllegalArgumentException if Git would not check such a path out
     */
    public Builder put(String path, byte[] content) {
      files.put(checked(path), Optional.of(content.clone()));
      return this;
    }

    /**
     * Removes a file.
     *
     * @throws IllegalArgumentException if Git would not check such a path out
     */
    public Builder remove(String path) {
      files.put(checked(path), Optional.empty());
      return this;
    }

    private static String checked(String path) {
      try {
        new ObjectChecker().setSafeForMacOS(true).checkPath(path);
        return new GitScope(Revision.ofId("0".repeat(40)), path).path();
      } catch (CorruptObjectException e) {
        throw new IllegalArgumentException("not the path of a file: " + e.getMessage(), e);
      }
    }

    /**
     * Builds the change.
     *
     * @throws IllegalArgumentException if it names no file, or one within another one
     */
    public GitEdit build() {
      for (String path : files.keySet()) {
        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
          if (files.containsKey(path.substring(0, at))) {
            throw new IllegalArgumentException(path + " is within another file of this edit");
          }
        }
      }
      if (files.isEmpty()) {
        throw new IllegalArgumentException("an edit names at least one file");
      }
      return new GitEdit(base, Collections.unmodifiableSortedMap(new TreeMap<>(files)));
    }
  }
}
