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
import java.util.function.Predicate;

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
  private final KnownFiles known = new KnownFiles();
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
        known.start(cache.load(sharing));
      }
      return scope instanceof Scope.Keys keys
          ? some(keys.keys(), call)
          : everything(((Scope.Everything) scope).wanted(), call);
    }
  }

  private LiveState everything(Predicate<ResourceKey> wanted, CallContext call) {
    long sealed = sealTime();
    TreeScan scan = scan(wanted, sealed);
    scan.walk(call);
    Failure rootFailure = scan.unreadable().get("");
    if (rootFailure != null) {
      throw new LiveStateException(rootFailure);
    }
    FullLook look = known.everything(root, scan, wanted, sharing);
    cache.keep(known.files(), trusted(scan.changed()), sealed);
    return look;
  }

  private TreeScan scan(Predicate<ResourceKey> wanted, long sealed) {
    KeyedSnapshot<LiveFile> before = known.files();
    return new TreeScan(
        root,
        ScanNames.declarable(PathRules.STATE_DIRECTORY),
        wanted,
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

  private LiveState some(Set<ResourceKey> keys, CallContext call) {
    long sealed = sealTime();
    TreeScan scan = scan(keys::contains, sealed);
    Map<ResourceKey, Observation> seen = new HashMap<>();
    Map<String, Boolean> ways = new HashMap<>();
    List<LiveFile> changed = new ArrayList<>();
    List<ResourceKey> absent = new ArrayList<>();
    for (ResourceKey key : keys) {
      call.checkActive("observe");
      Observation observation = look(key, scan, ways, changed, call);
      seen.put(key, observation);
      if (observation instanceof Observation.Absent) {
        absent.add(key);
      }
    }
    known.some(keys, changed, absent);
    cache.keep(known.files(), trusted(changed), sealed);
    return new Some(seen);
  }

  private static int trusted(List<LiveFile> files) {
    return (int) files.stream().filter(LiveFile::trusted).count();
  }

  private Observation look(
      ResourceKey key,
      TreeScan scan,
      Map<String, Boolean> ways,
      List<LiveFile> changed,
      CallContext call) {
    String name = key.name();
    try {
      if (!isWay(PathRules.parent(name), ways)) {
        return Observation.Absent.INSTANCE;
      }
      Path path = root.resolve(name);
      FileStat stat = reads.stat(path);
      if (stat.isDirectory()) {
        return directory(key);
      }
      Optional<LiveFile> before = known.files().get(key);
      LiveFile file = sharing.file(scan.look(path, key, stat, before.orElse(null), call));
      if (!before.equals(Optional.of(file))) {
        changed.add(file);
      }
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
          isWay(PathRules.parent(directory), ways)
              && reads.stat(root.resolve(directory)).isDirectory();
      ways.put(directory, known);
    }
    return known;
  }

  static Observation directory(ResourceKey key) {
    return new Observation.Present(
        LiveResource.of(key, "directory", FileDigests.ofOther("directory")));
  }

  static Observation unspeakable(String name, InvalidPathException e) {
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
}
