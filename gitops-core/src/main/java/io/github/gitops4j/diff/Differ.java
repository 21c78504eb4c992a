package io.github.gitops4j.diff;

import io.github.gitops4j.call.CallContext;
import java.util.List;

/**
 * Compares desired with live.
 *
 * <ul>
 *   <li>DIF-1: it never writes; it may read.
 *   <li>DIF-2: it gives exactly one drift for each comparison, in the same order.
 *   <li>DIF-3: declared and absent is Missing; present and not declared is Extra; unreadable is
 *       Undecided.
 *   <li>DIF-4: after an apply that succeeded, and with nobody else writing, the answer is InSync.
 *   <li>DIF-5: a field covered by an ignore rule is in no change.
 *   <li>DIF-6: a value below a sensitive path is in no change unmasked.
 *   <li>DIF-7: one resource that cannot be compared is Undecided; the others are compared.
 *   <li>DIF-8: the same input gives the same answer, changes ordered by path.
 *   <li>DIF-9: a call ends at its deadline or soon after it is cancelled.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Differ {
  /**
   * Compares a batch.
   *
   * @throws io.github.gitops4j.error.DiffException if nothing can be compared at all
   */
  List<Drift> diff(DiffBatch batch, CallContext call);
}
