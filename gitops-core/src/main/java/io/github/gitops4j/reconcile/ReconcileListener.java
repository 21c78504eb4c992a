package io.github.gitops4j.reconcile;

/**
 * Is told what happens, in the thread of the pass and in order. What it throws is logged and does
 * no harm, errors too, so a test asserts nothing in it; it should return quickly, as the pass waits
 * for it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReconcileListener {
  /** Takes an event. */
  void onEvent(ReconcileEvent event);
}
