package io.github.gitops4j.testkit.kubernetes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Which requests at an {@link ApiFaultProxy} go wrong, and how.
 *
 * <p>Orders for next requests are used up one per request, oldest first; then the standing orders
 * count, newest first. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ApiFaultSchedule {
  private final Object lock = new Object();
  private final List<Order> next = new ArrayList<>();
  private final List<Order> standing = new ArrayList<>();

  ApiFaultSchedule() {}

  /**
   * Let the next such request go wrong.
   *
   * @return this
   */
  public ApiFaultSchedule next(Predicate<ApiCall> calls, ApiFault fault) {
    return add(next, calls, fault);
  }

  /**
   * Let one such request go wrong, the {@code number}th from now on, beginning with 1.
   *
   * @return this
   */
  public ApiFaultSchedule nth(int number, Predicate<ApiCall> calls, ApiFault fault) {
    if (number < 1) {
      throw new IllegalArgumentException("the first request is number 1: " + number);
    }
    AtomicInteger left = new AtomicInteger(number);
    return next(call -> calls.test(call) && left.decrementAndGet() == 0, fault);
  }

  /**
   * Let all such requests go wrong, from now on.
   *
   * @return this
   */
  public ApiFaultSchedule always(Predicate<ApiCall> calls, ApiFault fault) {
    return add(standing, calls, fault);
  }

  /**
   * Drop all orders; requests that are under way keep their fault.
   *
   * @return this
   */
  public ApiFaultSchedule clear() {
    synchronized (lock) {
      next.clear();
      standing.clear();
    }
    return this;
  }

  /** Count the orders for next requests that nothing has used up. */
  public int pending() {
    synchronized (lock) {
      return next.size();
    }
  }

  Optional<ApiFault> take(ApiCall call) {
    synchronized (lock) {
      for (Iterator<Order> orders = next.iterator(); orders.hasNext(); ) {
        Order order = orders.next();
        if (order.calls.test(call)) {
          orders.remove();
          return Optional.of(order.fault);
        }
      }
      return standing.stream()
          .filter(order -> order.calls.test(call))
          .reduce((older, newer) -> newer)
          .map(Order::fault);
    }
  }

  private ApiFaultSchedule add(List<Order> orders, Predicate<ApiCall> calls, ApiFault fault) {
    Order order = new Order(requireNonNull(calls, "calls"), requireNonNull(fault, "fault"));
    synchronized (lock) {
      orders.add(order);
    }
    return this;
  }

  private record Order(Predicate<ApiCall> calls, ApiFault fault) {}
}
