package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The watched directories of one root, and what the watch told of them. A directory that should be
 * watched and is not there is watched when it comes, as what is above it is watched.
 *
 * <p>What the watch tells may come at any time; all else is confined to one thread at a time.
 */
final class WatchedTree implements DirectoryWatch.Follower {
  private static final int MOST_NOTES = 1 << 17;

  private final Path root;
  private final DirectoryWatch watch;
  private final Runnable news;
  // Each directory that should be watched, and its key if it is.
  private final Map<String, Optional<WatchKey>> directories = new TreeMap<>();
  private final Object lock = new Object();
  private Notes notes = new Notes();

  /** What was told. */
  static final class Notes {
    final Set<String> touched = new HashSet<>();
    final Set<String> overflowed = new HashSet<>();
    final Set<String> lost = new HashSet<>();
    boolean tooMany;

    private boolean areEmpty() {
      return touched.isEmpty() && overflowed.isEmpty() && lost.isEmpty() && !tooMany;
    }
  }

  /**
   * Creates a tree of which nothing is watched yet.
   *
   * @param news called when there are notes, if the watch tells by itself
   */
  WatchedTree(Path root, DirectoryWatch watch, Runnable news) {
    this.root = root;
    this.watch = watch;
    this.news = news;
  }

  @Override
  public void touched(String directory, String name) {
    String path = directory.isEmpty() ? name : directory + "/" + name;
    if (!path.equals(PathRules.STATE_DIRECTORY)) {
      note(notes -> notes.touched.add(path));
    }
  }

  @Override
  public void overflowed(String directory) {
    note(notes -> notes.overflowed.add(directory));
  }

  @Override
  public void lost(String directory) {
    note(notes -> notes.lost.add(directory));
  }

  @Override
  public void told() {
    boolean any;
    synchronized (lock) {
      any = !notes.areEmpty();
    }
    if (any) {
      news.run();
    }
  }

  private interface Note {
    boolean take(Notes notes);
  }

  private void note(Note note) {
    synchronized (lock) {
      if (notes.touched.size() >= MOST_NOTES) {
        // Nobody has asked for long.
        notes = new Notes();
        notes.tooMany = true;
      }
      note.take(notes);
    }
  }

  /** Returns what was told since this was asked last. */
  Notes take() {
    synchronized (lock) {
      Notes taken = notes;
      notes = new Notes();
      return taken;
    }
  }

  /** Says whether a directory should be watched. */
  boolean contains(String directory) {
    return directories.containsKey(directory);
  }

  /**
   * Watches a directory and those above it.
   *
   * @param added gets each that was not watched before
   * @throws IOException if the system watches no more
   */
  void add(String directory, Set<String> added) throws IOException {
    if (directories.containsKey(directory)) {
      return;
    }
    if (!directory.isEmpty()) {
      add(PathRules.parent(directory), added);
    }
    directories.put(directory, register(directory));
    added.add(directory);
  }

  private Optional<WatchKey> register(String directory) throws IOException {
    try {
      // The root may be reached through a link; what is below it may not.
      Path path = directory.isEmpty() ? root.toRealPath() : root.resolve(directory);
      return Optional.of(watch.add(path, this, directory));
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (directory.isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Watches a directory and those below it anew: they may be others now. */
  void renew(String top) throws IOException {
    List<String> below = new ArrayList<>();
    for (String directory : directories.keySet()) {
      if (isAtOrBelow(directory, top)) {
        below.add(directory);
      }
    }
    below.forEach(this::forget);
    for (String directory : below) {
      directories.put(directory, register(directory));
    }
  }

  static boolean isAtOrBelow(String path, String top) {
    return path.startsWith(top)
        && (path.length() == top.length() || top.isEmpty() || path.charAt(top.length()) == '/');
  }

  private void forget(String directory) {
    Optional<WatchKey> known = directories.put(directory, Optional.empty());
    if (known != null) {
      known.ifPresent(key -> watch.remove(key, this, directory));
    }
  }

  /** Watches nothing any more. */
  void clear() {
    List.copyOf(directories.keySet()).forEach(this::forget);
    directories.clear();
    take();
  }
}
