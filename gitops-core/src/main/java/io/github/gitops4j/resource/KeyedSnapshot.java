package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from key to value for a million entries, of which the next version costs only
 * what changed.
 *
 * <p>Two levels of arrays over small buckets: about six bytes an entry beside the value, and a
 * change copies one array of each level. Iteration order is that of the hash and reaches no user.
 *
 * <p>Immutable.
 *
 * @param <V> the value, which knows its key
 * @since 0.1.0
 */
public final class KeyedSnapshot<V extends Keyed> {
  private static final int TARGET_BUCKET = 8;
  private static final int MAX_BITS = 10;

  private final int bits;
  private final int size;
  // root -> middle -> bucket; null where nothing is stored.
  private final Object[] @Nullable [] @Nullable [] root;

  private KeyedSnapshot(int bits, int size, Object[] @Nullable [] @Nullable [] root) {
    this.bits = bits;
    this.size = size;
    this.root = root;
  }

  /** Returns the empty map. */
  public static <V extends Keyed> KeyedSnapshot<V> empty() {
    return new KeyedSnapshot<>(0, 0, new Object[1][][]);
  }

  /** Returns a map of the values; a later value of one key replaces an earlier one. */
  public static <V extends Keyed> KeyedSnapshot<V> of(Collection<? extends V> values) {
    return KeyedSnapshot.<V>sized(values.size()).with(values, List.of());
  }

  private static <V extends Keyed> KeyedSnapshot<V> sized(int expected) {
    int wanted = 0;
    while (wanted < MAX_BITS && (long) TARGET_BUCKET << (2 * wanted) < expected) {
      wanted++;
    }
    return new KeyedSnapshot<>(wanted, 0, new Object[1 << wanted][][]);
  }

  /** Returns the number of entries. */
  public int size() {
    return size;
  }

  /** Returns the value of a key. */
  public Optional<V> get(ResourceKey key) {
    return Optional.ofNullable(find(requireNonNull(key, "key")));
  }

  /** Gives each value to the visitor, in no particular order. */
  public void forEach(Consumer<? super V> visitor) {
    for (Object[][] middle : root) {
      if (middle != null) {
        for (Object[] bucket : middle) {
          visit(bucket, visitor);
        }
      }
    }
  }

  /**
   * Returns the next version.
   *
   * @param puts values to add or replace
   * @param removes keys to forget; a key in both is put
   */
  public KeyedSnapshot<V> with(Collection<? extends V> puts, Collection<ResourceKey> removes) {
    if (puts.isEmpty() && removes.isEmpty()) {
      return this;
    }
    if (overfull(size + puts.size())) {
      return rebuilt(puts, removes);
    }
    Edit edit = new Edit(root.clone(), size);
    removes.forEach(edit::remove);
    puts.forEach(edit::put);
    return new KeyedSnapshot<>(bits, edit.size, edit.root);
  }

  private boolean overfull(long entries) {
    return bits < MAX_BITS && entries > (4L * TARGET_BUCKET) << (2 * bits);
  }

  private KeyedSnapshot<V> rebuilt(Collection<? extends V> puts, Collection<ResourceKey> removes) {
    KeyedSnapshot<V> larger = sized(size + puts.size());
    Edit edit = new Edit(larger.root, 0, larger.bits);
    forEach(edit::put);
    removes.forEach(edit::remove);
    puts.forEach(edit::put);
    return new KeyedSnapshot<>(larger.bits, edit.size, edit.root);
  }

  private @Nullable V find(ResourceKey key) {
    int hash = spread(key);
    Object[][] middle = root[hash & mask(bits)];
    Object[] bucket = middle == null ? null : middle[(hash >>> bits) & mask(bits)];
    int at = bucket == null ? -1 : indexOf(bucket, key);
    return at < 0 || bucket == null ? null : value(bucket[at]);
  }

  private void visit(Object @Nullable [] bucket, Consumer<? super V> visitor) {
    if (bucket != null) {
      for (Object entry : bucket) {
        visitor.accept(value(entry));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private V value(Object entry) {
    return (V) entry;
  }

  private static int indexOf(Object[] bucket, ResourceKey key) {
    for (int i = 0; i < bucket.length; i++) {
      if (((Keyed) bucket[i]).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private static int mask(int bits) {
    return (1 << bits) - 1;
  }

  private static int spread(ResourceKey key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 16);
  }

  /** One change in progress: copies each array once, the first time it is written. */
  private final class Edit {
    private final Object[] @Nullable [] @Nullable [] root;
    private final boolean[] owned;
    private final int bits;
    private int size;

    Edit(Object[] @Nullable [] @Nullable [] root, int size) {
      this(root, size, KeyedSnapshot.this.bits);
    }

    Edit(Object[] @Nullable [] @Nullable [] root, int size, int bits) {
      this.root = root;
      this.size = size;
      this.bits = bits;
      this.owned = new boolean[root.length];
    }

    void put(Keyed entry) {
      int hash = spread(entry.key());
      Object[][] middle = writable(hash & mask(bits));
      int slot = (hash >>> bits) & mask(bits);
      Object[] bucket = middle[slot];
      int at = bucket == null ? -1 : indexOf(bucket, entry.key());
      if (bucket == null) {
        middle[slot] = new Object[] {entry};
        size++;
      } else if (at >= 0) {
        Object[] copy = bucket.clone();
        copy[at] = entry;
        middle[slot] = copy;
      } else {
        Object[] copy = Arrays.copyOf(bucket, bucket.length + 1);
        copy[bucket.length] = entry;
        middle[slot] = copy;
        size++;
      }
    }

    void remove(ResourceKey key) {
      int hash = spread(key);
      Object[][] old = root[hash & mask(bits)];
      int slot = (hash >>> bits) & mask(bits);
      Object[] bucket = old == null ? null : old[slot];
      int at = bucket == null ? -1 : indexOf(bucket, key);
      if (bucket == null || at < 0) {
        return;
      }
      writable(hash & mask(bits))[slot] = without(bucket, at);
      size--;
    }

    private Object @Nullable [] without(Object[] bucket, int at) {
      if (bucket.length == 1) {
        return null;
      }
      Object[] copy = Arrays.copyOf(bucket, bucket.length - 1);
      if (at < copy.length) {
        copy[at] = bucket[bucket.length - 1];
      }
      return copy;
    }

    private Object[][] writable(int index) {
      Object[][] middle = root[index];
      if (middle == null) {
        middle = new Object[1 << bits][];
      } else if (!owned[index]) {
        middle = middle.clone();
      }
      owned[index] = true;
      root[index] = middle;
      return middle;
    }
  }
}
