package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object: fields in the order in which they were written, each key once.
 *
 * <p>Arrays instead of a map because a document is read far more often than it is searched, and
 * there are millions of these. Only large objects carry an index.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Mapping implements Value {
  /** Up to this many keys a scan beats a hash table. */
  private static final int SCAN_LIMIT = 16;

  private static final Mapping EMPTY = new Mapping(new String[0], new Value[0], null, null);

  private final String[] keys;
  private final Value[] values;
  private final int @Nullable [] lines;
  private final @Nullable Map<String, Integer> index;

  private Mapping(
      String[] keys, Value[] values, int @Nullable [] lines, @Nullable Map<String, Integer> index) {
    this.keys = keys;
    this.values = values;
    this.lines = lines;
    this.index = index;
  }

  /** Returns the object without fields. */
  public static Mapping empty() {
    return EMPTY;
  }

  /** Starts an object without fields. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the number of fields. */
  public int size() {
    return keys.length;
  }

  /** Returns the key of the field at a position, in the order of writing. */
  public String key(int position) {
    return keys[position];
  }

  /** Returns the value of the field at a position, in the order of writing. */
  public Value value(int position) {
    return values[position];
  }

  /** Returns the source line of the field at a position, from 1, or 0 if it is not known. */
  public int line(int position) {
    return lines == null ? 0 : lines[position];
  }

  /** Returns the keys in the order of writing. */
  public List<String> keys() {
    return new Keys(keys);
  }

  /** Returns the value of a field. */
  public Optional<Value> get(String key) {
    int position = indexOf(key);
    return position < 0 ? Optional.empty() : Optional.of(values[position]);
  }

  /** Returns the text of a field, or nothing if there is none or it is something else. */
  public Optional<String> text(String key) {
    int position = indexOf(key);
    return position >= 0 && values[position] instanceof Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** Starts an object that has the fields of this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns the position of a field, or -1 if there is none with this key. */
  public int indexOf(String key) {
    requireNonNull(key, "key");
    if (index != null) {
      Integer position = index.get(key);
      return position == null ? -1 : position;
    }
    return scan(keys, keys.length, key);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Mapping that) || that.keys.length != keys.length) {
      return false;
    }
    for (int i = 0; i < keys.length; i++) {
      int position = that.keys[i].equals(keys[i]) ? i : that.indexOf(keys[i]);
      if (position < 0 || !values[i].equals(that.values[position])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = 0; i < keys.length; i++) {
      hash += keys[i].hashCode() * 31 ^ values[i].hashCode();
    }
    return hash;
  }

  /** Returns the number of fields and hides them. */
  @Override
  public String toString() {
    return "Mapping[" + keys.length + " keys]";
  }

  @SuppressWarnings("ReferenceEquality") // interned keys: the pointer answers most questions
  private static int scan(@Nullable String[] keys, int size, String key) {
    for (int i = 0; i < size; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    for (int i = 0; i < size; i++) {
      if (key.equals(keys[i])) {
        return i;
      }
    }
    return -1;
  }

  /** A view: the array stays hidden and is not copied for each look at the keys. */
  private static final class Keys extends AbstractList<String> {
    private final String[] keys;

    Keys(String[] keys) {
      this.keys = keys;
    }

    @Override
    public String get(int position) {
      return keys[position];
    }

    @Override
    public int size() {
      return keys.length;
    }
  }

  /**
   * Collects the fields of an object.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private static final int FIRST_CAPACITY = 8;

    private String[] keys = new String[FIRST_CAPACITY];
    private Value[] values = new Value[FIRST_CAPACITY];
    private int[] lines = new int[FIRST_CAPACITY];
    private int size;
    private boolean lineKnown;
    private @Nullable Map<String, Integer> index;

    private Builder() {}

    private Builder(Mapping like) {
      size = like.size();
      keys = Arrays.copyOf(like.keys, Math.max(size, FIRST_CAPACITY));
      values = Arrays.copyOf(like.values, keys.length);
      lines = like.lines == null ? new int[keys.length] : Arrays.copyOf(like.lines, keys.length);
      lineKnown = like.lines != null;
      index = like.index == null ? null : new HashMap<>(like.index);
    }

    /**
     * Adds a field whose source line is not known.
     *
     * @throws IllegalArgumentException if the key is there already
     */
    public Builder put(String key, Value value) {
      return put(key, value, 0);
    }

    /**
     * Adds a field.
     *
     * @param key the field's name
     * @param value its value
     * @param line source line, from 1, or 0 if it is not known
     * @throws IllegalArgumentException if the key is there already
     */
    public Builder put(String key, Value value, int line) {
      if (!putIfAbsent(key, value, line)) {
        throw new IllegalArgumentException("the key is there already");
      }
      return this;
    }

    /**
     * Adds a field unless its key is there already.
     *
     * @return whether the field was added
     */
    public boolean putIfAbsent(String key, Value value, int line) {
      requireNonNull(value, "value");
      String shared = KeyInterner.intern(key);
      if (indexOf(shared) >= 0) {
        return false;
      }
      append(shared, value, line);
      return true;
    }

    /** Adds a field, or gives the field that is there a new value in its old place. */
    public Builder set(String key, Value value) {
      return set(key, value, 0);
    }

    /** Adds a field, or gives the field that is there a new value and line in its old place. */
    public Builder set(String key, Value value, int line) {
      requireNonNull(value, "value");
      String shared = KeyInterner.intern(key);
      int position = indexOf(shared);
      if (position < 0) {
        append(shared, value, line);
      } else {
        values[position] = value;
        lines[position] = line;
      }
      return this;
    }

    /** Says whether a field is there. */
    public boolean contains(String key) {
      return indexOf(key) >= 0;
    }

    /** Returns the number of fields so far. */
    public int size() {
      return size;
    }

    /** Returns the object; the builder can go on. */
    public Mapping build() {
      if (size == 0) {
        return EMPTY;
      }
      return new Mapping(
          Arrays.copyOf(keys, size),
          Arrays.copyOf(values, size),
          lineKnown ? Arrays.copyOf(lines, size) : null,
          index == null ? null : new HashMap<>(index));
    }

    private int indexOf(String key) {
      requireNonNull(key, "key");
      if (index != null) {
        Integer position = index.get(key);
        return position == null ? -1 : position;
      }
      return scan(keys, size, key);
    }

    private void append(String key, Value value, int line) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
        values = Arrays.copyOf(values, size * 2);
        lines = Arrays.copyOf(lines, size * 2);
      }
      keys[size] = key;
      values[size] = value;
      lines[size] = line;
      lineKnown |= line > 0;
      if (index != null) {
        index.put(key, size);
      }
      size++;
      if (size == SCAN_LIMIT + 1) {
        startIndex();
      }
    }

    /** A tree-backed hash map on purpose: keys with equal hashes must not cost quadratic time. */
    private void startIndex() {
      Map<String, Integer> positions = new HashMap<>();
      for (int i = 0; i < size; i++) {
        positions.put(keys[i], i);
      }
      index = positions;
    }
  }
}
