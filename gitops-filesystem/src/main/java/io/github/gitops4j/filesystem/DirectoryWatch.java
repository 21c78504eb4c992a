package io.github.gitops4j.filesystem;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches directories by what the operating system offers, for any number of targets: a system
 * gives a user few of these (Linux: 128 inotify instances), so share one.
 *
 * <p>Where the JDK only polls (all systems but Linux and Windows), or nothing answers, {@link
 * #isNative} is false and a target that was given it looks at everything in each pass.
 *
 * <p>The JDK keeps a thread for it until it is closed. A closed watch harms no target: each of its
 * passes looks at everything.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class DirectoryWatch implements AutoCloseable {
  // The JDK's polling watch takes 2 seconds or more, and tells of no mark that came and went.
  private static final long TRIAL_SECONDS = 1;
  private static final long PATIENCE_SECONDS = 10;

  private final WatchService service;
  private final Registrar registrar;
  private final Path scratch;
  private final WatchKey own;
  private final Object lock = new Object();
  private final Map<WatchKey, List<Place>> places = new HashMap<>();
  private final boolean answers;
  private long marks;

  /** Asks the system to watch a directory; a test can refuse. */
  interface Registrar {
    WatchKey register(Path directory, WatchService service) throws IOException;
  }

  /** Who wants to know. It is told while a lock is held: it only takes notes. */
  interface Follower {
    /** A name in a directory came, went or changed. */
    void touched(String directory, String name);

    /** Anything in a directory may have changed. */
    void overflowed(String directory);

    /** A directory is gone, or no longer watched. */
    void lost(String directory);
  }

  /** What a watched directory is to a follower. */
  private record Place(Follower follower, String directory) {}

  private DirectoryWatch(WatchService service, Registrar registrar, Path scratch)
      throws IOException {
    this.service = service;
    this.registrar = registrar;
    this.scratch = scratch;
    this.own = registrar.register(scratch, service);
    this.answers = settle(TRIAL_SECONDS);
  }

  /**
   * Opens a watch.
   *
   * @throws LiveStateException if this system has none to give
   */
  public static DirectoryWatch open() {
    return open(DirectoryWatch::register);
  }

  static DirectoryWatch open(Registrar registrar) {
    try {
      Path scratch = Files.createTempDirectory("gitops4j-watch-");
      try {
        return new DirectoryWatch(scratch.getFileSystem().newWatchService(), registrar, scratch);
      } catch (IOException e) {
        Files.deleteIfExists(scratch);
        throw e;
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, "watching directories failed: " + e.getMessage(), e);
    }
  }

  static WatchKey register(Path directory, WatchService service) throws IOException {
    if (!Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isDirectory()) {
      throw new NotDirectoryException(directory.toString());
    }
    return directory.register(
        service,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_DELETE,
        StandardWatchEventKinds.ENTRY_MODIFY);
  }

  /** Says whether changes are told at once, so that a target needs not look. */
  public boolean isNative() {
    return answers;
  }

  /**
   * Begins to watch a directory.
   *
   * @param name what the follower calls it
   * @throws IOException if it is no directory, or the system watches no more of them
   */
  WatchKey add(Path directory, Follower follower, String name) throws IOException {
    synchronized (lock) {
      WatchKey key;
      try {
        key = registrar.register(directory, service);
      } catch (ClosedWatchServiceException e) {
        throw new IOException("the watch is closed", e);
      }
      places.computeIfAbsent(key, k -> new ArrayList<>()).add(new Place(follower, name));
      return key;
    }
  }

  /** Ends watching a directory for a follower. */
  void remove(WatchKey key, Follower follower, String name) {
    synchronized (lock) {
      List<Place> there = places.get(key);
      if (there != null && there.remove(new Place(follower, name)) && there.isEmpty()) {
        places.remove(key);
        key.cancel();
      }
    }
  }

  /**
   * Tells all followers what happened before this call. The system keeps all events in one queue,
   * so when a mark that is made now has come out of it, everything before has.
   *
   * @return false if the watch does not answer
   */
  boolean settle() {
    return settle(PATIENCE_SECONDS);
  }

  private boolean settle(long patience) {
    synchronized (lock) {
      try {
        Path mark = Files.createFile(scratch.resolve("mark-" + marks++));
        boolean seen = awaitMark(String.valueOf(mark.getFileName()), patience);
        Files.delete(mark);
        return seen;
      } catch (IOException | ClosedWatchServiceException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private boolean awaitMark(String mark, long patience) throws InterruptedException {
    boolean seen = false;
    while (!seen) {
      WatchKey key = service.poll(patience, TimeUnit.SECONDS);
      if (key == null) {
        return false;
      }
      seen = tell(key, mark);
    }
    // What was queued before the mark may be behind it if an older event had queued our own key.
    for (int left = places.size() + 1; left > 0; left--) {
      WatchKey key = service.poll();
      if (key == null) {
        break;
      }
      tell(key, mark);
    }
    return true;
  }

  /** Tells the events of one directory; says whether the mark is among them. */
  private boolean tell(WatchKey key, String mark) {
    List<Place> there = List.copyOf(places.getOrDefault(key, List.of()));
    boolean seen = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      String name = event.context() == null ? null : String.valueOf(event.context());
      // Where events were lost, so were those of everybody: then all are told of it.
      seen |= key.equals(own) && (name == null || name.equals(mark));
      there.forEach(place -> tell(place, name));
    }
    if (!key.reset()) {
      places.remove(key);
      there.forEach(place -> place.follower().lost(place.directory()));
    }
    return seen;
  }

  private static void tell(Place place, @Nullable String name) {
    if (name == null) {
      place.follower().overflowed(place.directory());
    } else {
      place.follower().touched(place.directory(), name);
    }
  }

  /** Ends watching. */
  @Override
  public void close() {
    try {
      service.close();
      Files.deleteIfExists(scratch);
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.INTERNAL, "closing the watch failed: " + e.getMessage(), e);
    }
  }
}
