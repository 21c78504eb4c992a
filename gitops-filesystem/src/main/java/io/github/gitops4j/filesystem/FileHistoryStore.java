package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryJson;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HistoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The history as an append-only file of JSON lines in the state directory, its chain checked when
 * it is read. A last line that was never finished is cut off by the next append.
 *
 * <p>Thread-safe.
 */
final class FileHistoryStore implements HistoryStore {
  private final StateDirectory directory;
  private final Path file;
  private final Object lock = new Object();
  private final List<HistoryRecord> records = new ArrayList<>();
  private HistoryState state = HistoryState.empty();
  private long validLength;
  private long inode;

  FileHistoryStore(StateDirectory directory) {
    this.directory = directory;
    this.file = directory.file(StateDirectory.HISTORY);
  }

  @Override
  public HistoryRecord append(HistoryEvent event, Instant time, CallContext call) {
    call.checkActive("append to history");
    synchronized (lock) {
      directory.initialise();
      refresh();
      HistoryRecord record = HistoryRecord.following(state.sequence(), state.digest(), time, event);
      byte[] json = HistoryJson.write(record);
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      try (Disk.Output out = directory.disk().append(file)) {
        if (FileStat.of(file).size() > validLength) {
          out.truncate(validLength);
        }
        out.write(ByteBuffer.wrap(line));
        out.flush();
      } catch (IOException e) {
        throw failed("writing", e);
      }
      take(record, line.length);
      return record;
    }
  }

  @Override
  public HistoryState state(CallContext call) {
    call.checkActive("read history");
    synchronized (lock) {
      refresh();
      return state;
    }
  }

  @Override
  public List<HistoryRecord> newest(int limit, CallContext call) {
    call.checkActive("read history");
    synchronized (lock) {
      refresh();
      List<HistoryRecord> newest = new ArrayList<>();
      for (int i = records.size() - 1; i >= 0 && newest.size() < limit; i--) {
        newest.add(records.get(i));
      }
      return List.copyOf(newest);
    }
  }

  @Override
  public void audit(HistoryAuditor auditor, CallContext call) {
    call.checkActive("audit history");
    synchronized (lock) {
      if (!isKept()) {
        findLeftover(auditor);
        return;
      }
      try {
        auditor.records(file.toString(), Files.readAllBytes(file));
      } catch (NoSuchFileException e) {
        auditor.found(
            new HistoryAudit.Breach(
                HistoryAudit.Kind.MISSING, auditor.next(), file.toString(), "the file is gone"));
      } catch (IOException e) {
        throw failed("reading", e);
      }
    }
  }

  /** Records without a root that was set up: nobody wrote them so. */
  private void findLeftover(HistoryAuditor auditor) {
    if (Files.exists(file)) {
      auditor.found(
          new HistoryAudit.Breach(
              HistoryAudit.Kind.MISSING,
              auditor.next(),
              directory.file(StateDirectory.MARKER).toString(),
              "the file is gone"));
    }
  }

  /** A place that cannot be looked at is not one where there is nothing. */
  private boolean isKept() {
    try {
      Files.readAttributes(
          directory.file(StateDirectory.MARKER),
          BasicFileAttributes.class,
          LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw failed("reading", e);
    }
  }

  private void take(HistoryRecord record, int length) {
    records.add(record);
    state = state.after(record);
    validLength += length;
  }

  /** Reads what another process appended; everything if the file is another one. */
  private void refresh() {
    if (!isKept()) {
      return;
    }
    try {
      FileStat stat = FileStat.of(file);
      if (stat.inode() != inode || stat.size() < validLength) {
        records.clear();
        state = HistoryState.empty();
        validLength = 0;
        inode = stat.inode();
      }
      if (stat.size() > validLength) {
        byte[] all = Files.readAllBytes(file);
        readFrom(all, (int) validLength);
      }
    } catch (NoSuchFileException e) {
      throw new HistoryException(
          FailureCategory.INTERNAL,
          file + ": reading failed: it is gone" + StateDirectory.REMEDY,
          e);
    } catch (IOException e) {
      throw failed("reading", e);
    }
  }

  private void readFrom(byte[] all, int from) {
    int start = from;
    for (int i = from; i < all.length; i++) {
      if (all[i] == '\n') {
        byte[] line = Arrays.copyOfRange(all, start, i);
        HistoryRecord record = HistoryJson.read(file + ":" + (records.size() + 1), line);
        checkChain(record);
        take(record, i + 1 - start);
        start = i + 1;
      }
    }
    if (all.length - start > 1 && isRecord(Arrays.copyOfRange(all, start, all.length - 1))) {
      throw broken("has lost its line end");
    }
  }

  /** A record that was never finished has no end; one that goes on after its end had a line end. */
  private boolean isRecord(byte[] line) {
    try {
      return HistoryJson.read(file.toString(), line).isIntact();
    } catch (HistoryException e) {
      return false;
    }
  }

  private void checkChain(HistoryRecord record) {
    if (!state.isContinuedBy(record)) {
      throw broken("breaks the chain");
    }
  }

  private HistoryException broken(String how) {
    return new HistoryException(
        FailureCategory.INTERNAL,
        file
            + ": reading failed: record "
            + (state.sequence() + 1)
            + " "
            + how
            + StateDirectory.REMEDY);
  }

  private HistoryException failed(String what, IOException cause) {
    return new HistoryException(
        FailureCategory.UNAVAILABLE,
        file + ": " + what + " failed: " + Failure.reasonOf(cause),
        cause);
  }
}
