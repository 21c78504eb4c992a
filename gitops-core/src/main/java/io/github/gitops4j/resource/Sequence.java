package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Sequence implements Value {
  private static final Sequence EMPTY = new Sequence(new Value[0], null);

  private final Value[] items;
  private final int @Nullable [] lines;

  private Sequence(Value[] items, int @Nullable [] lines) {
    this.items = items;
    this.lines = lines;
  }

  /** Creates an array of the given items. */
  public static Sequence of(Value... items) {
    Builder builder = builder();
    for (Value item : items) {
      builder.add(item);
    }
    return builder.build();
  }

  /** Returns the array without items. */
  public static Sequence empty() {
    return EMPTY;
  }

  /** Starts an array without items. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the number of items. */
  public int size() {
    return items.length;
  }

  /** Returns the item at a position. */
  public Value get(int position) {
    return items[position];
  }

  /** Returns the source line of the item at a position, from 1, or 0 if it is not known. */
  public int line(int position) {
    return lines == null ? 0 : lines[position];
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Sequence that && Arrays.equals(items, that.items));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(items);
  }

  /** Returns the number of items and hides them. */
  @Override
  public String toString() {
    return "Sequence[" + items.length + " items]";
  }

  /**
   * Collects the items of an array.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private static final int FIRST_CAPACITY = 4;

    private Value[] items = new Value[FIRST_CAPACITY];
    private int[] lines = new int[FIRST_CAPACITY];
    private int size;
    private boolean lineKnown;

    private Builder() {}

    /** Adds an item whose source line is not known. */
    public Builder add(Value item) {
      return add(item, 0);
    }

    /**
     * Adds an item.
     *
     * @param item the item
     * @param line source line, from 1, or 0 if it is not known
     */
    public Builder add(Value item, int line) {
      requireNonNull(item, "item");
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
        lines = Arrays.copyOf(lines, size * 2);
      }
      items[size] = item;
      lines[size] = line;
      lineKnown |= line > 0;
      size++;
      return this;
    }

    /** Returns the number of items so far. */
    public int size() {
      return size;
    }

    /** Returns the array; the builder can go on. */
    public Sequence build() {
      if (size == 0) {
        return EMPTY;
      }
      return new Sequence(
          Arrays.copyOf(items, size), lineKnown ? Arrays.copyOf(lines, size) : null);
    }
  }
}
