package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.TraitsJson;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.JsonReader;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Records and changes of an inventory as JSON, one line each. */
final class InventoryJson {
  private static final JsonReader READER = JsonReader.create();

  /** For the whole inventories of earlier versions. */
  private static final JsonReader WHOLE =
      JsonReader.withLimits(
          DocumentLimits.builder().maxBytes(64 << 20).maxNodes(5_000_000).build());

  private InventoryJson() {}

  /** Writes a record as one line without its end. */
  static byte[] line(InventoryRecord record) {
    return Document.of(write(record)).canonicalJson();
  }

  /** Writes a change as one line without its end. */
  static byte[] line(InventoryChange change) {
    Mapping json =
        change instanceof InventoryChange.Put put
            ? write(put.record())
            : Mapping.builder().put("removed", KeyJson.write(change.key())).build();
    return Document.of(json).canonicalJson();
  }

  /**
   * Reads the line of a record.
   *
   * @throws io.github.gitops4j.error.InvalidInputException if it is something else
   * @throws IllegalArgumentException if it is something else
   */
  static InventoryRecord record(String place, byte[] line) {
    return record(MappingReader.of(place, READER.read(place, line).root()));
  }

  /**
   * Reads the line of a change.
   *
   * @throws io.github.gitops4j.error.InvalidInputException if it is something else
   * @throws IllegalArgumentException if it is something else
   */
  static InventoryChange change(String place, byte[] line) {
    MappingReader json = MappingReader.of(place, READER.read(place, line).root());
    return json.optionalObject("removed")
        .<InventoryChange>map(key -> new InventoryChange.Remove(KeyJson.read(key)))
        .orElseGet(() -> new InventoryChange.Put(record(json)));
  }

  private static Mapping write(InventoryRecord record) {
    Mapping.Builder json = Mapping.builder().put("key", KeyJson.write(record.key()));
    record
        .applied()
        .ifPresent(
            applied ->
                json.put("desired", Text.of(applied.desired().hex()))
                    .put("live", Text.of(applied.live().hex()))
                    .put("uid", Text.of(applied.uid()))
                    .put("ignored", Text.of(applied.ignored())));
    record.intended().ifPresent(content -> json.put("intended", Text.of(content.hex())));
    if (!record.traits().equals(ResourceTraits.DEFAULT)) {
      json.put("traits", TraitsJson.write(record.traits()));
    }
    return json.build();
  }

  /**
   * Reads an inventory that an earlier version kept in one Secret.
   *
   * @throws io.github.gitops4j.error.InvalidInputException if it is something else
   * @throws IllegalArgumentException if it is something else
   */
  static Inventory whole(String place, byte[] content) {
    MappingReader json = MappingReader.of(place, WHOLE.read(place, content).root());
    List<InventoryRecord> records =
        json.objects("records").stream().map(InventoryJson::record).toList();
    byte[] key = Base64.getDecoder().decode(json.text("maskingKey"));
    return Inventory.of(
        json.text("owner"), json.number("sequence"), KeyedSnapshot.of(records), Sensitive.of(key));
  }

  private static InventoryRecord record(MappingReader json) {
    ResourceKey key = KeyJson.read(json.object("key"));
    ResourceTraits traits =
        json.optionalObject("traits").map(TraitsJson::read).orElse(ResourceTraits.DEFAULT);
    Optional<ContentDigest> intended = json.optionalDigest("intended");
    Optional<ContentDigest> desired = json.optionalDigest("desired");
    if (desired.isEmpty()) {
      return InventoryRecord.pending(
          key, intended.orElseThrow(() -> json.wrong("intended", "a digest")), traits);
    }
    Applied applied =
        new Applied(desired.get(), json.digest("live"), json.text("uid"), json.text("ignored"));
    InventoryRecord record = InventoryRecord.applied(key, applied, traits);
    return intended.map(content -> record.intending(content, traits)).orElse(record);
  }
}
