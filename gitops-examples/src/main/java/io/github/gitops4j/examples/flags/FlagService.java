package io.github.gitops4j.examples.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stands for a service of feature flags that others use too. A write names the version that it
 * replaces, so that nobody overwrites what he has not seen.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FlagService {
  private final Object lock = new Object();
  private final SortedMap<String, Flag> flags = new TreeMap<>();
  private final List<Flag> archived = new ArrayList<>();
  private long lastVersion;
  private boolean up = true;

  /**
   * A flag.
   *
   * @param version another one after each write; 0 stands for a flag that is not there
   */
  public record Flag(String name, String value, long version) {}

  /** Creates a service without flags. */
  public FlagService() {}

  /** Starts or stops the service; a stopped one answers nobody. */
  public void running(boolean value) {
    synchronized (lock) {
      up = value;
    }
  }

  /** Returns all flags by name. */
  public SortedMap<String, Flag> all() {
    synchronized (lock) {
      checkRunning();
      return new TreeMap<>(flags);
    }
  }

  /** Returns a flag. */
  public Optional<Flag> get(String name) {
    synchronized (lock) {
      checkRunning();
      return Optional.ofNullable(flags.get(name));
    }
  }

  /** Sets a flag if it still has that version. */
  public Optional<Flag> set(String name, String value, long version) {
    synchronized (lock) {
      if (!isAt(name, version)) {
        return Optional.empty();
      }
      lastVersion++;
      Flag flag = new Flag(name, value, lastVersion);
      flags.put(name, flag);
      return Optional.of(flag);
    }
  }

  /** Deletes a flag if it still has that version. */
  public boolean delete(String name, long version) {
    synchronized (lock) {
      boolean there = isAt(name, version);
      if (there) {
        flags.remove(name);
      }
      return there;
    }
  }

  /** Keeps a flag for whoever misses it. */
  public void archive(Flag flag) {
    synchronized (lock) {
      archived.add(flag);
    }
  }

  /** Returns what was archived. */
  public List<Flag> archived() {
    synchronized (lock) {
      return List.copyOf(archived);
    }
  }

  private boolean isAt(String name, long version) {
    checkRunning();
    Flag flag = flags.get(name);
    return (flag == null ? 0 : flag.version()) == version;
  }

  private void checkRunning() {
    if (!up) {
      throw new IllegalStateException("the flag service does not answer");
    }
  }
}
