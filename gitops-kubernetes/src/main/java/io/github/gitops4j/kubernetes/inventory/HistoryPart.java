package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/**
 * What the head says of the history: its newest records, and which older ones still count.
 *
 * <p>Immutable.
 *
 * @param segments how many Secrets hold the records before the tail
 * @param carried records of these that the state follows from
 * @param tail the records since, none missing
 */
record HistoryPart(int segments, List<HistoryRecord> carried, List<HistoryRecord> tail) {
  static final HistoryPart EMPTY = new HistoryPart(0, List.of(), List.of());

  HistoryPart {
    carried = List.copyOf(carried);
    tail = List.copyOf(tail);
  }

  HistoryPart with(List<HistoryRecord> records) {
    List<HistoryRecord> longer = new ArrayList<>(tail);
    longer.addAll(records);
    return new HistoryPart(segments, carried, longer);
  }

  /** Returns what remains in the head once the first records of the tail are in a segment. */
  HistoryPart withoutFirst(int count) {
    List<HistoryRecord> gone = new ArrayList<>(carried);
    gone.addAll(tail.subList(0, count));
    return new HistoryPart(segments + 1, stillCounting(gone), tail.subList(count, tail.size()));
  }

  /** Returns those records that a state follows from as it does from all of them. */
  static List<HistoryRecord> stillCounting(List<HistoryRecord> records) {
    HistoryState state = HistoryState.empty();
    for (HistoryRecord record : records) {
      state = state.after(record);
    }
    NavigableSet<Long> counting = state.evidence();
    return records.stream().filter(record -> counting.contains(record.sequence())).toList();
  }

  /**
   * Returns what follows from the history.
   *
   * @throws IllegalArgumentException if a record was changed or is missing
   */
  HistoryState state() {
    HistoryState state = HistoryState.empty();
    for (HistoryRecord record : carried) {
      if (!record.isIntact()) {
        throw new IllegalArgumentException("record " + record.sequence() + " was changed");
      }
      state = state.after(record);
    }
    for (HistoryRecord record : tail) {
      if (!state.isContinuedBy(record)) {
        throw new IllegalArgumentException("record " + record.sequence() + " breaks the chain");
      }
      state = state.after(record);
    }
    return state;
  }
}
