package io.github.gitops4j.history;

import io.github.gitops4j.call.CallContext;
import java.time.Instant;
import java.util.List;

/**
 * Keeps the history of one target.
 *
 * <ul>
 *   <li>HIS-1: {@link #append} adds one record that follows the last one; after a crash it is there
 *       whole or not at all.
 *   <li>HIS-2: {@link #state} is the fold over all records.
 *   <li>HIS-3: {@link #newest} gives records newest first, each {@link HistoryRecord#isIntact()
 *       intact} and chained to the one before.
 *   <li>HIS-4: a broken chain or unreadable record throws; it is never skipped.
 *   <li>HIS-5: when {@link #append} returns, the record survives a crash of the process.
 *   <li>HIS-6: a call that was cancelled or is past its deadline throws and changes nothing. The
 *       engine records what was done already with a call that is not.
 *   <li>HIS-7: {@link #audit} gives every record as it is kept now, oldest first, a damaged one
 *       too, and nothing that was read before.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface HistoryStore {
  /**
   * Adds a record.
   *
   * @throws io.github.gitops4j.error.HistoryException if it cannot be written
   */
  HistoryRecord append(HistoryEvent event, Instant time, CallContext call);

  /**
   * Returns what follows from all records; cheap if nothing was added.
   *
   * @throws io.github.gitops4j.error.HistoryException if the history cannot be read or its chain is
   *     broken
   */
  HistoryState state(CallContext call);

  /**
   * Returns the newest records, newest first.
   *
   * @param limit how many at most; at least 1
   * @throws io.github.gitops4j.error.HistoryException if the history cannot be read or its chain is
   *     broken
   */
  List<HistoryRecord> newest(int limit, CallContext call);

  /**
   * Reads all of the history anew and gives it to an auditor, who says what is wrong with it.
   *
   * @throws io.github.gitops4j.error.HistoryException if it cannot be read
   */
  void audit(HistoryAuditor auditor, CallContext call);
}
