package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.resource.KeyedSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inventory as an append-only log in the state directory. A commit is one append and one flush;
 * when most of the log is history, it is written anew.
 *
 * <p>Commits of several processes are kept apart by the target's lock; one made without it is still
 * noticed, as the log has grown.
 *
 * <p>Thread-safe.
 */
final class FileInventoryStore implements InventoryStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileInventoryStore.class);
  private static final long LINES_BEFORE_COMPACTION = 4096;

  private final StateDirectory state;
  private final Path log;
  private final Sharing sharing;
  private final Object lock = new Object();
  private @Nullable Inventory cached;
  private long cachedInode;
  private long cachedLength;
  private long lines;
  private @Nullable OwnedKeys follower;

  FileInventoryStore(StateDirectory state, Sharing sharing) {
    this.state = state;
    this.sharing = sharing;
    this.log = state.file(StateDirectory.INVENTORY);
  }

  /** Lets somebody know of each key that is put from now on. */
  void follow(OwnedKeys keys) {
    synchronized (lock) {
      follower = keys;
    }
  }

  @Override
  public Inventory read(CallContext call) {
    call.checkActive("read inventory");
    synchronized (lock) {
      return current(state.markerOrCandidate());
    }
  }

  @Override
  public Inventory commit(long expectedSequence, List<InventoryChange> changes, CallContext call) {
    call.checkActive("commit inventory");
    synchronized (lock) {
      Inventory before = current(state.initialise());
      if (before.sequence() != expectedSequence) {
        throw new InventoryException(
            FailureCategory.STALE,
            log
                + ": commit failed: expected sequence "
                + expectedSequence
                + ", found "
                + before.sequence());
      }
      Inventory after = before.with(changes);
      try {
        append(InventoryLog.batch(after.sequence(), changes));
        lines += changes.size();
        cached = after;
        tell(changes);
        sharing.bound(after.size());
        if (lines > LINES_BEFORE_COMPACTION && lines > 3L * after.size()) {
          compact(after);
        }
      } catch (IOException e) {
        cached = null;
        throw failed("commit", e);
      }
      return after;
    }
  }

  private void tell(List<InventoryChange> changes) {
    if (follower == null) {
      return;
    }
    for (InventoryChange change : changes) {
      if (change instanceof InventoryChange.Put) {
        follower.put(change.key());
      }
    }
  }

  private Inventory current(StateDirectory.Marker marker) {
    if (!state.isInitialised()) {
      return Inventory.of(marker.id(), 0, KeyedSnapshot.empty(), marker.maskingKey());
    }
    try {
      FileStat stat = FileStat.of(log);
      if (cached != null && stat.inode() == cachedInode && stat.size() == cachedLength) {
        return cached;
      }
      InventoryLog parsed = InventoryLog.parse(Files.readAllBytes(log));
      Inventory inventory =
          Inventory.of(
              marker.id(),
              parsed.sequence(),
              KeyedSnapshot.of(parsed.records().stream().map(sharing::record).toList()),
              marker.maskingKey());
      cachedInode = stat.inode();
      // A tail that was never finished is cut off by the next commit.
      cachedLength = parsed.validLength();
      lines = parsed.lines();
      cached = inventory;
      if (follower != null) {
        follower.readAnew();
      }
      return inventory;
    } catch (NoSuchFileException e) {
      throw new InventoryException(
          FailureCategory.INTERNAL,
          log + ": reading failed: it is gone" + StateDirectory.REMEDY,
          e);
    } catch (InventoryLog.DamageException e) {
      throw new InventoryException(
          e.category(), log + ": reading failed: " + e.getMessage() + e.remedy(), e);
    } catch (IOException e) {
      throw failed("reading", e);
    }
  }

  private InventoryException failed(String what, IOException cause) {
    return new InventoryException(
        FailureCategory.UNAVAILABLE,
        log + ": " + what + " failed: " + Failure.reasonOf(cause),
        cause);
  }

  private void append(byte[] batch) throws IOException {
    try (Disk.Output out = state.disk().append(log)) {
      if (FileStat.of(log).size() > cachedLength) {
        out.truncate(cachedLength);
      }
      try {
        out.write(ByteBuffer.wrap(batch));
      } catch (IOException e) {
        out.truncate(cachedLength);
        throw e;
      }
      out.flush();
      cachedLength += batch.length;
    }
  }

  /** Writes the log anew. It says nothing new, so that it fails is no failure of the commit. */
  private void compact(Inventory inventory) {
    List<InventoryChange.Put> puts = new ArrayList<>(inventory.size());
    inventory.forEach((InventoryRecord record) -> puts.add(new InventoryChange.Put(record)));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(InventoryLog.HEADER);
    try {
      whole.writeBytes(InventoryLog.batch(inventory.sequence(), puts));
      state.replace(StateDirectory.INVENTORY, whole.toByteArray(), StateDirectory.Flush.YES);
      state.disk().flush(state.directory());
      cachedInode = FileStat.of(log).inode();
      cachedLength = whole.size();
      lines = puts.size();
    } catch (IOException e) {
      LOG.warn("{}: writing it anew failed; it goes on growing", log, e);
      cached = null;
    }
  }
}
