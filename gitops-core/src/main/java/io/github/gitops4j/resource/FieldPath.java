package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * The way from the root of a document to a value, or a pattern for several ways.
 *
 * <p>The text form is a JSON pointer (RFC 6901) with two extensions: {@code *} is every field or
 * item, and {@code [name=web]} or {@code [port=80,protocol=TCP]} is the item with these values:
 * {@code /spec/containers/[name=web]/image}. A segment of digits is an index in an array and a key
 * in an object. Besides {@code ~0} for {@code ~} and {@code ~1} for {@code /} there are {@code ~2}
 * for a literal {@code *}, {@code ~3} for {@code [}, {@code ~4} for a comma, {@code ~5} for {@code
 * =} and {@code ~6} for {@code ]}, needed only where the plain character would mean something else.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class FieldPath implements Comparable<FieldPath> {
  private static final FieldPath ROOT = new FieldPath(List.of());

  private final List<PathSegment> segments;

  private FieldPath(List<PathSegment> segments) {
    this.segments = segments;
  }

  /** Returns the path of the whole document. */
  public static FieldPath root() {
    return ROOT;
  }

  /** Creates a path of the given segments. */
  public static FieldPath of(List<PathSegment> segments) {
    return segments.isEmpty() ? ROOT : new FieldPath(List.copyOf(segments));
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if the text is no path; the message says where
   */
  public static FieldPath parse(String text) {
    return of(PathSyntax.parse(requireNonNull(text, "text")));
  }

  /** Returns the path of a field below this one. */
  public FieldPath field(String name) {
    return child(PathSyntax.segment(name));
  }

  /** Returns the path of an array item below this one. */
  public FieldPath index(int position) {
    return child(new PathSegment.Index(position));
  }

  /** Returns the path of the array item with these values below this one. */
  public FieldPath keyed(Map<String, String> fields) {
    return child(new PathSegment.Keyed(fields));
  }

  /** Returns the pattern for everything directly below this one. */
  public FieldPath any() {
    return child(new PathSegment.Any());
  }

  /** Returns this path with one more segment. */
  public FieldPath child(PathSegment segment) {
    PathSegment[] longer = new PathSegment[size() + 1];
    for (int i = 0; i < size(); i++) {
      longer[i] = segments.get(i);
    }
    longer[size()] = segment;
    return new FieldPath(List.of(longer));
  }

  /** Returns the segments from the root on. */
  public List<PathSegment> segments() {
    return segments;
  }

  /** Returns the number of segments. */
  public int size() {
    return segments.size();
  }

  /** Says whether this is the path of the whole document. */
  public boolean isRoot() {
    return segments.isEmpty();
  }

  /** Says whether this path, as a pattern, takes the other one, which has no wildcard. */
  public boolean matches(FieldPath concrete) {
    return size() == concrete.size() && covers(concrete);
  }

  /** Says whether this path, as a pattern, takes the other one or something above it. */
  public boolean covers(FieldPath concrete) {
    if (size() > concrete.size()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!segments.get(i).matches(concrete.segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Says whether the other path begins with exactly the segments of this one. */
  public boolean isPrefixOf(FieldPath other) {
    return size() <= other.size() && segments.equals(other.segments.subList(0, size()));
  }

  /** Orders by segment; a path comes before what is below it. */
  @Override
  public int compareTo(FieldPath other) {
    int common = Math.min(size(), other.size());
    for (int i = 0; i < common; i++) {
      int order = segments.get(i).compareTo(other.segments.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(size(), other.size());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldPath that && segments.equals(that.segments);
  }

  @Override
  public int hashCode() {
    return segments.hashCode();
  }

  /** Returns the text form, which {@link #parse} reads back; empty for the root. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (PathSegment segment : segments) {
      out.append('/').append(segment);
    }
    return out.toString();
  }
}
