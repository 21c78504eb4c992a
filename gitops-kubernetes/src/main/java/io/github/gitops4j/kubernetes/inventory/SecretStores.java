package io.github.gitops4j.kubernetes.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.reconcile.Ledger;
import java.util.Optional;

/**
 * Inventory and history of one owner in Secrets of a namespace.
 *
 * <p>One of them, the head, is changed by compare and set, so that two processes never write over
 * each other. It holds what is new: the changes of the inventory and the newest records of the
 * history. What is older is in Secrets that never change, which the head names. A head that is gone
 * while others of them are there is an error and no empty inventory.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecretStores implements AutoCloseable {
  private final StateSecrets secrets;
  private final StateLimits limits;
  private final StateLedger ledger;

  /**
   * Creates the stores. They read nothing yet.
   *
   * @param retry when a request that failed for a reason that passes is made again
   * @param namespace where the Secrets are; it has to exist
   * @param name the name of the head, which begins all other names; a label of RFC 1123
   * @param owner whose state it is
   */
  public SecretStores(
      ApiServer server, RetryPolicy retry, String namespace, String name, String owner) {
    this(
        new StateSecrets(
            requireNonNull(server, "server"),
            requireNonNull(retry, "retry"),
            namespace,
            new StateNames(name),
            requireNonNull(owner, "owner")),
        StateLimits.DEFAULT);
  }

  SecretStores(StateSecrets secrets, StateLimits limits) {
    this(secrets, limits, Optional.empty());
  }

  private SecretStores(StateSecrets secrets, StateLimits limits, Optional<HeadWatch> watch) {
    this.secrets = secrets;
    this.limits = limits;
    this.ledger = new StateLedger(secrets, limits, watch);
  }

  /**
   * Returns stores that watch the head from their third read on, and then read it only when it has
   * changed. What another process has written is read as soon as the server has told of it; a
   * commit fails all the same if it was made for what is old.
   *
   * @param watches those of the cluster
   */
  public SecretStores watching(HeadWatches watches) {
    return new SecretStores(secrets, limits, Optional.of(secrets.watch(watches)));
  }

  /** Returns the inventory. */
  public InventoryStore inventory() {
    return new SecretInventoryStore(ledger);
  }

  /** Returns the history. */
  public HistoryStore history() {
    return new SecretHistoryStore(ledger);
  }

  /** Returns what changes both in one request. */
  public Ledger ledger() {
    return (expectedSequence, entry, call) ->
        ledger.commit(expectedSequence, entry, call).inventory();
  }

  /**
   * Deletes inventory and history for good, so that the owner owns nothing any more. What was
   * applied stays in the cluster.
   *
   * @throws io.github.gitops4j.error.InventoryException if one of the Secrets cannot be deleted;
   *     calling it again goes on
   */
  public void forget(CallContext call) {
    ledger.forget(call);
  }

  /** Ends the watch; the stores can be used on. */
  @Override
  public void close() {
    ledger.close();
  }
}
