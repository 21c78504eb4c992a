package io.github.gitops4j.history;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import java.time.Instant;
import java.util.Arrays;

/**
 * History records as JSON, one line each, the same for every store.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class HistoryJson {
  private HistoryJson() {}

  /** Writes a record as one line without its end. */
  public static byte[] write(HistoryRecord record) {
    return Document.of(document(record)).canonicalJson();
  }

  /** Returns a record as a JSON object, for reports. */
  public static Mapping document(HistoryRecord record) {
    return covered(record.sequence(), record.time(), record.event(), record.previous())
        .put("digest", Text.of(record.digest().hex()))
        .build();
  }

  /**
   * Reads a record that is byte for byte as {@link #write} gives it; whether its digest is right is
   * for {@link HistoryRecord#isIntact()} to say.
   *
   * @param place what is read, for messages
   * @throws HistoryException if it is no record
   */
  public static HistoryRecord read(String place, byte[] line) {
    HistoryRecord record = understand(place, line);
    if (!Arrays.equals(line, write(record))) {
      throw new HistoryException(
          FailureCategory.INVALID_INPUT, place + ": the record was changed after it was written");
    }
    return record;
  }

  /** Reads a record that may have been changed. */
  static HistoryRecord understand(String place, byte[] line) {
    try {
      MappingReader json = MappingReader.of(place, JsonReader.create().read(place, line).root());
      return new HistoryRecord(
          json.number("sequence"),
          Instant.ofEpochMilli(json.number("time")),
          EventJson.read(json.object("event")),
          json.digest("previous"),
          json.digest("digest"));
    } catch (InvalidInputException e) {
      throw new HistoryException(FailureCategory.INVALID_INPUT, e.failure().message(), e);
    }
  }

  static ContentDigest chain(
      long sequence, Instant time, HistoryEvent event, ContentDigest previous) {
    return Document.of(covered(sequence, time, event, previous).build()).digest();
  }

  private static Mapping.Builder covered(
      long sequence, Instant time, HistoryEvent event, ContentDigest previous) {
    return Mapping.builder()
        .put("sequence", Numeral.of(sequence))
        .put("time", Numeral.of(time.toEpochMilli()))
        .put("previous", Text.of(previous.hex()))
        .put("event", EventJson.write(event));
  }
}
