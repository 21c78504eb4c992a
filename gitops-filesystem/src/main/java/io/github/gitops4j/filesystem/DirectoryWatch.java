package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryNotEmptyException;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches directories by what the operating system offers, for any number of targets: a system
 * gives a user few of these (Linux: 128 inotify instances), so share one.
 *
 * <p>Where the JDK only polls (all systems but Linux and Windows), or nothing answers, {@link
 * #isNative} is false and a target that was given it looks at everything in each pass.
 *
 * <p>A watch that was given an executor tells by itself: listeners of the change feed of its
 * targets are called soon after a change. One without tells when a pass asks.
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
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

  private final WatchService service;
  private final Registrar registrar;
  private final Path scratch;
  private final WatchKey own;
  private final Object lock = new Object();
  private final Map<WatchKey, List<Place>> places = new HashMap<>();
  private final Map<String, CompletableFuture<Boolean>> marks = new ConcurrentHashMap<>();
  private final AtomicLong made = new AtomicLong();
  private volatile boolean telling;
  private volatile boolean answers;
  private volatile boolean closed;

  /** Asks the system to watch a directory; a test can refuse. */
  interface Registrar {
    WatchKey register(Path directory, WatchService service) throws IOException;
  }

  /** Who wants to know. It takes notes while a lock is held, and is called once more without. */
  interface Follower {
    /** A name in a directory came, went or changed. */
    void touched(String directory, String name);

    /** Anything in a directory may have changed. */
    void overflowed(String directory);

    /** A directory is gone, or no longer watched. */
    void lost(String directory);

    /** There may be new notes. It does not block; only a watch that tells by itself calls this. */
    void told();
  }

  /** What a watched directory is to a follower. */
  private record Place(Follower follower, String directory) {}

  private DirectoryWatch(WatchService service, Registrar registrar, Path scratch)
      throws IOException {
    this.service = service;
    this.registrar = registrar;
    this.scratch = scratch;
    this.own = registrar.register(scratch, service);
  }

  /**
   * Opens a watch that tells what happened when a pass asks.
   *
   * @throws LiveStateException if this system has none to give
   */
  public static DirectoryWatch open() {
    return open(DirectoryWatch::register);
  }

  /**
   * Opens a watch that also tells by itself.
   *
   * @param executor runs one task, which waits for the system until the watch is closed and so
   *     keeps a thread; if that is interrupted, the watch goes on like one without
   * @throws LiveStateException if this system has none to give
   */
  public static DirectoryWatch open(Executor executor) {
    requireNonNull(executor, "executor");
    return open(DirectoryWatch::register, executor);
  }

  static DirectoryWatch open(Registrar registrar, Executor executor) {
    DirectoryWatch watch = make(registrar);
    watch.telling = true;
    try {
      executor.execute(watch::tellAll);
    } catch (RuntimeException e) {
      watch.close();
      throw e;
    }
    return watch.tried();
  }

  static DirectoryWatch open(Registrar registrar) {
    return make(registrar).tried();
  }

  private DirectoryWatch tried() {
    answers = settle(TRIAL_SECONDS);
    return this;
  }

  private static DirectoryWatch make(Registrar registrar) {
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
          FailureCategory.UNAVAILABLE, "watching directories failed: " + Failure.reasonOf(e), e);
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

  /** Says whether followers are told although nobody asks. */
  boolean isTelling() {
    return answers && telling;
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
   * @return false if the watch does not answer, or has lost events of all directories
   */
  boolean settle() {
    return settle(PATIENCE_SECONDS);
  }

  private boolean settle(long patience) {
    String name = "mark-" + made.getAndIncrement();
    CompletableFuture<Boolean> mark = new CompletableFuture<>();
    marks.put(name, mark);
    try {
      Files.createFile(scratch.resolve(name));
      return telling ? mark.get(patience, TimeUnit.SECONDS) : readUntil(mark, patience);
    } catch (IOException | ClosedWatchServiceException | ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      marks.remove(name);
      removeMark(name);
    }
  }

  private void removeMark(String name) {
    try {
      Files.deleteIfExists(scratch.resolve(name));
      if (closed) {
        removeScratch();
      }
    } catch (IOException e) {
      LOG.debug("a mark of the watch stays: {}", e.getMessage());
    }
  }

  private void removeScratch() throws IOException {
    try {
      Files.deleteIfExists(scratch);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("whoever made a mark in {} removes it", scratch);
    }
  }

  private boolean readUntil(CompletableFuture<Boolean> mark, long patience)
      throws InterruptedException {
    synchronized (lock) {
      while (!mark.isDone()) {
        WatchKey key = service.poll(patience, TimeUnit.SECONDS);
        if (key == null) {
          return false;
        }
        read(key);
      }
      return mark.join();
    }
  }

  /** Tells what happens until the watch is closed or the thread is wanted back. */
  private void tellAll() {
    try {
      while (true) {
        WatchKey key = service.take();
        Set<Follower> told;
        synchronized (lock) {
          told = read(key);
        }
        told.forEach(Follower::told);
      }
    } catch (ClosedWatchServiceException e) {
      LOG.debug("the watch was closed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("the watch of directories tells nothing by itself any more: it was interrupted");
    } finally {
      telling = false;
      marks.values().forEach(mark -> mark.complete(false));
      doubtEverything();
    }
  }

  private void doubtEverything() {
    Set<Follower> told = Collections.newSetFromMap(new IdentityHashMap<>());
    synchronized (lock) {
      for (List<Place> there : places.values()) {
        there.forEach(place -> tell(place, null));
        there.forEach(place -> told.add(place.follower()));
      }
    }
    told.forEach(Follower::told);
  }

  /** Tells the events of a directory; if a mark is among them, all that was before it. */
  private Set<Follower> read(WatchKey first) {
    Set<Follower> told = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> seen = new HashSet<>();
    WatchKey key = first;
    for (int left = 0; key != null; left--) {
      // What was queued before the mark may be behind it if an older event had queued our own key.
      left = tell(key, told, seen) ? places.size() + 1 : left;
      key = left > 0 ? service.poll() : null;
    }
    for (String name : seen) {
      CompletableFuture<Boolean> mark = marks.get(name);
      if (mark != null) {
        mark.complete(true);
      }
    }
    return told;
  }

  /** Tells the events of one directory; says whether there is a mark among them. */
  private boolean tell(WatchKey key, Set<Follower> told, Set<String> seen) {
    List<Place> there = List.copyOf(places.getOrDefault(key, List.of()));
    boolean news = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      String name = event.context() == null ? null : String.valueOf(event.context());
      if (key.equals(own) && name == null) {
        // What is lost may be of anybody and may be a mark, or it may be older than the mark.
        marks.values().forEach(mark -> mark.complete(false));
      } else if (key.equals(own) && marks.containsKey(name)) {
        news |= seen.add(name);
      }
      there.forEach(place -> tell(place, name));
    }
    if (!key.reset()) {
      places.remove(key);
      there.forEach(place -> place.follower().lost(place.directory()));
    }
    there.forEach(place -> told.add(place.follower()));
    return news;
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
    closed = true;
    try {
      service.close();
      removeScratch();
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.INTERNAL, "closing the watch failed: " + e.getMessage(), e);
    }
  }
}
