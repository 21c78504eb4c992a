package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the looks at one directory found, and the keys at which one of them looked, or saw something
 * else, since the last full one.
 *
 * <p>Confined to the lock of its owner.
 */
final class KnownFiles {
  /** Naming more than these costs more than comparing everything. */
  private static final int MOST_CHANGES = 1 << 16;

  private Set<ResourceKey> changes = new HashSet<>();
  private KeyedSnapshot<LiveFile> files = KeyedSnapshot.empty();
  private Set<String> directories = Set.of();
  private boolean readable;
  private long looks;

  /** Begins with what an earlier process found. */
  void start(Collection<LiveFile> remembered) {
    files = KeyedSnapshot.of(remembered);
  }

  KeyedSnapshot<LiveFile> files() {
    return files;
  }

  /** Takes what a look at some keys found. */
  void some(Set<ResourceKey> keys, List<LiveFile> changed, List<ResourceKey> absent) {
    files = files.with(changed, absent);
    changes.addAll(keys);
    if (changes.size() > MOST_CHANGES) {
      changes.clear();
      readable = false;
    }
  }

  /** Takes what a walk over everything found. */
  FullLook everything(Path root, TreeScan scan, Predicate<ResourceKey> wanted, Sharing sharing) {
    List<LiveFile> changed = scan.changed().stream().map(sharing::file).toList();
    KeyedSnapshot<LiveFile> next = files.with(changed, List.of());
    List<ResourceKey> gone = next.size() == scan.files().size() ? List.of() : gone(next, scan);
    files = next.with(List.of(), gone);
    boolean comparable = readable && scan.unreadable().isEmpty();
    readable = scan.unreadable().isEmpty();
    if (comparable && changed.size() + gone.size() <= MOST_CHANGES) {
      changed.forEach(file -> changes.add(file.key()));
      changes.addAll(gone);
      onlyIn(directories, scan.directories());
      onlyIn(scan.directories(), directories);
    } else {
      comparable = false;
    }
    directories = scan.directories();
    Optional<Set<ResourceKey>> told =
        comparable ? Optional.of(Collections.unmodifiableSet(changes)) : Optional.empty();
    changes = new HashSet<>();
    looks++;
    return new FullLook(
        root, wanted, files, directories, Map.copyOf(scan.unreadable()), looks, told);
  }

  private void onlyIn(Set<String> some, Set<String> others) {
    for (String directory : some) {
      if (!others.contains(directory)) {
        changes.add(ResourceKey.file(directory));
      }
    }
  }

  private static List<ResourceKey> gone(KeyedSnapshot<LiveFile> files, TreeScan scan) {
    Set<ResourceKey> present = new HashSet<>();
    scan.files().forEach(file -> present.add(file.key()));
    List<ResourceKey> gone = new ArrayList<>();
    files.forEach(
        (LiveFile file) -> {
          if (!present.contains(file.key())) {
            gone.add(file.key());
          }
        });
    return gone;
  }
}
