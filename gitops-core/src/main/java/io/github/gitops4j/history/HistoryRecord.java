package io.github.gitops4j.history;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import java.time.Instant;

/**
 * A link of the chain: an event, when, and the digest of the link before.
 *
 * <p>The digest covers sequence, time, previous digest and event, so that no record can be changed
 * or dropped without breaking all later ones.
 *
 * <p>Immutable.
 *
 * @param sequence number from 1, without gaps
 * @param time when it was recorded, to the millisecond
 * @param event what happened
 * @param previous digest of the record before; {@link #START} for the first
 * @param digest digest of this record
 * @since 0.1.0
 */
public record HistoryRecord(
    long sequence, Instant time, HistoryEvent event, ContentDigest previous, ContentDigest digest) {

  /** What the first record names as its predecessor. */
  public static final ContentDigest START = new ContentDigest(0, 0, 0, 0);

  /** Checks the parts. */
  public HistoryRecord {
    requireNonNull(time, "time");
    requireNonNull(event, "event");
    requireNonNull(previous, "previous");
    requireNonNull(digest, "digest");
  }

  /** Creates the record that follows a sequence number and digest. */
  public static HistoryRecord following(
      long lastSequence, ContentDigest lastDigest, Instant time, HistoryEvent event) {
    Instant millis = Instant.ofEpochMilli(time.toEpochMilli());
    long sequence = lastSequence + 1;
    return new HistoryRecord(
        sequence,
        millis,
        event,
        lastDigest,
        HistoryJson.chain(sequence, millis, event, lastDigest));
  }

  /** Says whether the digest is the right one for the content. */
  public boolean isIntact() {
    return digest.equals(HistoryJson.chain(sequence, time, event, previous));
  }
}
