package io.github.gitops4j.history;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.history.HistoryAudit.Breach;
import io.github.gitops4j.history.HistoryAudit.Kind;
import io.github.gitops4j.resource.ContentDigest;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all records of a history, oldest first, as a store gives them, and finds the first that
 * is not what it has to be.
 *
 * <p>Nothing in a history says how long it is: that its newest records were cut off, or that all of
 * it was written anew, shows only to who knows the digest of a record that was there.
 *
 * <p>Confined to one audit.
 *
 * @since 0.1.0
 */
public final class HistoryAuditor {
  private final @Nullable ContentDigest known;
  private boolean knownSeen;
  private long sequence;
  private ContentDigest digest = HistoryRecord.START;
  private String lastPlace = "";
  private @Nullable Breach breach;

  private HistoryAuditor(@Nullable ContentDigest known) {
    this.known = known;
    this.knownSeen = known == null || known.equals(digest);
  }

  /** Returns an auditor that knows nothing. */
  public static HistoryAuditor create() {
    return new HistoryAuditor(null);
  }

  /** Returns an auditor that knows the digest of a record, which has to be there. */
  public static HistoryAuditor knowing(ContentDigest known) {
    return new HistoryAuditor(requireNonNull(known, "known"));
  }

  /** Returns the number of the record that has to come next. */
  public long next() {
    return sequence + 1;
  }

  /**
   * Takes the next record.
   *
   * @param place where it is, such as a file and its line
   * @param line what is there, without the end of the line
   */
  public void record(String place, byte[] line) {
    Optional<HistoryRecord> record = understood(line);
    if (breach != null) {
      record.filter(this::isNext).ifPresent(found -> foundFurtherOn(place));
    } else if (record.isEmpty()) {
      found(Kind.UNREADABLE, place, "is no record");
    } else if (!isAsWritten(record.get(), line)) {
      found(Kind.EDITED, place, "was changed after it was written");
    } else if (isNext(record.get())) {
      take(record.get(), place);
    } else {
      notNext(record.get(), place);
    }
  }

  /**
   * Takes records that are the lines of one text, each with its end.
   *
   * @param place where it is, such as a file; the number of the line is added
   * @param lines what is there
   */
  public void records(String place, byte[] lines) {
    int start = 0;
    int number = 1;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        record(place + ":" + number, Arrays.copyOfRange(lines, start, i));
        start = i + 1;
        number++;
      }
    }
    if (start < lines.length) {
      unfinished(place + ":" + number, Arrays.copyOfRange(lines, start, lines.length));
    }
  }

  private void unfinished(String place, byte[] rest) {
    byte[] line = Arrays.copyOf(rest, rest.length - 1);
    if (understood(line).filter(record -> isAsWritten(record, line)).isPresent()) {
      found(Kind.EDITED, place, "has lost its line end");
    } else {
      found(
          Kind.TORN,
          place,
          "was never finished, as by a crash; the next one that is written takes its place");
    }
  }

  /** Takes what else is wrong at the place where the audit is now; the first thing found counts. */
  public void found(Breach wrong) {
    if (breach == null) {
      breach = wrong;
    }
  }

  /** Returns what was found. */
  public HistoryAudit result() {
    if (breach != null) {
      return new HistoryAudit.Broken(sequence, digest, breach);
    } else if (!knownSeen) {
      return new HistoryAudit.Broken(
          sequence,
          digest,
          new Breach(
              Kind.CUT,
              next(),
              lastPlace,
              "no record has the digest "
                  + requireNonNull(known).hex()
                  + ": records were cut off, or all were written anew"));
    }
    return new HistoryAudit.Whole(sequence, digest);
  }

  private void take(HistoryRecord record, String place) {
    sequence = record.sequence();
    digest = record.digest();
    lastPlace = place;
    knownSeen = knownSeen || digest.equals(known);
  }

  private boolean isNext(HistoryRecord record) {
    return record.sequence() == next() && record.previous().equals(digest);
  }

  private void notNext(HistoryRecord record, String place) {
    if (record.sequence() > next()) {
      found(Kind.MISSING, place, "is missing; record " + record.sequence() + " is there instead");
    } else if (record.sequence() < next()) {
      breach =
          new Breach(
              Kind.REPEATED,
              record.sequence(),
              place,
              "record " + record.sequence() + " is there once more, in place of record " + next());
    } else {
      found(
          Kind.UNRELATED,
          place,
          "was not written after record "
              + sequence
              + " as that is now: one of the two was changed");
    }
  }

  private void foundFurtherOn(String place) {
    Breach before = requireNonNull(breach);
    if (before.kind() == Kind.MISSING) {
      breach =
          new Breach(
              Kind.MOVED, next(), before.place(), "record " + next() + " was moved to " + place);
    }
  }

  private void found(Kind kind, String place, String what) {
    found(new Breach(kind, next(), place, "record " + next() + " " + what));
  }

  private static boolean isAsWritten(HistoryRecord record, byte[] line) {
    return record.isIntact() && Arrays.equals(line, HistoryJson.write(record));
  }

  private static Optional<HistoryRecord> understood(byte[] line) {
    try {
      return Optional.of(HistoryJson.understand("", line));
    } catch (HistoryException e) {
      return Optional.empty();
    }
  }
}
