package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.history.HistoryJson;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.resource.ContentDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The older records of a history, in Secrets that never change. Their numbers and the chain say
 * whether all of them are there.
 *
 * <p>Thread-safe.
 */
final class HistorySegments {
  private final StateSecrets secrets;
  private final StateNames names;
  private final int longestTail;

  HistorySegments(StateSecrets secrets, StateNames names, StateLimits limits) {
    this.secrets = secrets;
    this.names = names;
    this.longestTail = limits.tail();
  }

  /**
   * Moves a tail that has become long into a segment. All of it is in the head already, so that a
   * segment without a head that counts it does no harm: whoever comes next takes it over.
   *
   * @return what the head has to say then; nothing if there is a segment of that number which says
   *     something else
   */
  Optional<HistoryPart> roll(HistoryPart history, CallContext call) {
    List<byte[]> lines = history.tail().stream().map(HistoryJson::write).toList();
    if (lines.stream().mapToInt(line -> line.length).sum() <= longestTail) {
      return Optional.of(history);
    }
    int number = history.segments() + 1;
    if (secrets.create(StatePart.HISTORY, names.segment(number), Lines.join(lines), call)) {
      return Optional.of(history.withoutFirst(lines.size()));
    }
    List<HistoryRecord> there = read(number, call);
    int count = there.size();
    boolean ours = count <= lines.size() && same(history.tail().subList(0, count), there);
    return ours ? Optional.of(history.withoutFirst(count)) : Optional.empty();
  }

  /** A record may be read as another object than it was written: times are kept in milliseconds. */
  private static boolean same(List<HistoryRecord> tail, List<HistoryRecord> there) {
    return there.stream().allMatch(HistoryRecord::isIntact)
        && tail.stream()
            .map(HistoryRecord::digest)
            .toList()
            .equals(there.stream().map(HistoryRecord::digest).toList());
  }

  /**
   * Gives the newest records, newest first, reading no more segments than it takes.
   *
   * @throws HistoryException if a segment is missing or damaged
   */
  List<HistoryRecord> newest(StateView view, int limit, CallContext call) {
    List<HistoryRecord> newest = new ArrayList<>();
    ContentDigest expected = view.history().digest();
    List<HistoryRecord> records = view.head().history().tail();
    for (int segment = view.head().history().segments(); ; segment--) {
      for (int i = records.size() - 1; i >= 0 && newest.size() < limit; i--) {
        HistoryRecord record = records.get(i);
        if (!record.isIntact() || !record.digest().equals(expected)) {
          throw broken(segment + 1);
        }
        expected = record.previous();
        newest.add(record);
      }
      if (newest.size() == limit || segment == 0) {
        return List.copyOf(newest);
      }
      records = read(segment, call);
    }
  }

  private List<HistoryRecord> read(int number, CallContext call) {
    return find(number, call)
        .orElseThrow(() -> new HistoryException(secrets.gone(names.segment(number)).failure()));
  }

  /** Reads a segment; nothing if it is not there. */
  Optional<List<HistoryRecord>> find(int number, CallContext call) {
    String secret = names.segment(number);
    Optional<StateSecrets.Kept> kept = secrets.read(secret, call);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<HistoryRecord> records =
          Lines.split(kept.get().content()).stream()
              .map(line -> HistoryJson.read(secrets.place(secret), line))
              .toList();
      if (records.isEmpty()) {
        throw new IllegalArgumentException("it is empty");
      }
      return Optional.of(records);
    } catch (IllegalArgumentException e) {
      throw new HistoryException(secrets.damaged(secret, e).failure());
    }
  }

  boolean exists(int number, CallContext call) {
    return secrets.read(names.segment(number), call).isPresent();
  }

  /** The segment that was to be written next is there, and is not what follows. */
  HistoryException foreign(int number) {
    return new HistoryException(
        FailureCategory.INTERNAL,
        secrets.place(names.segment(number))
            + ": writing failed: it is there already and holds something else, as when older"
            + " Secrets were restored; delete it to go on without what it holds");
  }

  HistoryException broken(int number) {
    return new HistoryException(
        FailureCategory.INTERNAL,
        secrets.place(names.segment(number)) + ": reading failed: a record breaks the chain");
  }
}
