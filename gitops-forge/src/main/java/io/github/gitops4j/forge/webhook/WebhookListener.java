package io.github.gitops4j.forge.webhook;

/**
 * Is told each verdict of an endpoint, to count or log it, in the thread of the request. What it
 * throws is logged, and changes no answer.
 *
 * <p>Called from many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface WebhookListener {
  /** A delivery was judged, and its answer is about to be sent. */
  void judged(Verdict verdict);
}
