package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Directories of one wave that are not there yet. They are filled in the stage and come into place
 * whole, by one rename, which spares two calls for each file.
 *
 * <p>That a directory is not there is a guess that the rename proves. One in which anything went
 * wrong does not come into place; its files then do so one by one.
 *
 * <p>{@link #place} and {@link #spoil} may be called by any thread, the rest by one.
 */
final class FreshDirectories {
  private final Path root;
  private final Path stage;
  private final Disk disk;
  private final int wave;
  private final Map<String, Path> filled = new TreeMap<>();
  private final Set<String> spoiled = ConcurrentHashMap.newKeySet();
  private final Set<Path> published = new HashSet<>();

  /**
   * Creates an empty set.
   *
   * @param wave number of the wave in its session
   */
  FreshDirectories(Path root, Path stage, Disk disk, int wave) {
    this.root = root;
    this.stage = stage;
    this.disk = disk;
    this.wave = wave;
  }

  /** Makes a directory in the stage for each that the writes need and that is not there. */
  void prepare(Collection<PlannedAction> writes) {
    for (PlannedAction action : writes) {
      String directory = PathRules.parent(action.key().name());
      if (action instanceof PlannedAction.Create
          && !directory.isEmpty()
          && !filled.containsKey(directory)
          && !spoiled.contains(directory)) {
        make(directory);
      }
    }
  }

  private void make(String directory) {
    Path fresh = stage.resolve("fresh-" + wave + "-" + filled.size());
    try {
      if (Files.notExists(root.resolve(directory), LinkOption.NOFOLLOW_LINKS)) {
        disk.makeDirectory(fresh);
        filled.put(directory, fresh);
        return;
      }
    } catch (IOException e) {
      // What is wrong shows when its files are staged.
    }
    spoiled.add(directory);
  }

  /** Returns where a file is staged that comes into place with its directory. */
  Optional<Path> place(PlannedAction action) {
    String path = action.key().name();
    Path fresh = filled.get(PathRules.parent(path));
    return fresh != null && action instanceof PlannedAction.Create
        ? Optional.of(fresh.resolve(path.substring(path.lastIndexOf('/') + 1)))
        : Optional.empty();
  }

  /** Takes note that a file could not be staged: half of it may be in its directory. */
  void spoil(ResourceKey key) {
    spoiled.add(PathRules.parent(key.name()));
  }

  /** Puts the directories into place, those above first. */
  void publish(ConfinedTree tree, CallContext call) {
    for (Map.Entry<String, Path> fresh : filled.entrySet()) {
      try {
        call.checkActive("apply");
        if (!spoiled.contains(fresh.getKey())
            && tree.createDirectory(fresh.getValue(), fresh.getKey())) {
          published.add(fresh.getValue());
        }
      } catch (IOException | RuntimeException e) {
        // The same is found again for each of its files.
      }
    }
  }

  /** Says whether a staged file came into place with its directory. */
  boolean published(Path staged) {
    return published.contains(staged.getParent());
  }
}
