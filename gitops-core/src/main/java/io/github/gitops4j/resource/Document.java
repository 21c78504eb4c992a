package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One structured document: a tree over JSON types that remembers its source lines.
 *
 * <p>Equality is that of the tree: key order and lines do not count.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Document {
  private final Supplier<Value> source;
  private volatile @Nullable Value read;

  private Document(Supplier<Value> source, @Nullable Value read) {
    this.source = source;
    this.read = read;
  }

  /** Creates the document with the given root. */
  public static Document of(Value root) {
    requireNonNull(root, "root");
    return new Document(() -> root, root);
  }

  /**
   * Creates a document whose tree is made when it is first asked for, and kept from then on.
   *
   * @param source makes the tree, the same one each time; asked more than once only if several
   *     threads ask at the same time
   */
  public static Document deferred(Supplier<Value> source) {
    return new Document(requireNonNull(source, "source"), null);
  }

  /** Returns the whole tree. */
  public Value root() {
    Value known = read;
    if (known == null) {
      known = source.get();
      read = known;
    }
    return known;
  }

  /**
   * Returns the value at a path, or nothing if it leads nowhere.
   *
   * @throws IllegalArgumentException if the path has a wildcard
   */
  public Optional<Value> at(FieldPath path) {
    @Nullable Value value = root();
    for (PathSegment segment : path.segments()) {
      int position = position(value, segment);
      if (position < 0) {
        return Optional.empty();
      }
      value = child(value, position);
    }
    return Optional.of(value);
  }

  /**
   * Returns the text at a path, or nothing if there is none or it is something else.
   *
   * @throws IllegalArgumentException if the path has a wildcard
   */
  public Optional<String> text(FieldPath path) {
    return at(path).orElse(null) instanceof Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /**
   * Returns the source line, from 1, on which the field or item at a path begins, or 0 if it is not
   * known.
   *
   * @throws IllegalArgumentException if the path has a wildcard
   */
  public int lineOf(FieldPath path) {
    Value value = root();
    int line = 0;
    for (PathSegment segment : path.segments()) {
      int position = position(value, segment);
      if (position < 0) {
        return 0;
      }
      line =
          value instanceof Mapping mapping
              ? mapping.line(position)
              : ((Sequence) value).line(position);
      value = child(value, position);
    }
    return line;
  }

  /**
   * Returns the canonical JSON: UTF-8, keys sorted by UTF-16 code unit, no white space, one text
   * for each number. Equal documents have equal bytes.
   */
  public byte[] canonicalJson() {
    return JsonWriter.bytes(root(), JsonWriter.KeyOrder.SORTED);
  }

  /** Returns the SHA-256 of {@link #canonicalJson()} without building it. */
  public ContentDigest digest() {
    MessageDigest digest = ContentDigest.sha256();
    JsonWriter.write(root(), JsonWriter.KeyOrder.SORTED, digest::update);
    return ContentDigest.ofDigest(digest.digest());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Document that && root().equals(that.root());
  }

  @Override
  public int hashCode() {
    return root().hashCode();
  }

  /** Names the root's type and size and hides the content. */
  @Override
  public String toString() {
    return "Document[" + root() + "]";
  }

  private static int position(Value value, PathSegment segment) {
    if (segment instanceof PathSegment.Any) {
      throw new IllegalArgumentException("a path with a wildcard names no single value");
    }
    return segment.positionIn(value);
  }

  private static Value child(Value container, int position) {
    return container instanceof Mapping mapping
        ? mapping.value(position)
        : ((Sequence) container).get(position);
  }
}
