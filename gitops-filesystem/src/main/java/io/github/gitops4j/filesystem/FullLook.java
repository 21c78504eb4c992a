package io.github.gitops4j.filesystem;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a walk over everything found.
 *
 * <p>Immutable.
 *
 * @param root the directory
 * @param wanted says of which keys it tells
 * @param files what is in it and wanted
 * @param directories its directories, by path
 * @param unreadable what could not be read: a file, or a directory with all that is below it
 * @param number the number of this walk
 * @param changes the keys of which something else was seen than at the walk before or since then,
 *     or nothing if that cannot be told
 */
record FullLook(
    Path root,
    Predicate<ResourceKey> wanted,
    KeyedSnapshot<LiveFile> files,
    Set<String> directories,
    Map<String, Failure> unreadable,
    long number,
    Optional<Set<ResourceKey>> changes)
    implements LiveState {

  @Override
  public Observation observation(ResourceKey key) {
    LiveFile file = files.get(key).orElse(null);
    if (file != null) {
      return new Observation.Present(file.resource());
    }
    if (!wanted.test(key)) {
      throw new IllegalArgumentException(key + " was not wanted");
    }
    Failure failure = failure(key.name());
    if (failure != null) {
      return new Observation.Unreadable(failure);
    }
    if (directories.contains(key.name())) {
      return FilesystemLive.directory(key);
    }
    return absent(key.name());
  }

  private Observation absent(String name) {
    try {
      return root.resolve(name).equals(root)
          ? FilesystemLive.directory(ResourceKey.file(name))
          : Observation.Absent.INSTANCE;
    } catch (InvalidPathException e) {
      return FilesystemLive.unspeakable(name, e);
    }
  }

  private @Nullable Failure failure(String name) {
    if (unreadable.isEmpty()) {
      return null;
    }
    Failure own = unreadable.get(name);
    for (int slash = name.lastIndexOf('/');
        own == null && slash > 0;
        slash = name.lastIndexOf('/', slash - 1)) {
      own = unreadable.get(name.substring(0, slash));
    }
    return own;
  }

  @Override
  public OptionalLong generation() {
    return OptionalLong.of(number);
  }

  @Override
  public Optional<Set<ResourceKey>> changedSince(long generation) {
    if (generation == number) {
      return Optional.of(Set.of());
    }
    return generation == number - 1 ? changes : Optional.empty();
  }

  @Override
  public void forEachPresent(Consumer<LiveResource> visitor) {
    files.forEach(file -> visitor.accept(file.resource()));
  }
}
