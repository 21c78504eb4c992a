package io.github.gitops4j.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * How much a reader takes from one file before it refuses it.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class DocumentLimits {
  private static final DocumentLimits DEFAULTS = builder().build();

  private final int maxBytes;
  private final int maxDepth;
  private final int maxNodes;
  private final int maxNumberLength;

  private DocumentLimits(Builder builder) {
    this.maxBytes = builder.maxBytes;
    this.maxDepth = builder.maxDepth;
    this.maxNodes = builder.maxNodes;
    this.maxNumberLength = builder.maxNumberLength;
  }

  /** Returns the limits with every default. */
  public static DocumentLimits defaults() {
    return DEFAULTS;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the largest file, in bytes. */
  public int maxBytes() {
    return maxBytes;
  }

  /**
   * Reads a file to its end, but no further than to one byte over the largest: a reader that is
   * given that refuses it. The stream is not closed.
   */
  public byte[] read(InputStream file) throws IOException {
    return file.readNBytes((int) Math.min(maxBytes + 1L, Integer.MAX_VALUE));
  }

  /** Returns how deep objects and arrays nest, aliases expanded. */
  public int maxDepth() {
    return maxDepth;
  }

  /** Returns how many values a file has, aliases expanded. */
  public int maxNodes() {
    return maxNodes;
  }

  /** Returns the longest number in a JSON file, in characters. */
  public int maxNumberLength() {
    return maxNumberLength;
  }

  /**
   * Collects limits.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private int maxBytes = 16 << 20;
    private int maxDepth = 200;
    private int maxNodes = 2_000_000;
    private int maxNumberLength = 1000;

    private Builder() {}

    /** Default 16 MiB. The largest file, in bytes. */
    public Builder maxBytes(int bytes) {
      this.maxBytes = positive(bytes);
      return this;
    }

    /**
     * Default 200. How deep objects and arrays nest; at most 1000, as every use of a document
     * recurses.
     */
    public Builder maxDepth(int depth) {
      if (depth > 1000) {
        throw new IllegalArgumentException("a depth above 1000 endangers the stack");
      }
      this.maxDepth = positive(depth);
      return this;
    }

    /** Default 2,000,000. How many values a file has, each alias counted in full. */
    public Builder maxNodes(int nodes) {
      this.maxNodes = positive(nodes);
      return this;
    }

    /** Default 1000. The longest number in a JSON file, in characters. */
    public Builder maxNumberLength(int characters) {
      this.maxNumberLength = positive(characters);
      return this;
    }

    /** Returns the limits. */
    public DocumentLimits build() {
      return new DocumentLimits(this);
    }

    private static int positive(int limit) {
      if (limit <= 0) {
        throw new IllegalArgumentException("a limit is positive");
      }
      return limit;
    }
  }
}
