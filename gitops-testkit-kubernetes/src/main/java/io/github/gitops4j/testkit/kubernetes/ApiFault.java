package io.github.gitops4j.testkit.kubernetes;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What goes wrong with a request at an {@link ApiFaultProxy}. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ApiFault {
  /**
   * The proxy answers in place of the API server, with a {@code Status} object.
   *
   * @param status the HTTP status
   * @param reason the reason in the object, such as {@code Expired}
   * @param retryAfter the seconds in the header {@code Retry-After}
   */
  record Answer(int status, String reason, Optional<Duration> retryAfter) implements ApiFault {
    /** Check that all is there. */
    public Answer {
      requireNonNull(reason, "reason");
      requireNonNull(retryAfter, "retryAfter");
    }
  }

  /** The connection is reset before the API server sees the request. */
  record LostRequest() implements ApiFault {}

  /**
   * The API server does what is asked, and the connection breaks while it answers.
   *
   * @param after how many bytes of the body arrive; with none the head does not arrive either
   * @param end how it breaks
   */
  record BrokenAnswer(int after, End end) implements ApiFault {
    /** Check that all is there. */
    public BrokenAnswer {
      requireNonNull(end, "end");
    }
  }

  /**
   * The request waits before it goes on to the API server.
   *
   * @param time how long; waiting ends when the proxy is closed
   */
  record Delay(Duration time) implements ApiFault {
    /** Check that there is a time. */
    public Delay {
      requireNonNull(time, "time");
    }
  }

  /**
   * Something happens before the request goes on to the API server, such as another write, or the
   * end of the process that sent it.
   *
   * @param action what happens; the request waits for it
   */
  record Before(Runnable action) implements ApiFault {
    /** Check that there is an action. */
    public Before {
      requireNonNull(action, "action");
    }
  }

  /**
   * Something happens when the API server has done what is asked, before its answer goes back.
   *
   * @param action what happens; the answer waits for it
   */
  record After(Runnable action) implements ApiFault {
    /** Check that there is an action. */
    public After {
      requireNonNull(action, "action");
    }
  }

  /**
   * A watch stops after some events.
   *
   * @param after how many events arrive
   * @param end how it ends
   */
  record StoppedWatch(int after, WatchEnd end) implements ApiFault {
    /** Check that there is an end. */
    public StoppedWatch {
      requireNonNull(end, "end");
    }
  }

  /**
   * Events of a watch arrive in another way than they were sent.
   *
   * @param how the way
   */
  record OddEvents(Oddity how) implements ApiFault {
    /** Check that there is a way. */
    public OddEvents {
      requireNonNull(how, "how");
    }
  }

  /**
   * Each event of a watch arrives late.
   *
   * @param by how late
   */
  record LateEvents(Duration by) implements ApiFault {
    /** Check that there is a time. */
    public LateEvents {
      requireNonNull(by, "by");
    }
  }

  /** How a connection breaks. */
  enum End {
    /** It is reset. */
    RESET,
    /** It is closed in order, in the middle of the body. */
    CLOSE
  }

  /** How a watch stops. */
  enum WatchEnd {
    /** The connection is reset. */
    RESET,
    /** The answer ends as it does when the time of a watch is over. */
    TIMED_OUT,
    /** An event of type ERROR says 410, and the answer ends. */
    GONE
  }

  /** How events arrive. */
  enum Oddity {
    /** Each twice. */
    DOUBLED,
    /** Two and two in the wrong order: one waits until the next is there. */
    SWAPPED
  }

  /** Answer with a status and no {@code Retry-After}. */
  static ApiFault status(int status) {
    return new Answer(status, reason(status), Optional.empty());
  }

  /** Answer with a status and {@code Retry-After}, in full seconds. */
  static ApiFault retryLater(int status, Duration after) {
    return new Answer(status, reason(status), Optional.of(after));
  }

  /** Answer as the API server does when the token has expired. */
  static ApiFault unauthorized() {
    return status(401);
  }

  /** Answer 410, as a list whose page or a watch whose revision is forgotten. */
  static ApiFault gone() {
    return status(410);
  }

  private static String reason(int status) {
    return switch (status) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 409 -> "Conflict";
      case 410 -> "Expired";
      case 422 -> "Invalid";
      case 429 -> "TooManyRequests";
      case 503 -> "ServiceUnavailable";
      case 504 -> "Timeout";
      default -> "InternalError";
    };
  }
}
