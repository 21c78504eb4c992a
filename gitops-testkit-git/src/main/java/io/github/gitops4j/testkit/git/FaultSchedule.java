package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests to a {@link GitHttpServer} fail, and how.
 *
 * <p>Orders for next requests are used up one per request, oldest first; then the standing orders
 * count, newest first. A request that is refused for want of credentials uses up none. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FaultSchedule {
  private final Object lock = new Object();
  private final List<Order> next = new ArrayList<>();
  private final List<Order> standing = new ArrayList<>();

  FaultSchedule() {}

  /** Let the next request of any kind fail. */
  public FaultSchedule next(GitFault fault) {
    return add(next, EnumSet.allOf(RequestKind.class), fault);
  }

  /** Let the next request of this kind fail. */
  public FaultSchedule next(RequestKind kind, GitFault fault) {
    return add(next, EnumSet.of(kind), fault);
  }

  /** Let all requests fail. */
  public FaultSchedule always(GitFault fault) {
    return add(standing, EnumSet.allOf(RequestKind.class), fault);
  }

  /** Let all requests of this kind fail. */
  public FaultSchedule always(RequestKind kind, GitFault fault) {
    return add(standing, EnumSet.of(kind), fault);
  }

  /** Drop all orders. */
  public FaultSchedule clear() {
    synchronized (lock) {
      next.clear();
      standing.clear();
    }
    return this;
  }

  /** Take the fault for a request of this kind. */
  Optional<GitFault> take(RequestKind kind) {
    synchronized (lock) {
      for (Iterator<Order> orders = next.iterator(); orders.hasNext(); ) {
        Order order = orders.next();
        if (order.kinds.contains(kind)) {
          orders.remove();
          return Optional.of(order.fault);
        }
      }
      return standing.stream()
          .filter(order -> order.kinds.contains(kind))
          .reduce((older, newer) -> newer)
          .map(Order::fault);
    }
  }

  private FaultSchedule add(List<Order> orders, Set<RequestKind> kinds, GitFault fault) {
    Order order = new Order(kinds, requireNonNull(fault, "fault"));
    synchronized (lock) {
      orders.add(order);
    }
    return this;
  }

  private record Order(Set<RequestKind> kinds, GitFault fault) {}
}
