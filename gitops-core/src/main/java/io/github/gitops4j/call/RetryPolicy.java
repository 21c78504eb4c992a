package io.github.gitops4j.call;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.GitOpsException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Repeats a read that failed for a reason that may pass, with growing pauses and jitter.
 *
 * <p>Only a {@link GitOpsException} that is {@link GitOpsException#retryable() retryable} is
 * repeated, and never past the call's deadline.
 *
 * <p>Thread-safe if what it was given is.
 *
 * @since 0.1.0
 */
public final class RetryPolicy {
  private final int attempts;
  private final Duration first;
  private final Duration longest;
  private final Pause pause;
  private final DoubleSupplier jitter;

  private RetryPolicy(Builder builder) {
    this.attempts = builder.attempts;
    this.first = builder.first;
    this.longest = builder.longest;
    this.pause = builder.pause;
    this.jitter = builder.jitter;
  }

  /** Returns a policy of one attempt. */
  public static RetryPolicy never() {
    return builder().attempts(1).build();
  }

  /** Returns a builder with the default of each choice. */
  public static Builder builder() {
    return new Builder();
  }

  /** Makes the call, and makes it again as long as that may help. */
  public <T> T run(Supplier<T> action, CallContext call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return action.get();
      } catch (GitOpsException e) {
        Duration wait = delay(attempt);
        if (!e.retryable() || attempt >= attempts || !fits(wait, call)) {
          throw e;
        }
        pause.pause(wait, call);
      }
    }
  }

  /**
   * Waits as long as the policy says after an attempt, counted from 1.
   *
   * @throws io.github.gitops4j.error.CallException if the call ends meanwhile
   */
  public void pauseAfter(int attempt, CallContext call) {
    pause.pause(delay(attempt), call);
  }

  /** Returns the pause after the given attempt, counted from 1. */
  public Duration delay(int attempt) {
    double doubled = Ticker.countable(first).toMillis() * Math.pow(2, Math.min(attempt - 1, 30));
    double bounded = Math.min(doubled, (double) Ticker.countable(longest).toMillis());
    return Duration.ofMillis(Math.round(bounded * (0.5 + 0.5 * jitter.getAsDouble())));
  }

  private static boolean fits(Duration wait, CallContext call) {
    return call.remaining().map(left -> left.compareTo(wait) > 0).orElse(true);
  }

  /** Builds a {@link RetryPolicy}. Confined to one thread. */
  public static final class Builder {
    private int attempts = 4;
    private Duration first = Duration.ofMillis(200);
    private Duration longest = Duration.ofSeconds(10);
    private Pause pause = Pause.blocking();
    private DoubleSupplier jitter = Math::random;

    private Builder() {}

    /** Default 4; at least 1. */
    public Builder attempts(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one attempt, not " + value);
      }
      this.attempts = value;
      return this;
    }

    /** Default 200 ms: the pause after the first attempt, before jitter. */
    public Builder first(Duration value) {
      this.first = requireNonNull(value, "first");
      return this;
    }

    /** Default 10 s: the longest pause. */
    public Builder longest(Duration value) {
      this.longest = requireNonNull(value, "longest");
      return this;
    }

    /** Default {@link Pause#blocking()}. */
    public Builder pause(Pause value) {
      this.pause = requireNonNull(value, "pause");
      return this;
    }

    /**
     * Default {@link Math#random}: a number from 0 to 1; a pause is scaled by half to all of it.
     */
    public Builder jitter(DoubleSupplier value) {
      this.jitter = requireNonNull(value, "jitter");
      return this;
    }

    /** Builds the policy. */
    public RetryPolicy build() {
      return new RetryPolicy(this);
    }
  }
}
