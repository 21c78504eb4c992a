package io.github.gitops4j.testkit.contract;

import java.util.stream.LongStream;

/** Places in bytes: all of few, a sample of many, the first and the last always. */
final class Places {
  private static final long MOST = Boolean.getBoolean("gitops.soak") ? Long.MAX_VALUE : 48;

  private Places() {}

  /** Returns places from 0 on, in order. */
  static long[] below(long end) {
    long stride = Math.max(1, (end + MOST - 1) / MOST);
    return LongStream.range(0, end)
        .filter(place -> place % stride == 0 || place == end - 1)
        .toArray();
  }
}
