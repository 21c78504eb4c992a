package io.github.gitops4j.control;

import io.github.gitops4j.call.CallContext;
import java.util.List;

/**
 * Small records that several processes share, each of which is written by one of them at a time.
 *
 * <p>Rules for implementations:
 *
 * <ul>
 *   <li>LS-1: a record is written only if it is still of the version that is given, or, if none is
 *       given, if there is none of that name; of several writers at a time one wins, and the others
 *       are told.
 *   <li>LS-2: each write gives the record another version, also one that changes nothing.
 *   <li>LS-3: a list has everything that was written before it began, as it was written.
 *   <li>LS-4: a record is removed only if it is still of the version that is given; else it stays.
 *   <li>LS-5: a call that was cancelled or is past its deadline throws and changes nothing.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface Leases {
  /**
   * Returns all records, in no particular order.
   *
   * @throws io.github.gitops4j.error.GitOpsException if they cannot be read
   */
  List<Lease> list(CallContext call);

  /**
   * Writes a record.
   *
   * @return whether it was written; not if somebody else was first
   * @throws io.github.gitops4j.error.GitOpsException if that is not known
   */
  boolean write(Lease lease, CallContext call);

  /**
   * Removes a record if it is still of that version.
   *
   * @throws io.github.gitops4j.error.GitOpsException if it is not known whether it is gone
   */
  void remove(Lease lease, CallContext call);
}
