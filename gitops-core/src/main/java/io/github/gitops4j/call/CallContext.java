package io.github.gitops4j.call;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import java.time.Duration;
import java.util.Optional;

/**
 * Deadline, cancellation, progress and operation id of one call; the last parameter of every SPI
 * method.
 *
 * <p>An implementation MUST call {@link #checkActive(String)} at least between two resources and
 * MUST bound each blocking step by {@link #remaining()}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallContext {
  private final Ticker ticker;
  private final Optional<Long> deadlineNanos;
  private final Cancellation cancellation;
  private final ProgressSink progress;
  private final String operationId;

  private CallContext(Builder builder) {
    this.ticker = builder.ticker;
    this.cancellation = builder.cancellation;
    this.progress = builder.progress;
    this.operationId = builder.operationId;
    this.deadlineNanos = builder.timeout.map(timeout -> endOf(timeout, ticker));
  }

  private CallContext(
      CallContext parent,
      Cancellation cancellation,
      Optional<Long> deadlineNanos,
      String operationId) {
    this.ticker = parent.ticker;
    this.cancellation = cancellation;
    this.progress = parent.progress;
    this.operationId = operationId;
    this.deadlineNanos = deadlineNanos;
  }

  /** Returns a builder without deadline, on the JVM's monotonic clock. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a context whose deadline is the given time from now. */
  public static CallContext withTimeout(Duration timeout) {
    return builder().timeout(timeout).build();
  }

  /** Returns a context that never ends by itself; for tests and interactive use. */
  public static CallContext unbounded() {
    return builder().build();
  }

  /**
   * Returns a context that ends at this one's deadline or after the timeout, whichever is first.
   */
  public CallContext limitedTo(Duration timeout) {
    long limit = endOf(timeout, ticker);
    long ends = deadlineNanos.map(own -> own - limit < 0 ? own : limit).orElse(limit);
    return new CallContext(this, cancellation, Optional.of(ends), operationId);
  }

  /** Returns this context under another operation id, with the same deadline and cancellation. */
  public CallContext withOperationId(String id) {
    return new CallContext(this, cancellation, deadlineNanos, requireNonNull(id, "id"));
  }

  /**
   * Returns a context for recording what was done already, even if this one has ended: it cannot be
   * cancelled and ends after the given time, on the same clock and under the same operation id.
   */
  public CallContext toRecordWithin(Duration time) {
    long ends = endOf(time, ticker);
    return new CallContext(this, new Cancellation(), Optional.of(ends), operationId);
  }

  private static long endOf(Duration time, Ticker ticker) {
    return ticker.nanos() + Ticker.countable(time).toNanos();
  }

  /** Returns the time left, never negative; empty if there is no deadline. */
  public Optional<Duration> remaining() {
    return deadlineNanos.map(end -> Duration.ofNanos(Math.max(0, end - ticker.nanos())));
  }

  /** Returns the time left, or the given bound if there is no deadline or it is further away. */
  public Duration remainingAtMost(Duration bound) {
    return remaining().filter(left -> left.compareTo(bound) < 0).orElse(bound);
  }

  /**
   * Ends the work if it has to end.
   *
   * @param step what is about to be done, for the message
   * @throws CallException with {@link FailureCategory#CANCELLED} or {@link FailureCategory#TIMEOUT}
   */
  public void checkActive(String step) {
    if (cancellation.isCancelled()) {
      throw new CallException(FailureCategory.CANCELLED, step + ": cancelled");
    }
    if (deadlineNanos.isPresent() && deadlineNanos.get() - ticker.nanos() <= 0) {
      throw new CallException(FailureCategory.TIMEOUT, step + ": deadline passed");
    }
  }

  /** Says whether neither cancelled nor past the deadline. */
  public boolean isActive() {
    return !cancellation.isCancelled()
        && (deadlineNanos.isEmpty() || deadlineNanos.get() - ticker.nanos() > 0);
  }

  /** Returns the switch that cancels this call. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Reports progress; a sink that throws does no harm. */
  public void progress(String phase, long done, long total) {
    try {
      progress.progress(phase, done, total);
    } catch (RuntimeException ignored) {
      // A broken sink is the host's defect and must not stop a deployment.
    }
  }

  /** Returns the monotonic clock of this call. */
  public Ticker ticker() {
    return ticker;
  }

  /** Returns the id under which this operation is recorded; empty text until one is given. */
  public String operationId() {
    return operationId;
  }

  /** Builds a {@link CallContext}. Confined to one thread. */
  public static final class Builder {
    private Ticker ticker = Ticker.system();
    private Optional<Duration> timeout = Optional.empty();
    private Cancellation cancellation = new Cancellation();
    private ProgressSink progress = ProgressSink.none();
    private String operationId = "";

    private Builder() {}

    /** Default {@link Ticker#system()}. */
    public Builder ticker(Ticker value) {
      this.ticker = requireNonNull(value, "ticker");
      return this;
    }

    /** Default none. The time counts from {@link #build()}. */
    public Builder timeout(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("timeout is negative: " + value);
      }
      this.timeout = Optional.of(value);
      return this;
    }

    /** Default a new one. */
    public Builder cancellation(Cancellation value) {
      this.cancellation = requireNonNull(value, "cancellation");
      return this;
    }

    /** Default {@link ProgressSink#none()}. */
    public Builder progress(ProgressSink value) {
      this.progress = requireNonNull(value, "progress");
      return this;
    }

    /** Default empty: the reconciler makes one. */
    public Builder operationId(String value) {
      this.operationId = requireNonNull(value, "operationId");
      return this;
    }

    /** Builds the context; its timeout starts now. */
    public CallContext build() {
      return new CallContext(this);
    }
  }
}
