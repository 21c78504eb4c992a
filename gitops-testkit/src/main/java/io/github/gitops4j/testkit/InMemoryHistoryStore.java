package io.github.gitops4j.testkit;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryJson;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HistoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A history in memory.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryHistoryStore implements HistoryStore {
  private final Object lock = new Object();
  private final List<HistoryRecord> records = new ArrayList<>();
  private HistoryState state = HistoryState.empty();

  /** Creates an empty history. */
  public InMemoryHistoryStore() {}

  @Override
  public HistoryRecord append(HistoryEvent event, Instant time, CallContext call) {
    call.checkActive("append to history");
    synchronized (lock) {
      HistoryRecord record = HistoryRecord.following(state.sequence(), state.digest(), time, event);
      records.add(record);
      state = state.after(record);
      return record;
    }
  }

  @Override
  public HistoryState state(CallContext call) {
    call.checkActive("read history");
    synchronized (lock) {
      return state;
    }
  }

  @Override
  public List<HistoryRecord> newest(int limit, CallContext call) {
    call.checkActive("read history");
    synchronized (lock) {
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
      records.forEach(
          record -> auditor.record("record " + record.sequence(), HistoryJson.write(record)));
    }
  }
}
