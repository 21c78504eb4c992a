package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came through a webhook. Whatever it says is a hint: it tells where to look, and nothing is
 * ever fetched from it.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Verdict
    permits Verdict.Moved, Verdict.Ping, Verdict.PullRequest, Verdict.Ignored, Verdict.Refused {

  /** The sort of a verdict, for counts and reports. */
  enum Kind {
    /** Branches, and perhaps tags, moved. */
    PUSH,
    /** Only tags moved. */
    TAG_PUSH,
    /** The host tries whether somebody is there. */
    PING,
    /** A pull request was opened, changed or closed. */
    PULL_REQUEST,
    /** Genuine, and of no interest. */
    IGNORED,
    /** Not genuine, or not understood. */
    REFUSED;

    /** Returns the name in lower case, such as {@code tag_push}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the sort. */
  Kind kind();

  /** Returns the delivery if it was verified; nothing if it is not genuine. */
  Optional<Delivery> verified();

  /** Returns the status to answer with. */
  default int httpStatus() {
    return 200;
  }

  /** Returns what to answer in words: one line without anything secret. */
  String message();

  /** Refs moved, or may have: somebody has pushed. */
  sealed interface Moved extends Verdict permits Push, TagPush {
    /** Returns where. */
    Repositories repositories();

    /** Returns which refs, in the order of the payload; none if it does not say. */
    List<RefUpdate> updates();
  }

  /**
   * Refs moved, a branch among them, or the delivery does not say which.
   *
   * @param delivery by what
   * @param repositories where
   * @param updates which refs, in the order of the payload
   */
  record Push(Delivery delivery, Repositories repositories, List<RefUpdate> updates)
      implements Moved {
    /** Checks the parts. */
    public Push {
      requireNonNull(delivery, "delivery");
      requireNonNull(repositories, "repositories");
      updates = List.copyOf(updates);
    }

    @Override
    public Kind kind() {
      return Kind.PUSH;
    }

    @Override
    public Optional<Delivery> verified() {
      return Optional.of(delivery);
    }

    @Override
    public String message() {
      return "push";
    }
  }

  /**
   * Tags moved, and nothing else.
   *
   * @param delivery by what
   * @param repositories where
   * @param updates which tags, in the order of the payload
   */
  record TagPush(Delivery delivery, Repositories repositories, List<RefUpdate> updates)
      implements Moved {
    /** Checks the parts. */
    public TagPush {
      requireNonNull(delivery, "delivery");
      requireNonNull(repositories, "repositories");
      updates = List.copyOf(updates);
    }

    @Override
    public Kind kind() {
      return Kind.TAG_PUSH;
    }

    @Override
    public Optional<Delivery> verified() {
      return Optional.of(delivery);
    }

    @Override
    public String message() {
      return "push of tags";
    }
  }

  /**
   * The host tries whether somebody is there.
   *
   * @param delivery by what
   */
  record Ping(Delivery delivery) implements Verdict {
    /** Checks the parts. */
    public Ping {
      requireNonNull(delivery, "delivery");
    }

    @Override
    public Kind kind() {
      return Kind.PING;
    }

    @Override
    public Optional<Delivery> verified() {
      return Optional.of(delivery);
    }

    @Override
    public String message() {
      return "pong";
    }
  }

  /**
   * A pull request (a merge request) was opened, changed or closed.
   *
   * @param delivery by what
   * @param repositories where it would be merged
   * @param proposal what would be merged
   */
  record PullRequest(Delivery delivery, Repositories repositories, Proposal proposal)
      implements Verdict {
    /** Checks the parts. */
    public PullRequest {
      requireNonNull(delivery, "delivery");
      requireNonNull(repositories, "repositories");
      requireNonNull(proposal, "proposal");
    }

    @Override
    public Kind kind() {
      return Kind.PULL_REQUEST;
    }

    @Override
    public Optional<Delivery> verified() {
      return Optional.of(delivery);
    }

    @Override
    public String message() {
      return "pull request";
    }
  }

  /**
   * It is genuine, and nothing follows from it. The answer is a success, as hosts switch off a
   * webhook that fails.
   *
   * @param delivery by what
   * @param reason why
   */
  record Ignored(Delivery delivery, Reason reason) implements Verdict {
    /** Checks the parts. */
    public Ignored {
      requireNonNull(delivery, "delivery");
      requireNonNull(reason, "reason");
    }

    /** Why nothing follows. */
    public enum Reason {
      /** Events of this sort are of no interest. */
      EVENT("ignored: events of this sort are of no interest"),
      /** The delivery came before. */
      DUPLICATE("duplicate: this delivery came before");

      private final String words;

      Reason(String words) {
        this.words = words;
      }
    }

    @Override
    public Kind kind() {
      return Kind.IGNORED;
    }

    @Override
    public Optional<Delivery> verified() {
      return Optional.of(delivery);
    }

    @Override
    public String message() {
      return reason.words;
    }
  }

  /**
   * It is not taken.
   *
   * @param httpStatus 400 for what is not understood, 401 for what is not genuine, 408, 413 and 503
   *     for what is over a limit
   * @param message why, without anything of the payload
   * @param verified the delivery, if it is genuine
   */
  record Refused(int httpStatus, String message, Optional<Delivery> verified) implements Verdict {
    /** Checks the parts. */
    public Refused {
      requireNonNull(message, "message");
      requireNonNull(verified, "verified");
    }

    static Refused unverified(int httpStatus, String message) {
      return new Refused(httpStatus, message, Optional.empty());
    }

    static Refused of(Delivery delivery, String message) {
      return new Refused(400, message, Optional.of(delivery));
    }

    @Override
    public Kind kind() {
      return Kind.REFUSED;
    }
  }
}
