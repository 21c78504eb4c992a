package io.github.gitops4j.testkit;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A live system in memory: documents by key, which a test can edit behind the engine's back.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemorySystem implements LiveStateProvider {
  private final Object lock = new Object();
  private final SortedMap<ResourceKey, LiveResource> resources = new TreeMap<>();
  private final Map<ResourceKey, Failure> unreadable = new HashMap<>();
  private final Set<ResourceKey> held = new HashSet<>();
  private final Set<ResourceKey> going = new HashSet<>();
  private final Feed feed = new Feed();
  private final Map<ResourceKey, Long> changes = new HashMap<>();
  private long changed;
  private boolean reachable = true;
  private boolean feeding = true;
  private long counter;

  /** Creates an empty system with a change feed. */
  public InMemorySystem() {}

  /** Takes the change feed away, so that every pass looks at everything. */
  public void withoutFeed() {
    synchronized (lock) {
      feeding = false;
    }
  }

  /** Writes a resource as somebody else would, from YAML. */
  public void put(ResourceKey key, String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    put(key, YamlReader.create().read(key.toString(), bytes).get(0).document(), "");
  }

  /**
   * Writes a resource.
   *
   * @param owner owner mark that it bears from now on; empty text for none
   */
  public LiveResource put(ResourceKey key, Document document, String owner) {
    synchronized (lock) {
      LiveResource before = resources.get(key);
      String uid = before == null ? "uid-" + ++counter : before.uid();
      LiveResource after =
          new LiveResource(
              requireNonNull(key, "key"),
              Long.toString(++counter),
              document.digest(),
              uid,
              owner,
              Optional.of(document));
      resources.put(key, after);
      note(key);
      return after;
    }
  }

  /** Removes a resource; removing what is not there does nothing. */
  public void remove(ResourceKey key) {
    synchronized (lock) {
      resources.remove(key);
      note(key);
    }
  }

  /** Makes a resource stay when it is asked to go, until {@link #letGo}. */
  public void hold(ResourceKey key) {
    synchronized (lock) {
      held.add(requireNonNull(key, "key"));
    }
  }

  /** Lets a resource go that was held; if it was asked to go meanwhile, it is removed. */
  public void letGo(ResourceKey key) {
    synchronized (lock) {
      held.remove(key);
      if (going.remove(key)) {
        remove(key);
      }
    }
  }

  /** Asks a resource to go, and says whether it did; one that is held stays. */
  boolean askToGo(ResourceKey key) {
    synchronized (lock) {
      if (held.contains(key)) {
        going.add(key);
        return false;
      }
      remove(key);
      return true;
    }
  }

  /** Returns a resource as it is now. */
  public Optional<LiveResource> get(ResourceKey key) {
    synchronized (lock) {
      return Optional.ofNullable(resources.get(key));
    }
  }

  /** Returns all resources as they are now, by key. */
  public SortedMap<ResourceKey, LiveResource> resources() {
    synchronized (lock) {
      return new TreeMap<>(resources);
    }
  }

  /** Makes a key unreadable, whether it is there or not. */
  public void makeUnreadable(ResourceKey key, FailureCategory category) {
    synchronized (lock) {
      unreadable.put(key, Failure.of(category, key + ": reading failed: by order of the test"));
      note(key);
    }
  }

  /** Makes a key readable again. */
  public void makeReadable(ResourceKey key) {
    synchronized (lock) {
      unreadable.remove(key);
      note(key);
    }
  }

  /** Makes the whole system unreachable, or reachable again. */
  public void reachable(Reachability value) {
    synchronized (lock) {
      reachable = value == Reachability.UP;
    }
  }

  /** Whether the system answers at all. */
  public enum Reachability {
    /** It answers. */
    UP,
    /** It does not. */
    DOWN
  }

  /** Lets the feed lose track, as after an overflow. */
  public void invalidateFeed() {
    synchronized (lock) {
      feed.valid = false;
      feed.tell();
    }
  }

  /** Reports a key on the feed although nothing changed. */
  public void touchFeed(ResourceKey key) {
    synchronized (lock) {
      feed.dirty.add(key);
      feed.tell();
    }
  }

  /** Tells those who listen that something about a resource changed that nobody could own. */
  void stir(ResourceKey key) {
    feed.listeners.forEach(listener -> listener.stirred(key));
  }

  private void note(ResourceKey key) {
    changes.put(key, ++changed);
    feed.dirty.add(key);
    feed.tell();
  }

  @Override
  public LiveState observe(Scope scope, CallContext call) {
    call.checkActive("observe");
    synchronized (lock) {
      if (!reachable) {
        throw new LiveStateException(
            FailureCategory.UNAVAILABLE, "memory: observing failed: made unreachable by the test");
      }
      return new Seen(
          scope, new TreeMap<>(resources), Map.copyOf(unreadable), changed, Map.copyOf(changes));
    }
  }

  @Override
  public Optional<ChangeFeed> changeFeed() {
    synchronized (lock) {
      return feeding ? Optional.of(feed) : Optional.empty();
    }
  }

  private final class Feed implements ChangeFeed {
    private final Set<ResourceKey> dirty = new HashSet<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private boolean valid;

    void tell() {
      listeners.forEach(Listener::pending);
    }

    @Override
    public Optional<Listening> listen(Listener listener) {
      listeners.add(listener);
      return Optional.of(() -> listeners.remove(listener));
    }

    @Override
    public Batch drain() {
      synchronized (lock) {
        Set<ResourceKey> taken = Set.copyOf(dirty);
        dirty.clear();
        if (!valid) {
          valid = true;
          return new Batch.Invalidated("nobody knows what happened before");
        }
        return new Batch.Dirty(taken);
      }
    }
  }

  private record Seen(
      Scope scope,
      SortedMap<ResourceKey, LiveResource> resources,
      Map<ResourceKey, Failure> unreadable,
      long changed,
      Map<ResourceKey, Long> changes)
      implements LiveState {

    @Override
    public OptionalLong generation() {
      return OptionalLong.of(changed);
    }

    @Override
    public Optional<Set<ResourceKey>> changedSince(long generation) {
      Set<ResourceKey> keys = new HashSet<>();
      changes.forEach(
          (key, change) -> {
            if (change > generation) {
              keys.add(key);
            }
          });
      return Optional.of(keys);
    }

    @Override
    public Observation observation(ResourceKey key) {
      if (!inScope(key)) {
        throw new IllegalArgumentException(key + " was not looked at");
      }
      Failure failure = unreadable.get(key);
      if (failure != null) {
        return new Observation.Unreadable(failure);
      }
      LiveResource resource = resources.get(key);
      return resource == null ? Observation.Absent.INSTANCE : new Observation.Present(resource);
    }

    @Override
    public void forEachPresent(Consumer<LiveResource> visitor) {
      resources.values().stream()
          .filter(resource -> inScope(resource.key()))
          .filter(resource -> !unreadable.containsKey(resource.key()))
          .forEach(visitor);
    }

    private boolean inScope(ResourceKey key) {
      return !(scope instanceof Scope.Keys keys) || keys.keys().contains(key);
    }
  }
}
