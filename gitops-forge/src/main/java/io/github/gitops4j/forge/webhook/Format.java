package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.util.List;

/** How the webhooks of one provider are signed, and what is in them. Stateless. */
interface Format {
  /**
   * Returns what verifies deliveries.
   *
   * @param tolerance how far the time of a delivery may be from now, where one is signed
   * @throws IllegalArgumentException if a secret is none of this provider
   */
  Proof proof(List<WebhookSecret> secrets, Duration tolerance);

  /** Returns which parts of a payload are of interest. */
  Shape shape();

  /** Names a delivery that was verified. */
  Delivery delivery(Headers headers, Body body) throws PayloadException;

  /** Says what a delivery is. */
  Verdict read(Delivery delivery, Body body) throws PayloadException;
}
