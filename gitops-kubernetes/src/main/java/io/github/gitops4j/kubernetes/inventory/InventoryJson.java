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
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.TraitsJson;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.JsonReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An inventory as JSON, its records in the order of their keys. */
final class InventoryJson {
  private static final JsonReader READER =
      JsonReader.withLimits(
          DocumentLimits.builder().maxBytes(64 << 20).maxNodes(5_000_000).build());

  private InventoryJson() {}

  static byte[] write(Inventory inventory) {
    List<InventoryRecord> ordered = new ArrayList<>();
    inventory.forEach(ordered::add);
    ordered.sort(Comparator.comparing(InventoryRecord::key));
    Sequence.Builder records = Sequence.builder();
    ordered.forEach(record -> records.add(write(record)));
    String key = inventory.maskingKey().reveal(Base64.getEncoder()::encodeToString);
    return Document.of(
            Mapping.builder()
                .put("owner", Text.of(inventory.owner()))
                .put("sequence", Numeral.of(inventory.sequence()))
                .put("maskingKey", Text.of(key))
                .put("records", records.build())
                .build())
        .canonicalJson();
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
   * Reads what {@link #write} wrote.
   *
   * @throws io.github.gitops4j.error.InvalidInputException if it is something else
   * @throws IllegalArgumentException if it is something else
   */
  static Inventory read(String place, byte[] content) {
    MappingReader json = MappingReader.of(place, READER.read(place, content).root());
    List<InventoryChange> puts = new ArrayList<>();
    for (MappingReader record : json.objects("records")) {
      puts.add(new InventoryChange.Put(record(record)));
    }
    byte[] key = Base64.getDecoder().decode(json.text("maskingKey"));
    long sequence = json.number("sequence");
    return Inventory.of(json.text("owner"), sequence - 1, KeyedSnapshot.empty(), Sensitive.of(key))
        .with(puts);
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
