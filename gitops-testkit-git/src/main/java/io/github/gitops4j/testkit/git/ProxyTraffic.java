package io.github.gitops4j.testkit.git;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the bytes that a proxy passed. */
final class ProxyTraffic {
  private final Map<TcpFault.Direction, LongAdder> passed = new EnumMap<>(TcpFault.Direction.class);

  ProxyTraffic() {
    for (TcpFault.Direction direction : TcpFault.Direction.values()) {
      passed.put(direction, new LongAdder());
    }
  }

  void add(TcpFault.Direction direction, int count) {
    counter(direction).add(count);
  }

  long passed(TcpFault.Direction direction) {
    return counter(direction).sum();
  }

  private LongAdder counter(TcpFault.Direction direction) {
    LongAdder counter = passed.get(direction);
    if (counter == null) {
      throw new AssertionError(direction);
    }
    return counter;
  }
}
