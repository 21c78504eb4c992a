package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the parts of a clone are, by its files alone.
 *
 * @param workTree what is checked out; nothing if the clone is bare
 * @param gitDirectory what is this work tree's own
 * @param commonDirectory what all work trees of the clone share
 */
record ClonePlace(Optional<Path> workTree, Path gitDirectory, Path commonDirectory) {
  private static final int LONGEST = 8192;
  private static final String LINK = "gitdir: ";

  /**
   * Finds the clone that a file or directory is in, or that is a directory itself.
   *
   * @throws SourceException if there is none
   */
  static ClonePlace around(Path place) {
    try {
      Path start = place.toRealPath();
      for (Path at = start; at != null; at = at.getParent()) {
        Path entry = at.resolve(".git");
        if (Files.isDirectory(entry)) {
          return of(Optional.of(at), entry);
        } else if (Files.isRegularFile(entry)) {
          return of(Optional.of(at), linked(entry));
        } else if (isGitDirectory(at)) {
          return of(Optional.empty(), at);
        }
      }
    } catch (NoSuchFileException e) {
      throw new SourceException(
          FailureCategory.NOT_FOUND, place + ": opening failed: it is in no Git repository", e);
    } catch (IOException e) {
      throw new SourceException(
          FailureCategory.UNAVAILABLE, place + ": opening failed: " + Failure.reasonOf(e), e);
    }
    throw new SourceException(
        FailureCategory.NOT_FOUND, place + ": opening failed: it is in no Git repository");
  }

  private static ClonePlace of(Optional<Path> workTree, Path gitDirectory) throws IOException {
    Path own = gitDirectory.toRealPath();
    Path file = own.resolve("commondir");
    Path common = Files.isRegularFile(file) ? own.resolve(line(file)).toRealPath() : own;
    if (!isGitDirectory(common)) {
      throw new SourceException(
          FailureCategory.NOT_FOUND, own + ": opening failed: it is no Git repository");
    }
    return new ClonePlace(workTree, own, common);
  }

  /** A work tree beside others, and a submodule, have a file that says where the rest is. */
  private static Path linked(Path file) throws IOException {
    String line = line(file);
    if (!line.startsWith(LINK)) {
      throw new SourceException(
          FailureCategory.INVALID_INPUT,
          file + ": opening failed: expected a line " + LINK + "PATH");
    }
    return file.resolveSibling(line.substring(LINK.length()));
  }

  private static boolean isGitDirectory(Path directory) {
    return Files.isDirectory(directory.resolve("objects"))
        && Files.isRegularFile(directory.resolve("HEAD"));
  }

  /** Returns what a small file holds, without the end of its line. */
  static String line(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST), UTF_8).strip();
    }
  }
}
