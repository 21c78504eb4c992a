package io.github.gitops4j.kubernetes.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The watches of the heads of all owners on one cluster: one request for each namespace that heads
 * are in, up to a number. What is beyond it is read in each pass.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class HeadWatches implements AutoCloseable {
  private static final int MOST = 50;

  /** With the watches of objects and all requests, fewer than a connection has. */
  private static final int MOST_ON_ONE_CONNECTION = 8;

  private final ApiServer server;
  private final Ticker ticker;
  private final int most;
  private final Map<String, HeadsOfNamespace> namespaces = new HashMap<>();
  private final Map<HeadsOfNamespace, Integer> users = new HashMap<>();
  private final Set<HeadsOfNamespace> begun = new HashSet<>();

  /** Creates watches of which none has begun. */
  public HeadWatches(ApiServer server, Ticker ticker) {
    this.server = requireNonNull(server, "server");
    this.ticker = requireNonNull(ticker, "ticker");
    this.most = server.isMultiplexed() ? MOST_ON_ONE_CONNECTION : MOST;
  }

  /**
   * Returns a watch of one head that has not begun.
   *
   * @param collection where the head is
   * @param label what all heads have, and nothing else
   * @param head its name
   */
  synchronized HeadWatch of(String collection, String label, String head) {
    HeadsOfNamespace heads =
        namespaces.computeIfAbsent(
            collection, any -> new HeadsOfNamespace(server, collection, label, ticker));
    users.merge(heads, 1, Integer::sum);
    return new HeadWatch(this, heads, head);
  }

  /** Says whether there is room for a watch of that namespace, and takes it. */
  synchronized boolean mayBegin(HeadsOfNamespace heads) {
    return begun.contains(heads) || (begun.size() < most && begun.add(heads));
  }

  /** One of the owners needs it no more. */
  synchronized void leave(HeadsOfNamespace heads) {
    if (users.merge(heads, -1, Integer::sum) == 0) {
      users.remove(heads);
      begun.remove(heads);
      namespaces.values().remove(heads);
      heads.close();
    }
  }

  /** Ends all, for good. */
  @Override
  public synchronized void close() {
    users.keySet().forEach(HeadsOfNamespace::close);
  }
}
