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
  private static final String LOCK_FILE = PathRules.STATE_DIRECTORY + "/lock";

  private final Path root;
  private final StateDirectory state;
  private final InstantSource clock;
  private final FileReads reads;
  private final Crew crew;
  private final Sharing sharing;
  private final Object lock = new Object();
  private final StatCache cache;
  private KeyedSnapshot<LiveFile> known = KeyedSnapshot.empty();
  private boolean loaded;

  FilesystemLive(
      StateDirectory state,
      InstantSource clock,
      FileReads reads,
      Crew crew,
      Sharing sharing,
      StatCache cache) {
    this.root = state.root();
    this.state = state;
    this.clock = clock;
    this.reads = reads;
    this.crew = crew;
    this.sharing = sharing;
    this.cache = cache;
  }

  @Override
  public LiveState observe(Scope scope, CallContext call) {
    call.checkActive("observe");
    state.check(call);
    synchronized (lock) {
      if (!loaded) {
        loaded = true;
        known = KeyedSnapshot.of(cache.load(sharing));
      }
      return scope instanceof Scope.Keys keys ? some(keys.keys(), call) : everything(call);
    }
  }

  private LiveState everything(CallContext call) {
    long sealed = sealTime();
    TreeScan scan = scan(sealed);
    scan.walk(call);
    Failure rootFailure = scan.unreadable().get("");
    if (rootFailure != null) {
      throw new LiveStateException(rootFailure);
    }
    List<LiveFile> changed = changed(scan.files());
    known = next(scan.files(), changed);
    cache.keep(known, trusted(changed), sealed);
    return new Everything(root, known, scan.directories(), Map.copyOf(scan.unreadable()));
  }

  private TreeScan scan(long sealed) {
    KeyedSnapshot<LiveFile> before = known;
    return new TreeScan(
        root,
        Set.of(PathRules.STATE_DIRECTORY),
        key -> before.get(key).orElse(null),
        sealed,
        reads,
        crew);
  }

  /**
   * Returns the time by which it is judged how fresh a change is. A pass writes its lock file when
   * it begins, and that time is the file system's own: our clock may be ahead of it.
   */
  private long sealTime() {
    Instant now = clock.instant();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    try {
      return Math.min(nanos, reads.stat(root.resolve(LOCK_FILE)).newest());
    } catch (IOException e) {
      return nanos;
    }
  }

  private List<LiveFile> changed(List<LiveFile> files) {
    List<LiveFile> changed = new ArrayList<>();
    for (LiveFile file : files) {
      if (!known.get(file.key()).equals(Optional.of(file))) {
        changed.add(sharing.file(file));
      }
    }
    return changed;
  }

  private static int trusted(List<LiveFile> files) {
    return (int) files.stream().filter(LiveFile::trusted).count();
  }

  /** Keeps the old snapshot if nothing changed, and its untouched parts if little did. */
  private KeyedSnapshot<LiveFile> next(List<LiveFile> files, List<LiveFile> changed) {
    if (changed.size() == files.size()) {
      return KeyedSnapshot.of(changed);
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
    long sealed = sealTime();
    TreeScan scan = scan(sealed);
    Map<ResourceKey, Observation> seen = new HashMap<>();
    Map<String, Boolean> ways = new HashMap<>();
    List<LiveFile> changed = new ArrayList<>();
    List<ResourceKey> gone = new ArrayList<>();
    for (ResourceKey key : keys) {
      call.checkActive("observe");
      Observation observation = look(key, scan, ways, changed);
      seen.put(key, observation);
      if (observation instanceof Observation.Absent) {
        gone.add(key);
      }
    }
    changed.removeIf(file -> known.get(file.key()).equals(Optional.of(file)));
    known = known.with(changed, gone);
    cache.keep(known, trusted(changed), sealed);
    return new Some(seen);
  }

  private Observation look(
      ResourceKey key, TreeScan scan, Map<String, Boolean> ways, List<LiveFile> changed) {
    String name = key.name();
    try {
      if (!isWay(name.substring(0, Math.max(0, name.lastIndexOf('/'))), ways)) {
        return Observation.Absent.INSTANCE;
      }
      Path path = root.resolve(name);
      FileStat stat = reads.stat(path);
      if (stat.isDirectory()) {
        return directory(key);
      }
      LiveFile file = scan.look(path, name, stat);
      changed.add(sharing.file(file));
      return new Observation.Present(file.resource());
    } catch (NoSuchFileException e) {
      return Observation.Absent.INSTANCE;
    } catch (IOException e) {
      return new Observation.Unreadable(TreeScan.failure(name, e));
    } catch (InvalidPathException e) {
      return unspeakable(name, e);
    }
  }

  /**
   * Says whether a directory and all above it are directories. What is behind a link is not in the
   * root, and below a file there is nothing.
   */
  private boolean isWay(String directory, Map<String, Boolean> ways) throws IOException {
    if (directory.isEmpty()) {
      return true;
    }
    Boolean known = ways.get(directory);
    if (known == null) {
      known =
          isWay(directory.substring(0, Math.max(0, directory.lastIndexOf('/'))), ways)
              && reads.stat(root.resolve(directory)).isDirectory();
      ways.put(directory, known);
    }
    return known;
  }

  private static Observation directory(ResourceKey key) {
    return new Observation.Present(
        LiveResource.of(key, "directory", FileDigests.ofOther("directory")));
  }

  private static Observation unspeakable(String name, InvalidPathException e) {
    return new Observation.Unreadable(
        Failure.of(
            FailureCategory.UNSUPPORTED,
            name + ": looking failed: this system's file name encoding cannot spell it",
            e));
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
      Path root,
      KeyedSnapshot<LiveFile> files,
      Set<String> directories,
      Map<String, Failure> unreadable)
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
      if (directories.contains(key.name())) {
        return directory(key);
      }
      return absent(key.name());
    }

    private Observation absent(String name) {
      try {
        return root.resolve(name).equals(root)
            ? directory(ResourceKey.file(name))
            : Observation.Absent.INSTANCE;
      } catch (InvalidPathException e) {
        return unspeakable(name, e);
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
    public void forEachPresent(Consumer<LiveResource> visitor) {
      files.forEach(file -> visitor.accept(file.resource()));
    }
  }
}
