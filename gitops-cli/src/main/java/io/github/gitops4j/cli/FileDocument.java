package io.github.gitops4j.cli;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;

/**
 * A document of a file, under the key by which its counterpart is found.
 *
 * @param key what it is
 * @param form what it looks like
 * @param document the content
 * @param origin where it is
 */
record FileDocument(ResourceKey key, Form form, Document document, Origin origin) {
  /** What a document looks like. */
  enum Form {
    /** It says which Kubernetes object it is. */
    MANIFEST,
    /** Anything else; it is known by its place. */
    OTHER
  }
}
