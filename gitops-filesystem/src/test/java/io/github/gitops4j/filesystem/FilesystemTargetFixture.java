package io.github.gitops4j.filesystem;

import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files in a directory. */
final class FilesystemTargetFixture implements TargetFixture {
  private final ReplaceStyle style;
  private final Path root;
  private final Path place;
  private final CountedReads reads = new CountedReads();
  private final FilesystemTarget target;
  private final @Nullable TellingWatch watch;

  FilesystemTargetFixture(Path temp) {
    this(temp, ReplaceStyle.ATOMIC);
  }

  FilesystemTargetFixture(Path temp, ReplaceStyle style) {
    this(place(temp), style, null);
  }

  private FilesystemTargetFixture(Path root, ReplaceStyle style, @Nullable TellingWatch watch) {
    this.root = root;
    this.style = style;
    this.watch = watch;
    try {
      this.place = root.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FilesystemTarget.Builder builder = FilesystemTarget.builder(root).reads(reads).replacing(style);
    this.target = (watch == null ? builder : builder.watch(watch.watch)).build();
  }

  private static Path place(Path temp) {
    try {
      return Files.createTempDirectory(temp, "root");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path linked(Path place) {
    try {
      return Files.createSymbolicLink(place.resolveSibling("link-" + place.getFileName()), place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a directory that is watched. */
  static FilesystemTargetFixture watched(Path temp) {
    return new FilesystemTargetFixture(place(temp), ReplaceStyle.ATOMIC, new TellingWatch());
  }

  /** Returns a directory that is reached through a symbolic link. */
  static FilesystemTargetFixture linkedTo(Path temp) {
    return new FilesystemTargetFixture(linked(place(temp)), ReplaceStyle.ATOMIC, null);
  }

  /** Returns a directory that is watched and reached through a symbolic link. */
  static FilesystemTargetFixture watchedAndLinked(Path temp) {
    return new FilesystemTargetFixture(
        linked(place(temp)), ReplaceStyle.ATOMIC, new TellingWatch());
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public FilesystemTarget reopen() {
    return FilesystemTarget.builder(root).replacing(style).build();
  }

  @Override
  public ResourceKey key(String name) {
    return ResourceKey.file(name);
  }

  @Override
  public void declare(InMemoryTreeSource.Files files, String name, String content) {
    files.put(name, content);
  }

  @Override
  public void withdraw(InMemoryTreeSource.Files files, String name) {
    files.remove(name);
  }

  @Override
  public void write(String name, String content) {
    run(() -> Files.writeString(root.resolve(name), content));
  }

  @Override
  public void remove(String name) {
    run(() -> Files.delete(root.resolve(name)));
  }

  @Override
  public SortedMap<String, String> contents() {
    SortedMap<String, String> contents = new TreeMap<>();
    run(
        () -> {
          try (Stream<Path> files = Files.list(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
              contents.put(root.relativize(file).toString(), Files.readString(file));
            }
          } catch (NoSuchFileException e) {
            // Replaced between listing and reading: the reader looks again.
          }
        });
    return contents;
  }

  @Override
  public Optional<String> content(String name) {
    try {
      return Optional.of(Files.readString(root.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> keptAside() {
    List<String> kept = new ArrayList<>();
    run(
        () -> {
          Path quarantine = root.resolve(PathRules.STATE_DIRECTORY).resolve("quarantine");
          try (Stream<Path> files = Files.walk(quarantine)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
              kept.add(Files.readString(file));
            }
          }
        });
    return kept;
  }

  /** Permissions do not stop the superuser of a container, so reading it is refused on the way. */
  @Override
  public void makeUnreadable(String name) {
    reads.before(
        root.resolve(name),
        () -> {
          throw new AccessDeniedException(name);
        });
  }

  /** Puts a copy in the place of the root. */
  @Override
  public void confuseFeed() {
    run(
        () -> {
          Path old = place.resolveSibling("old-" + place.getFileName());
          Files.move(place, old);
          Files.createDirectory(place);
          try (Stream<Path> files = Files.list(old)) {
            for (Path file : files.toList()) {
              Files.move(file, root.resolve(file.getFileName()));
            }
          }
        });
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }

  @Override
  public void makeUnreachable() {
    run(() -> Files.move(place, place.resolveSibling("moved-" + place.getFileName())));
  }
}
