package io.github.gitops4j.resource;

import java.io.IOException;
import java.io.InputStream;

/**
 * Opens the same bytes again and again, so that a large file is never held in memory.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ContentSource {
  /**
   * Opens the bytes from their beginning; the caller closes the stream.
   *
   * @throws IOException if the bytes cannot be read
   */
  InputStream open() throws IOException;
}
