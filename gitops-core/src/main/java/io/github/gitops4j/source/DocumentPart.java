package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Document;

/**
 * One document of a file.
 *
 * <p>Immutable.
 *
 * @param index position among all documents of the file, from 0; empty ones count
 * @param line line on which the content begins, from 1
 * @param document the content
 * @since 0.1.0
 */
public record DocumentPart(int index, int line, Document document) {
  /** Checks the parts. */
  public DocumentPart {
    requireNonNull(document, "document");
    if (index < 0 || line < 1) {
      throw new IllegalArgumentException("index counts from 0, line from 1");
    }
  }
}
