package io.github.gitops4j.kubernetes.internal.fields;

import io.github.gitops4j.source.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * Steps that were read before: objects of a kind have the same ones.
 *
 * <p>A fixed table in which a step takes the slot of another, so nothing piles up. Races are
 * harmless, as its entries never change.
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
    Entry read = new Entry(key, OwnedStep.read(key));
    TABLE[slot] = read;
    return read.step;
  }
}
