package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies what comes through a webhook, and says what it is. It depends on no server: headers and
 * the raw bytes of the body go in, a {@link Verdict} comes out.
 *
 * <p>Nothing of a body is read before it is verified over its raw bytes, in constant time, with one
 * of the secrets. While a secret is changed there are two. A body that is not understood is an
 * answer of 400 and never an exception.
 *
 * <p>A delivery whose id came before is ignored, see {@link Builder#replays}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Webhook {
  private static final int MEGABYTE = 1 << 20;

  private final Provider provider;
  private final Format format;
  private final Proof proof;
  private final InstantSource clock;
  private final int maxBytes;
  private final Replays replays;

  private Webhook(Builder builder) {
    this.provider = builder.provider;
    this.format = builder.provider.format();
    this.proof = format.proof(builder.secrets, builder.tolerance);
    this.clock = builder.clock;
    this.maxBytes = builder.maxBytes;
    this.replays = new Replays(builder.mostReplays, builder.replaysKept);
  }

  /**
   * Returns a builder.
   *
   * @param secrets any of which verifies a delivery; the first ones first
   * @throws IllegalArgumentException if there is none
   */
  public static Builder builder(Provider provider, List<WebhookSecret> secrets) {
    return new Builder(provider, secrets);
  }

  /** Returns who sends. */
  public Provider provider() {
    return provider;
  }

  /** Returns the largest body, in bytes. */
  public int maxBytes() {
    return maxBytes;
  }

  /**
   * Judges a delivery.
   *
   * @param headers with their values; the names have no case
   * @param body the raw bytes, as they came; they are not kept
   */
  public Verdict judge(Map<String, List<String>> headers, byte[] body) {
    Headers given = Headers.of(requireNonNull(headers, "headers"));
    if (requireNonNull(body, "body").length > maxBytes) {
      return Verdict.Refused.unverified(413, "the body has more than " + maxBytes + " bytes");
    }
    Body read = new Body(body, given, format.shape());
    try {
      Optional<String> objection = proof.objection(given, read, clock.instant());
      if (objection.isPresent()) {
        return Verdict.Refused.unverified(401, objection.get());
      }
    } catch (PayloadException e) {
      return Verdict.Refused.unverified(400, String.valueOf(e.getMessage()));
    }
    return verified(given, read);
  }

  private Verdict verified(Headers headers, Body body) {
    Delivery delivery = new Delivery(provider, "", "");
    try {
      delivery = format.delivery(headers, body);
      if (!replays.isNew(delivery.id(), clock.instant())) {
        return new Verdict.Ignored(delivery, Verdict.Ignored.Reason.DUPLICATE);
      }
      return format.read(delivery, body);
    } catch (PayloadException e) {
      forget(delivery);
      return Verdict.Refused.of(delivery, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Takes the next delivery of this id for a new one. Call it if what should follow from this one
   * has failed and the host is told so, as it will try again with the same id.
   */
  public void forget(Delivery delivery) {
    replays.forget(delivery.id());
  }

  /** Builds a {@link Webhook}. Confined to one thread. */
  public static final class Builder {
    private final Provider provider;
    private final List<WebhookSecret> secrets;
    private InstantSource clock = InstantSource.system();
    private Duration tolerance = Duration.ofMinutes(5);
    private int maxBytes = 3 * MEGABYTE;
    private int mostReplays = 10_000;
    private Duration replaysKept = Duration.ofDays(1);

    private Builder(Provider provider, List<WebhookSecret> secrets) {
      this.provider = requireNonNull(provider, "provider");
      this.secrets = List.copyOf(secrets);
      if (secrets.isEmpty()) {
        throw new IllegalArgumentException("a webhook without a secret verifies nothing");
      }
    }

    /** Default the system's clock. */
    public Builder clock(InstantSource value) {
      this.clock = requireNonNull(value, "clock");
      return this;
    }

    /** Default 5 minutes: how far a signed time may be from now, before or after. */
    public Builder tolerance(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("a tolerance is not negative");
      }
      this.tolerance = value;
      return this;
    }

    /** Default 3 MiB: the largest body, in bytes; at most 25 MiB, as no host sends more. */
    public Builder maxBytes(int value) {
      if (value < 1 || value > 25 * MEGABYTE) {
        throw new IllegalArgumentException(
            "the largest body has 1 to " + 25 * MEGABYTE + " bytes, not " + value);
      }
      this.maxBytes = value;
      return this;
    }

    /**
     * Default 10,000 for a day: how many ids of deliveries are kept, and for how long, to know a
     * replay. One that is not known costs a look.
     */
    public Builder replays(int most, Duration kept) {
      if (most < 1 || kept.isNegative()) {
        throw new IllegalArgumentException("at least one id is kept, for some time");
      }
      this.mostReplays = most;
      this.replaysKept = kept;
      return this;
    }

    /**
     * Builds the webhook.
     *
     * @throws IllegalArgumentException if a secret is none of this provider
     */
    public Webhook build() {
      return new Webhook(this);
    }
  }
}
