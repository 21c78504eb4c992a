package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that a root came, went or gave way to another one. A directory that is moved does not say
 * so itself, so what is watched is the directory above it; above its link too, if it has one.
 *
 * <p>What the watch tells may come at any time; all else is confined to one thread at a time.
 */
final class RootPlace implements DirectoryWatch.Follower {
  private static final Logger LOG = LoggerFactory.getLogger(RootPlace.class);

  private final Path root;
  private final DirectoryWatch watch;
  private final Runnable news;
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private final AtomicBoolean noted = new AtomicBoolean();

  RootPlace(Path root, DirectoryWatch watch, Runnable news) {
    this.root = root;
    this.watch = watch;
    this.news = news;
  }

  /** Watches the place where the root is now. */
  void watch() {
    Set<Path> places = places();
    watched
        .entrySet()
        .removeIf(
            known -> {
              boolean gone = !places.contains(known.getKey()) || !known.getValue().isValid();
              if (gone) {
                watch.remove(known.getValue(), this, name(known.getKey()));
              }
              return gone;
            });
    for (Path place : places) {
      Path above = place.getParent();
      if (above != null && !watched.containsKey(place)) {
        try {
          watched.put(place, watch.add(above, this, name(place)));
        } catch (IOException e) {
          LOG.debug("that {} is moved will not be told: {}", place, e.getMessage());
        }
      }
    }
  }

  private Set<Path> places() {
    Set<Path> places = new LinkedHashSet<>(Set.of(root));
    try {
      places.add(root.toRealPath());
    } catch (IOException e) {
      LOG.debug("there is no {} now: {}", root, e.getMessage());
    }
    return places;
  }

  private static String name(Path place) {
    return String.valueOf(place.getFileName());
  }

  @Override
  public void touched(String expected, String name) {
    if (name.equals(expected)) {
      noted.set(true);
    }
  }

  @Override
  public void overflowed(String expected) {
    noted.set(true);
  }

  @Override
  public void lost(String expected) {
    noted.set(true);
  }

  @Override
  public void told() {
    if (noted.getAndSet(false)) {
      news.run();
    }
  }

  /** Watches nothing any more. */
  void clear() {
    watched.forEach((place, key) -> watch.remove(key, this, name(place)));
    watched.clear();
  }
}
