package io.github.gitops4j.kubernetes.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryJson;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The history of one owner in Secrets, a number of records in each; the last one is changed by
 * compare and set, the others never.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecretHistoryStore implements HistoryStore {
  private static final int RECORDS_IN_EACH = 500;

  private final StateSecret secrets;
  private final String prefix;
  private final Object lock = new Object();
  private View view = View.EMPTY;

  /**
   * Creates a store. It reads nothing yet.
   *
   * @param namespace where the Secrets are; it has to exist
   * @param prefix what their names begin with
   * @param owner whose history it is
   */
  public SecretHistoryStore(ApiServer server, String namespace, String prefix, String owner) {
    this.secrets = new StateSecret(server, namespace, owner, HistoryException::new);
    this.prefix = requireNonNull(prefix, "prefix");
  }

  /**
   * The records as of one version of the last Secret.
   *
   * @param records all records
   * @param state what follows from them
   * @param version the version of the Secret that the next record goes to; none if it is not there
   */
  private record View(List<HistoryRecord> records, HistoryState state, Optional<String> version) {
    private static final View EMPTY = new View(List.of(), HistoryState.empty(), Optional.empty());

    int last() {
      return records.size() / RECORDS_IN_EACH;
    }
  }

  @Override
  public HistoryRecord append(HistoryEvent event, Instant time, CallContext call) {
    call.checkActive("append to history");
    View before = look(call);
    HistoryState state = before.state();
    HistoryRecord record = HistoryRecord.following(state.sequence(), state.digest(), time, event);
    List<HistoryRecord> records = new ArrayList<>(before.records());
    records.add(record);
    int from = before.last() * RECORDS_IN_EACH;
    byte[] content = lines(records.subList(from, records.size()));
    String version = secrets.write(name(before.last()), before.version(), content, call);
    View after = new View(List.copyOf(records), state.after(record), Optional.of(version));
    synchronized (lock) {
      view =
          after.last() == before.last()
              ? after
              : new View(after.records(), after.state(), Optional.empty());
    }
    return record;
  }

  @Override
  public HistoryState state(CallContext call) {
    call.checkActive("read history");
    return look(call).state();
  }

  @Override
  public List<HistoryRecord> newest(int limit, CallContext call) {
    call.checkActive("read history");
    List<HistoryRecord> records = look(call).records();
    List<HistoryRecord> newest = new ArrayList<>();
    for (int i = records.size() - 1; i >= 0 && newest.size() < limit; i--) {
      newest.add(records.get(i));
    }
    return List.copyOf(newest);
  }

  /** Reads the last Secret, and those that came after it. */
  private View look(CallContext call) {
    View known;
    synchronized (lock) {
      known = view;
    }
    View now = known;
    while (true) {
      int last = now.last();
      Optional<StateSecret.Kept> kept = secrets.read(name(last), call);
      if (kept.isEmpty()) {
        if (now.version().isPresent()) {
          throw new HistoryException(
              FailureCategory.INTERNAL, secrets.place(name(last)) + ": reading failed: it is gone");
        }
        break;
      }
      if (now.version().equals(Optional.of(kept.get().version()))) {
        break;
      }
      now = read(now.records().subList(0, last * RECORDS_IN_EACH), last, kept.get());
      if (now.last() == last) {
        break;
      }
      now = new View(now.records(), now.state(), Optional.empty());
    }
    synchronized (lock) {
      view = now;
    }
    return now;
  }

  private View read(List<HistoryRecord> before, int number, StateSecret.Kept kept) {
    String place = secrets.place(name(number));
    List<HistoryRecord> records = new ArrayList<>(before);
    HistoryState state = HistoryState.empty();
    for (HistoryRecord record : before) {
      state = state.after(record);
    }
    byte[] content = kept.content();
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        HistoryRecord record = HistoryJson.read(place, Arrays.copyOfRange(content, start, i));
        if (!state.isContinuedBy(record)) {
          throw new HistoryException(
              FailureCategory.INTERNAL, place + ": reading failed: a record breaks the chain");
        }
        records.add(record);
        state = state.after(record);
        start = i + 1;
      }
    }
    if (start != content.length || records.size() == before.size()) {
      throw new HistoryException(
          FailureCategory.INTERNAL, place + ": reading failed: it was damaged");
    }
    return new View(List.copyOf(records), state, Optional.of(kept.version()));
  }

  private static byte[] lines(List<HistoryRecord> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (HistoryRecord record : records) {
      bytes.writeBytes(HistoryJson.write(record));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private String name(int number) {
    return prefix + "-" + (number + 1);
  }
}
