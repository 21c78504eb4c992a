package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.PathPatterns;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @throws io.github.gitops4j.error.GitOpsException if they cannot be read, all of them
   */
  Found read(CallContext call);

  /**
   * Files as they were read.
   *
   * @param contents their content by path; relative paths in a file are relative to its directory
   * @param place the tree in which they are, into which sets in them may look
   */
  record Found(SortedMap<String, byte[]> contents, Optional<Place> place) {
    /** Checks the parts. */
    public Found {
      requireNonNull(contents, "contents");
      requireNonNull(place, "place");
    }

    /** Returns files that are in no source. */
    public static Found of(SortedMap<String, byte[]> contents) {
      return new Found(contents, Optional.empty());
    }
  }

  /**
   * Where files are.
   *
   * @param source the id of the source
   * @param tree its tree, at the revision of the files
   */
  record Place(String source, SourceTree tree) {
    /** Checks the parts. */
    public Place {
      requireNonNull(source, "source");
      requireNonNull(tree, "tree");
    }
  }

  /**
   * Reads the YAML and JSON files of a source, such as a path of a Git repository: all of them.
   *
   * @param base a directory of this machine: what a file says relative to itself is looked for
   *     there, as nothing that is trusted comes from the source
   */
  static ApplicationFiles of(TreeSource source, Path base) {
    return of(source, base, PathPatterns.of(List.of("**"), List.of()));
  }

  /**
   * Reads some of the YAML and JSON files of a source. Sets in them may look at all of it.
   *
   * @param base a directory of this machine: what a file says relative to itself is looked for
   *     there, as nothing that is trusted comes from the source
   * @param paths which files declare applications; the others may be what they consist of
   */
  static ApplicationFiles of(TreeSource source, Path base, PathPatterns paths) {
    requireNonNull(source, "source");
    requireNonNull(paths, "paths");
    requireNonNull(base, "base");
    return call -> {
      SourceTree tree = source.fetch(source.latest(call), call).tree();
      List<TreeEntry> entries = new ArrayList<>();
      tree.forEach(
          entry -> {
            if (entry.path().matches(".*\\.(ya?ml|json)") && paths.take(entry.path())) {
              entries.add(entry);
            }
          },
          call);
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (TreeEntry entry : entries) {
        files.put(base.resolve(entry.path()).toString(), bytes(source, tree, entry));
      }
      return new Found(files, Optional.of(new Place(source.id(), tree)));
    };
  }

  private static byte[] bytes(TreeSource source, SourceTree tree, TreeEntry entry) {
    try (InputStream in = tree.open(entry)) {
      return DocumentLimits.defaults().read(in);
    } catch (IOException e) {
      throw new SourceException(
          FailureCategory.UNAVAILABLE,
          source.id() + ": reading " + entry.path() + " failed: " + Failure.reasonOf(e),
          e);
    }
  }
}
