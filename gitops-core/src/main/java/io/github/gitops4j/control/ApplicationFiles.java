package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that declare applications.
 *
 * <p>Thread-safe if what it reads is.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ApplicationFiles {
  /**
   * Reads them all.
   *
   * @return their content by path; relative paths in a file are relative to its directory
   * @throws io.github.gitops4j.error.GitOpsException if they cannot be read, all of them
   */
  SortedMap<String, byte[]> read(CallContext call);

  /**
   * Reads the YAML and JSON files of a source, such as a path of a Git repository.
   *
   * @param base a directory of this machine: what a file says relative to itself is looked for
   *     there, as nothing that is trusted comes from the source
   */
  static ApplicationFiles of(TreeSource source, Path base) {
    requireNonNull(source, "source");
    requireNonNull(base, "base");
    return call -> {
      SourceTree tree = source.fetch(source.latest(call), call).tree();
      List<TreeEntry> entries = new ArrayList<>();
      tree.forEach(entries::add, call);
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (TreeEntry entry : entries) {
        if (entry.path().matches(".*\\.(ya?ml|json)")) {
          files.put(base.resolve(entry.path()).toString(), bytes(source, tree, entry));
        }
      }
      return files;
    };
  }

  private static byte[] bytes(TreeSource source, SourceTree tree, TreeEntry entry) {
    try (InputStream in = tree.open(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new SourceException(
          FailureCategory.UNAVAILABLE,
          source.id() + ": reading " + entry.path() + " failed: " + e.getMessage(),
          e);
    }
  }
}
