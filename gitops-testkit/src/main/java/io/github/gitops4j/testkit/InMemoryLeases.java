package io.github.gitops4j.testkit;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.Lease;
import io.github.gitops4j.control.Leases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Leases in memory, for processes that are played in one JVM.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryLeases implements Leases {
  private final Map<String, Lease> records = new TreeMap<>();
  private long versions;

  /** Creates leases without a record. */
  public InMemoryLeases() {}

  @Override
  public synchronized List<Lease> list(CallContext call) {
    call.checkActive("list leases");
    return new ArrayList<>(records.values());
  }

  @Override
  public synchronized boolean write(Lease lease, CallContext call) {
    call.checkActive("write a lease");
    if (!isCurrent(lease)) {
      return false;
    }
    versions++;
    records.put(
        lease.name(), new Lease(lease.name(), lease.holder(), lease.transitions(), "v" + versions));
    return true;
  }

  @Override
  public synchronized void remove(Lease lease, CallContext call) {
    call.checkActive("remove a lease");
    if (isCurrent(lease)) {
      records.remove(lease.name());
    }
  }

  private boolean isCurrent(Lease lease) {
    Lease known = records.get(lease.name());
    return (known == null ? "" : known.version()).equals(lease.version());
  }
}
