package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The address that a Git host calls, whatever server it is mounted in: reads the body within
 * limits, lets a {@link Webhook} judge it, tells a {@link WebhookTrigger} and says what to answer.
 * {@link WebhookHandler} does so for the server of the JDK.
 *
 * <p>It waits for no pass: what follows is queued, and the host has its answer at once. What is
 * over a limit is refused with 408, 413 or 503, and the next interval finds what it would have
 * told.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class WebhookEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

  private final Webhook webhook;
  private final WebhookTrigger trigger;
  private final WebhookListener listener;
  private final Intake intake;
  private final Duration patience;
  private final Ticker ticker;

  private WebhookEndpoint(Builder builder) {
    this.webhook = builder.webhook;
    this.trigger = builder.trigger;
    this.listener = builder.listener;
    this.intake =
        new Intake(builder.mostAtOnce, Math.max(builder.mostBytes, 2L * webhook.maxBytes()));
    this.patience = builder.patience;
    this.ticker = builder.ticker;
  }

  /** Returns a builder. */
  public static Builder builder(Webhook webhook, WebhookTrigger trigger) {
    return new Builder(webhook, trigger);
  }

  /** Returns how long the body of a delivery may take to come. */
  public Duration patience() {
    return patience;
  }

  /**
   * Answers a POST.
   *
   * @param headers with their values; the names have no case
   * @param body as it comes; it is not closed. If it blocks, the server has to end that, at the
   *     latest after {@link #patience}
   */
  public WebhookResponse answer(Map<String, List<String>> headers, InputStream body) {
    try (Intake.Held held = intake.begin()) {
      Verdict verdict = judged(headers, body, held);
      try {
        listener.judged(verdict);
      } catch (RuntimeException e) {
        LOG.warn("webhook {}: a listener has failed", webhook.provider().id(), e);
      }
      return verdict instanceof Verdict.Refused refused
          ? WebhookResponse.of(refused.httpStatus(), refused.message())
          : told(verdict);
    }
  }

  private Verdict judged(Map<String, List<String>> headers, InputStream body, Intake.Held held) {
    if (!held.isAllowed()) {
      return Verdict.Refused.unverified(503, "busy: there are too many deliveries at once");
    }
    try {
      long end = ticker.nanos() + patience.toNanos();
      return webhook.judge(
          headers, new BodyReader(held, webhook.maxBytes(), ticker, end).read(body));
    } catch (BodyReader.RefusedException e) {
      return Verdict.Refused.unverified(e.status(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Verdict.Refused.unverified(400, "the body broke off");
    }
  }

  private WebhookResponse told(Verdict verdict) {
    try {
      OptionalInt told = trigger.tell(verdict);
      if (told.isPresent()) {
        return WebhookResponse.of(verdict.httpStatus(), text(verdict, told.getAsInt()));
      }
    } catch (RuntimeException e) {
      LOG.warn("webhook {}: telling failed", webhook.provider().id(), e);
      verdict.verified().ifPresent(webhook::forget);
      return WebhookResponse.of(500, "telling the controller failed");
    }
    verdict.verified().ifPresent(webhook::forget);
    return WebhookResponse.of(503, "no controller takes this now");
  }

  private static String text(Verdict verdict, int told) {
    return verdict instanceof Verdict.Moved
        ? verdict.message() + ": applications that look: " + told
        : verdict.message();
  }

  /** Builds a {@link WebhookEndpoint}. Confined to one thread. */
  public static final class Builder {
    private final Webhook webhook;
    private final WebhookTrigger trigger;
    private WebhookListener listener = verdict -> {};
    private Duration patience = Duration.ofSeconds(10);
    private Ticker ticker = Ticker.system();
    private int mostAtOnce = 64;
    private long mostBytes = 32L << 20;

    private Builder(Webhook webhook, WebhookTrigger trigger) {
      this.webhook = requireNonNull(webhook, "webhook");
      this.trigger = requireNonNull(trigger, "trigger");
    }

    /** Default one that does nothing. */
    public Builder listener(WebhookListener value) {
      this.listener = requireNonNull(value, "listener");
      return this;
    }

    /** Default 10 s: how long the body of a delivery may take to come. */
    public Builder patience(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("a body takes some time to come");
      }
      this.patience = value;
      return this;
    }

    /** Default the JVM's monotonic clock. */
    public Builder ticker(Ticker value) {
      this.ticker = requireNonNull(value, "ticker");
      return this;
    }

    /** Default 64: how many deliveries are read at once; others are refused with 503. */
    public Builder mostAtOnce(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one delivery, not " + value);
      }
      this.mostAtOnce = value;
      return this;
    }

    /**
     * Default 32 MiB: how much memory all bodies that are read at once may take; others are refused
     * with 503. A body takes twice its size, and one always has room.
     */
    public Builder mostBytes(long value) {
      this.mostBytes = value;
      return this;
    }

    /** Builds the endpoint. */
    public WebhookEndpoint build() {
      return new WebhookEndpoint(this);
    }
  }
}
