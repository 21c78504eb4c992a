package io.github.gitops4j.history;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;

/**
 * What a look at every record of a history has found.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface HistoryAudit permits HistoryAudit.Whole, HistoryAudit.Broken {

  /** Returns how many records follow each other from the first on. */
  long records();

  /**
   * Returns the digest of the last of these; {@link HistoryRecord#START} if there is none. Kept
   * elsewhere, it lets a later audit find out that what was there then is there no longer.
   */
  ContentDigest digest();

  /**
   * Every record is as it was written and follows the one before.
   *
   * @param records how many there are
   * @param digest digest of the last one
   */
  record Whole(long records, ContentDigest digest) implements HistoryAudit {
    /** Checks the parts. */
    public Whole {
      requireNonNull(digest, "digest");
    }
  }

  /**
   * There is a place from which on nothing is proven.
   *
   * @param records how many records are in order before it
   * @param digest digest of the last one of these
   * @param breach what is wrong there
   */
  record Broken(long records, ContentDigest digest, Breach breach) implements HistoryAudit {
    /** Checks the parts. */
    public Broken {
      requireNonNull(digest, "digest");
      requireNonNull(breach, "breach");
    }
  }

  /**
   * Where a chain breaks first.
   *
   * @param kind what has happened there
   * @param sequence number of the record that is wrong or missing
   * @param place where it is, or would be, such as a file and its line; empty text if nothing is
   *     there at all
   * @param message what is wrong in words, without the place
   */
  record Breach(Kind kind, long sequence, String place, String message) {
    /** Checks the parts. */
    public Breach {
      requireNonNull(kind, "kind");
      requireNonNull(place, "place");
      requireNonNull(message, "message");
    }

    /** Returns place and message. */
    @Override
    public String toString() {
      return place.isEmpty() ? message : place + ": " + message;
    }
  }

  /** How a chain can break. */
  enum Kind {
    /** What is there is no record. */
    UNREADABLE,
    /** The record is not as it was written. */
    EDITED,
    /** The record is not there, but later ones are. */
    MISSING,
    /** The record is further on, behind later ones. */
    MOVED,
    /** A record is there a second time. */
    REPEATED,
    /** The record was written after another one than that before it. */
    UNRELATED,
    /** The last record was cut short, as by a crash; it counts as never written. */
    TORN,
    /** A record that was known is not there, and neither is anything after it. */
    CUT
  }
}
