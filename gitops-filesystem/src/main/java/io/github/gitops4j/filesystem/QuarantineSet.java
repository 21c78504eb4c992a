package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one operation put into quarantine.
 *
 * @param directory where it is
 * @param files the files
 * @param bytes their size
 * @param newest when the last one came
 */
record QuarantineSet(Path directory, List<Path> files, long bytes, Instant newest) {

  /** Reads all sets. */
  static List<QuarantineSet> newestFirst(Path quarantine) throws IOException {
    List<QuarantineSet> sets = new ArrayList<>();
    try (Stream<Path> directories = Files.list(quarantine)) {
      for (Path directory : directories.toList()) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
          sets.add(read(directory));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    sets.sort(
        Comparator.comparing(QuarantineSet::newest)
            .thenComparing(QuarantineSet::directory)
            .reversed());
    return sets;
  }

  private static QuarantineSet read(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    long bytes = 0;
    Instant newest = Instant.EPOCH;
    List<Path> all;
    try (Stream<Path> below = Files.walk(directory)) {
      all = below.sorted().toList();
    }
    for (Path path : all) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        // A file keeps its own time; the directory's says when the file came.
        Instant came = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        newest = came.isAfter(newest) ? came : newest;
      } else {
        files.add(path);
        bytes += FileStat.of(path).size();
      }
    }
    return new QuarantineSet(directory, files, bytes, newest);
  }

  Duration age(Instant now) {
    return Duration.between(newest, now);
  }
}
