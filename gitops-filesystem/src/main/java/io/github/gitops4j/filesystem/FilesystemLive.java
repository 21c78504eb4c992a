package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Observes a directory. A file is read only if its stat changed since it was read last, or if that
 * was too shortly after it was changed to be sure.
 *
 * <p>Thread-safe.
 */
final class FilesystemLive implements LiveStateProvider {
  private final Path root;
  private final RootGuard guard;
  private final InstantSource clock;
  private final Object lock = new Object();
  private KeyedSnapshot<LiveFile> known = KeyedSnapshot.empty();

  FilesystemLive(Path root, RootGuard guard, InstantSource clock) {
    this.root = root;
    this.guard = guard;
    this.clock = clock;
  }

  @Override
  public LiveState observe(Scope scope, CallContext call) {
    call.checkActive("observe");
    guard.check(call);
    synchronized (lock) {
      return scope instanceof Scope.Keys keys ? some(keys.keys(), call) : everything(call);
    }
  }

  private LiveState everything(CallContext call) {
    TreeScan scan = scan();
    scan.walk(call);
    Failure rootFailure = scan.unreadable().get("");
    if (rootFailure != null) {
      throw new LiveStateException(rootFailure);
    }
    known = next(scan.files());
    return new Everything(known, scan.directories(), Map.copyOf(scan.unreadable()));
  }

  private TreeScan scan() {
    Instant now = clock.instant();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    KeyedSnapshot<LiveFile> before = known;
    return new TreeScan(
        root, Set.of(PathRules.STATE_DIRECTORY), key -> before.get(key).orElse(null), nanos);
  }

  /** Keeps the old snapshot if nothing changed, and its untouched parts if little did. */
  private KeyedSnapshot<LiveFile> next(List<LiveFile> files) {
    List<LiveFile> changed = new ArrayList<>();
    for (LiveFile file : files) {
      if (!known.get(file.key()).equals(Optional.of(file))) {
        changed.add(file);
      }
    }
    if (changed.size() == files.size()) {
      return KeyedSnapshot.of(files);
    }
    KeyedSnapshot<LiveFile> updated = known.with(changed, List.of());
    if (updated.size() == files.size()) {
      return updated;
    }
    Map<ResourceKey, LiveFile> present = new HashMap<>();
    files.forEach(file -> present.put(file.key(), file));
    List<ResourceKey> gone = new ArrayList<>();
    updated.forEach(
        file -> {
          if (!present.containsKey(file.key())) {
            gone.add(file.key());
          }
        });
    return updated.with(List.of(), gone);
  }

  private LiveState some(Set<ResourceKey> keys, CallContext call) {
    TreeScan scan = scan();
    Map<ResourceKey, Observation> seen = new HashMap<>();
    List<LiveFile> changed = new ArrayList<>();
    List<ResourceKey> gone = new ArrayList<>();
    for (ResourceKey key : keys) {
      call.checkActive("observe");
      Observation observation = look(key, scan, changed);
      seen.put(key, observation);
      if (observation instanceof Observation.Absent) {
        gone.add(key);
      }
    }
    known = known.with(changed, gone);
    return new Some(seen);
  }

  private Observation look(ResourceKey key, TreeScan scan, List<LiveFile> changed) {
    try {
      Path path = root.resolve(key.name());
      if (linkOnTheWay(key.name())) {
        return Observation.Absent.INSTANCE;
      }
      LiveFile file = scan.look(path, key.name(), FileStat.of(path));
      changed.add(file);
      return new Observation.Present(file.resource());
    } catch (NoSuchFileException e) {
      return Observation.Absent.INSTANCE;
    } catch (FileSystemException e) {
      return notADirectory(e)
          ? Observation.Absent.INSTANCE
          : new Observation.Unreadable(TreeScan.failure(key.name(), e));
    } catch (IOException e) {
      return new Observation.Unreadable(TreeScan.failure(key.name(), e));
    } catch (InvalidPathException e) {
      return new Observation.Unreadable(
          Failure.of(
              FailureCategory.UNSUPPORTED,
              key.name() + ": looking failed: this system's file name encoding cannot spell it",
              e));
    }
  }

  /** Says whether a directory on the way is a link: what is behind it is not in the root. */
  private boolean linkOnTheWay(String name) {
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      if (Files.isSymbolicLink(root.resolve(name.substring(0, slash)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean notADirectory(FileSystemException e) {
    String reason = e.getReason();
    return reason != null && reason.contains("Not a directory");
  }

  private record Some(Map<ResourceKey, Observation> seen) implements LiveState {
    @Override
    public Observation observation(ResourceKey key) {
      Observation observation = seen.get(key);
      if (observation == null) {
        throw new IllegalArgumentException(key + " was not looked at");
      }
      return observation;
    }

    @Override
    public void forEachPresent(Consumer<LiveResource> visitor) {
      for (Observation observation : seen.values()) {
        if (observation instanceof Observation.Present present) {
          visitor.accept(present.resource());
        }
      }
    }
  }

  private record Everything(
      KeyedSnapshot<LiveFile> files, Set<String> directories, Map<String, Failure> unreadable)
      implements LiveState {

    @Override
    public Observation observation(ResourceKey key) {
      LiveFile file = files.get(key).orElse(null);
      if (file != null) {
        return new Observation.Present(file.resource());
      }
      Failure failure = failure(key.name());
      if (failure != null) {
        return new Observation.Unreadable(failure);
      }
      return directories.contains(key.name())
          ? new Observation.Present(
              LiveResource.of(key, "directory", FileDigests.ofOther("directory")))
          : Observation.Absent.INSTANCE;
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
    public void forEachPresent(Consumer<LiveResource> visitor) {
      files.forEach(file -> visitor.accept(file.resource()));
    }
  }
}
