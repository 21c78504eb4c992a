package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;

/**
 * Turns a tree into another one: a template engine, a decryption.
 *
 * <p>The result must depend on nothing but the tree and what {@link #id()} names, as results are
 * kept by both.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface Renderer {
  /** Returns name, version and every option that changes the result. */
  String id();

  /**
   * Renders a tree.
   *
   * @throws io.github.gitops4j.error.SourceException if it cannot be rendered
   */
  SourceTree render(SourceTree tree, CallContext call);
}
