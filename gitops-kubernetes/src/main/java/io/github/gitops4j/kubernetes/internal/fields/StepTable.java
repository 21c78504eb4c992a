package io.github.gitops4j.kubernetes.internal.fields;

import io.github.gitops4j.source.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * Steps that were read before: objects of a kind have the same ones.
 *
 * <p>A fixed table, so nothing piles up. A step has two places, as two that take one place from
 * each other in each object would be read in each object. Races are harmless, as its entries never
 * change.
 */
final class StepTable {
  static final JsonReader JSON = JsonReader.create();

  private static final int SLOTS = 1 << 12;
  private static final @Nullable Entry[] TABLE = new Entry[SLOTS];

  private StepTable() {}

  private record Entry(String key, OwnedStep step) {}

  static OwnedStep step(String key) {
    int hash = key.hashCode();
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    Entry known = TABLE[slot];
    if (known != null && known.key.equals(key)) {
      return known.step;
    }
    int other = slot ^ 1;
    Entry second = TABLE[other];
    if (second != null && second.key.equals(key)) {
      return second.step;
    }
    Entry read = new Entry(key, OwnedStep.read(key));
    if (known != null) {
      TABLE[other] = known;
    }
    TABLE[slot] = read;
    return read.step;
  }
}
