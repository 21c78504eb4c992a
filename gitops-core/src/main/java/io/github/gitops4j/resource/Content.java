package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

/**
 * What a resource declares: a document, or bytes that the engine does not look into.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Content permits Content.Structured, Content.Opaque {

  /**
   * A document over JSON types.
   *
   * @param document the tree
   */
  record Structured(Document document) implements Content {
    /** Checks the parts. */
    public Structured {
      requireNonNull(document, "document");
    }

    /** Never shows values: they may be secrets. */
    @Override
    public String toString() {
      return "Structured";
    }
  }

  /**
   * Bytes, streamed when they are needed.
   *
   * @param contentId identity of the bytes within their source, for a Git blob its object id
   * @param mode what the entry is
   * @param bytes where the bytes come from
   */
  record Opaque(String contentId, FileMode mode, ContentSource bytes) implements Content {
    /** Checks the parts. */
    public Opaque {
      requireNonNull(contentId, "contentId");
      requireNonNull(mode, "mode");
      requireNonNull(bytes, "bytes");
    }

    /** Returns id and mode. */
    @Override
    public String toString() {
      return "Opaque[" + mode.octal() + " " + contentId + "]";
    }
  }
}
