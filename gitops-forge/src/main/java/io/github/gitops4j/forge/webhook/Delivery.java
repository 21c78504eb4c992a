package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

/**
 * One call of a webhook, which was verified.
 *
 * <p>Immutable.
 *
 * @param provider who sent it
 * @param event what it is about, in the words of the provider; empty if it does not say
 * @param id by which a replay is known; empty if it has none
 * @since 0.1.0
 */
public record Delivery(Provider provider, String event, String id) {
  /** Checks the parts. */
  public Delivery {
    requireNonNull(provider, "provider");
    requireNonNull(event, "event");
    requireNonNull(id, "id");
  }
}
