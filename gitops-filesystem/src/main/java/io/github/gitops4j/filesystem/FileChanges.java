package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which files of ours may have changed, by watching their directories. What nobody owns is
 * told only if it is in one of them.
 *
 * <p>An event says where to look and nothing else, so that a lost or doubled one does no harm; once
 * in a while everything is to be looked at, as some changes make no event: a write through a memory
 * map, a mount.
 *
 * <p>Thread-safe.
 */
final class FileChanges implements ChangeFeed {
  // On others somebody else may write where this system does not see it.
  private static final Set<String> LOCAL =
      Set.of(
          "bcachefs",
          "btrfs",
          "ext2",
          "ext3",
          "ext4",
          "f2fs",
          "jfs",
          "ntfs",
          "NTFS",
          "overlay",
          "reiserfs",
          "tmpfs",
          "xfs",
          "zfs");
  private static final int FEW = 1024;
  private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);

  private final Path root;
  private final DirectoryWatch watch;
  private final FileInventoryStore inventory;
  private final InstantSource clock;
  private final Duration sweep;
  private final WatchedTree tree;
  private final RootPlace place;
  private final OwnedKeys owned;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private @Nullable Object rootKey;
  private @Nullable Instant looked;
  private boolean watching;
  private String unwatched = "";

  FileChanges(
      Path root,
      DirectoryWatch watch,
      FileInventoryStore inventory,
      InstantSource clock,
      Duration sweep) {
    this.root = root;
    this.watch = watch;
    this.inventory = inventory;
    this.clock = clock;
    this.sweep = sweep;
    this.tree = new WatchedTree(root, watch, this::tell);
    this.place = new RootPlace(root, watch, this::tell);
    this.owned = new OwnedKeys();
    inventory.follow(owned);
  }

  @Override
  public Batch drain() {
    synchronized (lock) {
      Instant now = clock.instant();
      Instant before = looked;
      boolean due = before == null || now.isBefore(before) || !now.isBefore(before.plus(sweep));
      if (due) {
        looked = now;
      }
      try {
        if (!rootKey().equals(rootKey)) {
          return begin("the root is another directory, or seen for the first time");
        } else if (watching) {
          Batch batch = collect();
          return due ? new Batch.Invalidated("it is time to look at everything") : batch;
        }
        return due ? begin("the directory was not watched") : new Batch.Invalidated(unwatched);
      } catch (IOException | GitOpsException e) {
        return stop("watching the directory failed: " + e.getMessage());
      }
    }
  }

  /**
   * {@inheritDoc} Nothing if the watch does not tell by itself, or knows nothing of this file
   * system. A root that is not there yet is told when it comes.
   */
  @Override
  public Optional<Listening> listen(Listener listener) {
    synchronized (lock) {
      if (!watch.isTelling() || isForeign()) {
        return Optional.empty();
      }
      listeners.add(listener);
      if (watching) {
        place.watch();
      } else {
        beginEarly();
      }
    }
    return Optional.of(() -> forget(listener));
  }

  private boolean isForeign() {
    try {
      return !LOCAL.contains(Files.getFileStore(root).type());
    } catch (IOException e) {
      return false;
    }
  }

  /** Collects before the first drain, which looks at everything all the same. */
  private void beginEarly() {
    try {
      begin("a listener waits");
    } catch (IOException | GitOpsException e) {
      stop("watching the directory failed: " + e.getMessage());
    }
    looked = null;
  }

  private void forget(Listener listener) {
    synchronized (lock) {
      listeners.remove(listener);
      if (listeners.isEmpty()) {
        place.clear();
      }
    }
  }

  private void tell() {
    for (Listener listener : listeners) {
      try {
        listener.pending();
      } catch (RuntimeException e) {
        LOG.warn("a listener of changes in {} failed", root, e);
      }
    }
  }

  /** Watches from now on; what was before is unknown. */
  private Batch begin(String reason) throws IOException {
    tree.clear();
    watching = false;
    if (!listeners.isEmpty()) {
      place.watch();
    }
    Object found = rootKey();
    rootKey = found;
    String type = Files.getFileStore(root).type();
    if (!watch.isNative() || !LOCAL.contains(type)) {
      return stop("nobody tells what changes on a file system of type " + type);
    }
    // Reading it for the first time is no news.
    read();
    owned.take();
    Set<String> directories = new HashSet<>(Set.of(""));
    read().forEach((InventoryRecord record) -> directories.add(directory(record.key())));
    for (String directory : directories) {
      tree.add(directory, new HashSet<>());
    }
    watching = true;
    return new Batch.Invalidated(reason);
  }

  /** Gives up until everything is looked at again, or until the root is another directory. */
  private Batch stop(String reason) {
    tree.clear();
    watching = false;
    unwatched = reason;
    return new Batch.Invalidated(reason);
  }

  private Inventory read() {
    return inventory.read(CallContext.unbounded());
  }

  private static String directory(ResourceKey key) {
    return PathRules.parent(key.name());
  }

  /** Returns what the root is; another value each time it is not there. */
  private Object rootKey() {
    try {
      return requireNonNull(
          Files.readAttributes(root, BasicFileAttributes.class).fileKey(), "file key");
    } catch (IOException e) {
      return new Object();
    }
  }

  private Batch collect() throws IOException {
    Inventory now = read();
    OwnedKeys.Taken fresh = owned.take();
    if (fresh.everything()) {
      return begin("somebody else wrote to the inventory");
    }
    Set<ResourceKey> dirty = watchDirectories(fresh.keys());
    if (!watch.settle()) {
      return new Batch.Invalidated("the watch does not answer, or lost events");
    }
    WatchedTree.Notes notes = tree.take();
    if (notes.tooMany || notes.lost.contains("")) {
      return begin("the watch was lost");
    }
    notes.touched.forEach(name -> dirty.add(ResourceKey.file(name)));
    Set<String> renewed = renew(notes);
    if (!renewed.isEmpty() || !notes.overflowed.isEmpty()) {
      addOwned(dirty, now, notes.overflowed, renewed);
    }
    return dirty.size() > Math.max(FEW, now.size() / 2)
        ? new Batch.Invalidated("much has changed")
        : new Batch.Dirty(dirty);
  }

  /** Watches the directories of new keys; returns the keys whose directory was not watched. */
  private Set<ResourceKey> watchDirectories(Set<ResourceKey> keys) throws IOException {
    Set<String> fresh = new HashSet<>();
    Set<ResourceKey> unseen = new HashSet<>();
    for (ResourceKey key : keys) {
      tree.add(directory(key), fresh);
    }
    for (ResourceKey key : keys) {
      if (fresh.contains(directory(key))) {
        unseen.add(key);
      }
    }
    return unseen;
  }

  /** Watches directories anew that came or went; returns them. */
  private Set<String> renew(WatchedTree.Notes notes) throws IOException {
    Set<String> moved = new TreeSet<>(notes.lost);
    notes.touched.stream().filter(tree::contains).forEach(moved::add);
    for (String top : moved) {
      tree.renew(top);
    }
    return moved;
  }

  /** Adds what we own in some directories, and anywhere below others. */
  private static void addOwned(
      Set<ResourceKey> dirty, Inventory inventory, Set<String> directories, Set<String> tops) {
    inventory.forEach(
        (InventoryRecord record) -> {
          String directory = directory(record.key());
          if (directories.contains(directory) || isBelow(directory, tops)) {
            dirty.add(record.key());
          }
        });
  }

  private static boolean isBelow(String directory, Set<String> tops) {
    for (String at = directory; !at.isEmpty(); at = PathRules.parent(at)) {
      if (tops.contains(at)) {
        return true;
      }
    }
    return false;
  }

  /** Watches nothing and tells nobody any more. */
  void close() {
    synchronized (lock) {
      listeners.clear();
      place.clear();
      stop("the target was closed");
    }
  }
}
