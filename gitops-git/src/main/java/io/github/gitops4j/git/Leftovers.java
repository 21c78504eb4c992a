package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a process that died leaves in a repository: lock files, half a pack, a repository that was
 * being deleted. To be called by who holds the lock of the cache only, as all of it is then
 * nobody's.
 */
final class Leftovers {
  private static final String DISCARDED = ".discarded-";

  private Leftovers() {}

  /** Deletes all leftovers. */
  static void sweep(Path repository) throws IOException {
    deleteAll(repository, "*.{lock,part}");
    deleteAll(repository.resolve("objects"), "{incoming_,noz,unpack}*");
    deleteAll(repository.resolve("objects/pack"), "{incoming_*,gc_*,*.tmp,*_tmp,*.keep}");
    sweepHalfPacks(repository.resolve("objects/pack"));
    Path refs = repository.resolve("refs");
    if (Files.exists(refs)) {
      Files.walkFileTree(refs, new LockDeletion(refs.resolve(CacheRefs.INCOMING)));
    }
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(
            repository.getParent(), repository.getFileName() + DISCARDED + "*")) {
      for (Path discarded : siblings) {
        deleteTree(discarded);
      }
    }
  }

  /** A pack gets its name first and its index second; without the index it is nothing. */
  private static void sweepHalfPacks(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (DirectoryStream<Path> packs = Files.newDirectoryStream(directory, "pack-*.pack")) {
      for (Path pack : packs) {
        if (!Files.exists(PackFiles.index(pack))) {
          Files.deleteIfExists(pack);
        }
      }
    }
  }

  /** Deletes objects outside packs. JGit keeps copies there of large ones that it put together. */
  static void deleteLoose(Path repository) throws IOException {
    try (DirectoryStream<Path> loose =
        Files.newDirectoryStream(repository.resolve("objects"), "[0-9a-f][0-9a-f]")) {
      for (Path directory : loose) {
        deleteTree(directory);
      }
    }
  }

  private static void deleteAll(Path directory, String glob) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Moves a repository out of the way in one step, and then deletes it. */
  static void discard(Path repository) throws IOException {
    deleteTree(moveAway(repository));
  }

  /** Moves a repository out of the way; {@link #deleteTree} deletes what is returned. */
  static Path moveAway(Path repository) throws IOException {
    Path discarded =
        repository.resolveSibling(repository.getFileName() + DISCARDED + UUID.randomUUID());
    try {
      Files.move(repository, discarded);
    } catch (NoSuchFileException e) {
      // Somebody else was faster.
    }
    return discarded;
  }

  static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(directory, new Deletion());
  }

  /** Others may write and delete in the same tree; what they leave is deleted the next time. */
  private static class Tolerant extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Deletion extends Tolerant {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
      // A directory that is not empty is told by its being there.
      visited.toFile().delete();
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class LockDeletion extends Tolerant {
    private final Path incoming;

    LockDeletion(Path incoming) {
      this.incoming = incoming;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.toString().endsWith(".lock") || file.startsWith(incoming)) {
        Files.deleteIfExists(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
