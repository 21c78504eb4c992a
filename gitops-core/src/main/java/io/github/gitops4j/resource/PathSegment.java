package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One step of a {@link FieldPath}.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface PathSegment extends Comparable<PathSegment> {

  /**
   * A field of an object.
   *
   * @param name the key; never a plain number, see {@link Index}
   */
  record Field(String name) implements PathSegment {
    /** Checks the name. */
    public Field {
      requireNonNull(name, "name");
      if (PathSyntax.isIndex(name)) {
        throw new IllegalArgumentException("a field with a number for a name is an index");
      }
    }

    /** Written out, as what a record generates is slow in a process that has just begun. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Field that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public String toString() {
      return PathSyntax.printField(name);
    }
  }

  /**
   * An item of an array by its position from 0, or, as in a JSON pointer, the field of an object
   * whose key is that number.
   *
   * @param position the number
   */
  record Index(int position) implements PathSegment {
    /** Checks the position. */
    public Index {
      if (position < 0) {
        throw new IllegalArgumentException("an index is not negative");
      }
    }

    @Override
    public String toString() {
      return Integer.toString(position);
    }
  }

  /**
   * An item of an array by the values of some of its fields.
   *
   * @param fields name and value of each field, values as plain text; sorted by name
   */
  record Keyed(Map<String, String> fields) implements PathSegment {
    /** Copies the fields in the order of their names. */
    public Keyed {
      fields = Collections.unmodifiableMap(new TreeMap<>(fields));
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("a keyed segment needs a key");
      }
    }

    /** Says whether an item has these fields with these values. */
    public boolean selects(Value item) {
      if (!(item instanceof Mapping mapping)) {
        return false;
      }
      for (Map.Entry<String, String> field : fields.entrySet()) {
        int position = mapping.indexOf(field.getKey());
        if (position < 0 || !hasText(mapping.value(position), field.getValue())) {
          return false;
        }
      }
      return true;
    }

    private static boolean hasText(Value value, String text) {
      if (value instanceof Text string) {
        return string.value().equals(text);
      }
      return !(value instanceof Mapping || value instanceof Sequence)
          && value.toJson().equals(text);
    }

    /** Written out, as what a record generates is slow in a process that has just begun. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Keyed that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
      return fields.hashCode();
    }

    @Override
    public String toString() {
      return PathSyntax.printKeyed(fields);
    }
  }

  /** Every field and every item. */
  record Any() implements PathSegment {
    @Override
    public String toString() {
      return "*";
    }
  }

  /** Says whether this segment, as a pattern, takes the other one, which has no wildcard. */
  default boolean matches(PathSegment concrete) {
    if (this instanceof Any) {
      return true;
    }
    if (this instanceof Keyed pattern && concrete instanceof Keyed keyed) {
      return keyed.fields().entrySet().containsAll(pattern.fields().entrySet());
    }
    return equals(concrete);
  }

  /** Returns where this segment leads within a value, or -1; a wildcard leads nowhere. */
  default int positionIn(Value value) {
    if (value instanceof Mapping mapping) {
      if (this instanceof Field field) {
        return mapping.indexOf(field.name());
      }
      return this instanceof Index index ? mapping.indexOf(index.toString()) : -1;
    }
    if (value instanceof Sequence sequence) {
      if (this instanceof Index index) {
        return index.position() < sequence.size() ? index.position() : -1;
      }
      return this instanceof Keyed keyed ? PathSyntax.firstSelected(keyed, sequence) : -1;
    }
    return -1;
  }

  /** Orders indexes by number, then fields, then keyed items by text, then the wildcard. */
  @Override
  default int compareTo(PathSegment other) {
    if (this instanceof Index one && other instanceof Index two) {
      return Integer.compare(one.position(), two.position());
    }
    if (this instanceof Field one && other instanceof Field two) {
      return one.name().compareTo(two.name());
    }
    int order = Integer.compare(PathSyntax.rank(this), PathSyntax.rank(other));
    return order != 0 ? order : toString().compareTo(other.toString());
  }
}
