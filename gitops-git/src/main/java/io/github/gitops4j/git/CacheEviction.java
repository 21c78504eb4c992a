package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Removes repositories of a cache that nobody uses, those that were used longest ago first. */
final class CacheEviction {
  private final Path directory;
  private final Optional<Duration> unusedFor;
  private final OptionalLong maxBytes;

  CacheEviction(Path directory, Optional<Duration> unusedFor, OptionalLong maxBytes) {
    this.directory = directory;
    this.unusedFor = unusedFor;
    this.maxBytes = maxBytes;
  }

  private record Candidate(Path repository, Instant lastUsed, long bytes) {}

  /** Returns before when a repository must have been used to be removed for its age alone. */
  Optional<Instant> limit(Instant now) {
    return unusedFor.map(now::minus);
  }

  /** Removes what is over the bounds, and leaves what is in use as it is. */
  void run(Instant now) throws IOException {
    if (unusedFor.isEmpty() && maxBytes.isEmpty()) {
      return;
    }
    List<Candidate> candidates = candidates();
    long bytes = candidates.stream().mapToLong(Candidate::bytes).sum();
    for (Candidate candidate : candidates) {
      boolean old = limit(now).filter(time -> candidate.lastUsed().isBefore(time)).isPresent();
      boolean large = maxBytes.isPresent() && bytes > maxBytes.getAsLong();
      if ((old || large) && remove(candidate.repository())) {
        bytes -= candidate.bytes();
      }
    }
  }

  private List<Candidate> candidates() throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    try (DirectoryStream<Path> repositories = Files.newDirectoryStream(directory, "*.git")) {
      for (Path repository : repositories) {
        long bytes = maxBytes.isPresent() ? bytes(repository) : 0;
        candidates.add(new Candidate(repository, RepositoryUse.lastUsed(repository), bytes));
      }
    }
    candidates.sort(Comparator.comparing(Candidate::lastUsed).thenComparing(Candidate::repository));
    return candidates;
  }

  private static boolean remove(Path repository) throws IOException {
    List<Path> moved = new ArrayList<>();
    RepositoryUse.ifUnused(repository, () -> moved.add(Leftovers.moveAway(repository)));
    for (Path discarded : moved) {
      Leftovers.deleteTree(discarded);
    }
    return !moved.isEmpty();
  }

  private static long bytes(Path repository) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        repository,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          /** Others write and delete here meanwhile. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }
}
