package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.history.HistoryJson;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the head holds. As text it is a line that says what follows, then the changes of the
 * inventory, the carried records of the history and its tail, one line each.
 *
 * <p>Immutable.
 *
 * @param owner whose state it is
 * @param write a name for the write that left it so
 * @param standing what is still to be done beside it
 * @param inventory what it says of the inventory
 * @param history what it says of the history
 */
record StateHead(
    String owner, String write, Standing standing, InventoryPart inventory, HistoryPart history) {
  private static final int FORMAT = 2;
  private static final JsonReader READER = JsonReader.create();

  /** How far the Secrets beside the head are. */
  enum Standing {
    /** Nothing says yet that there is a head. */
    NEW,
    /** The same, and Secrets of an earlier version are as that has left them. */
    CONVERTED,
    /** Nothing is left to do. */
    SETTLED
  }

  byte[] bytes() {
    List<byte[]> lines = new ArrayList<>();
    lines.add(Document.of(first()).canonicalJson());
    inventory.changes().values().forEach(change -> lines.add(InventoryJson.line(change)));
    history.carried().forEach(record -> lines.add(HistoryJson.write(record)));
    history.tail().forEach(record -> lines.add(HistoryJson.write(record)));
    return Lines.join(lines);
  }

  private Mapping first() {
    Sequence.Builder chunks = Sequence.builder();
    for (InventoryPart.Chunk chunk : inventory.chunks()) {
      chunks.add(
          Mapping.builder()
              .put("secret", Text.of(chunk.secret()))
              .put("first", KeyJson.write(chunk.first()))
              .put("bytes", Numeral.of(chunk.bytes()))
              .put("digest", Text.of(chunk.digest().hex()))
              .build());
    }
    String key = inventory.maskingKey().reveal(Base64.getEncoder()::encodeToString);
    return Mapping.builder()
        .put("format", Numeral.of(FORMAT))
        .put("owner", Text.of(owner))
        .put("write", Text.of(write))
        .put("standing", Text.of(standing.name()))
        .put("sequence", Numeral.of(inventory.sequence()))
        .put("maskingKey", Text.of(key))
        .put("chunks", chunks.build())
        .put("changes", Numeral.of(inventory.changes().size()))
        .put("segments", Numeral.of(history.segments()))
        .put("carried", Numeral.of(history.carried().size()))
        .build();
  }

  /**
   * Reads what {@link #bytes} gave.
   *
   * @throws io.github.gitops4j.error.GitOpsException if it is something else
   * @throws IllegalArgumentException if it is something else
   */
  static StateHead read(String place, byte[] content) {
    List<byte[]> lines = Lines.split(content);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    MappingReader json = MappingReader.of(place, READER.read(place, lines.get(0)).root());
    if (json.smallNumber("format") != FORMAT) {
      throw new InventoryException(
          FailureCategory.UNSUPPORTED, place + ": reading failed: a later version has written it");
    }
    int changes = 1 + json.smallNumber("changes");
    int carried = changes + json.smallNumber("carried");
    return new StateHead(
        json.text("owner"),
        json.text("write"),
        json.constant("standing", Standing.class),
        new InventoryPart(
            json.number("sequence"),
            Sensitive.of(Base64.getDecoder().decode(json.text("maskingKey"))),
            json.objects("chunks").stream().map(StateHead::chunk).toList(),
            changes(place, part(lines, 1, changes))),
        new HistoryPart(
            json.smallNumber("segments"),
            records(place, part(lines, changes, carried)),
            records(place, part(lines, carried, lines.size()))));
  }

  /**
   * What is said of the history, as it stands there.
   *
   * @param segments how many Secrets hold the records before the tail
   * @param carried records of these that the state follows from
   * @param tail the records since
   * @param firstOfTail the number of the line of the first of these
   */
  record HistoryLines(int segments, List<byte[]> carried, List<byte[]> tail, int firstOfTail) {}

  /**
   * Reads what {@link #bytes} gave of the history, and believes nothing of it.
   *
   * @throws io.github.gitops4j.error.GitOpsException if it is something else
   * @throws IllegalArgumentException if it is something else
   */
  static HistoryLines history(String place, byte[] content) {
    List<byte[]> lines = Lines.split(content);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    MappingReader json = MappingReader.of(place, READER.read(place, lines.get(0)).root());
    int changes = 1 + json.smallNumber("changes");
    int carried = changes + json.smallNumber("carried");
    return new HistoryLines(
        json.smallNumber("segments"),
        part(lines, changes, carried),
        part(lines, carried, lines.size()),
        carried + 1);
  }

  private static List<byte[]> part(List<byte[]> lines, int from, int to) {
    if (from > to || to > lines.size()) {
      throw new IllegalArgumentException("lines are missing");
    }
    return lines.subList(from, to);
  }

  private static InventoryPart.Chunk chunk(MappingReader json) {
    return new InventoryPart.Chunk(
        json.text("secret"),
        KeyJson.read(json.object("first")),
        json.smallNumber("bytes"),
        json.digest("digest"));
  }

  private static SortedMap<ResourceKey, InventoryChange> changes(String place, List<byte[]> lines) {
    SortedMap<ResourceKey, InventoryChange> changes = new TreeMap<>();
    for (byte[] line : lines) {
      InventoryChange change = InventoryJson.change(place, line);
      changes.put(change.key(), change);
    }
    return changes;
  }

  private static List<HistoryRecord> records(String place, List<byte[]> lines) {
    return lines.stream().map(line -> HistoryJson.read(place, line)).toList();
  }
}
