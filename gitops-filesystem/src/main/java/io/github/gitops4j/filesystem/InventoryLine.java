package io.github.gitops4j.filesystem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.resource.TraitsJson;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the inventory's log. The fields are short, as there is a line for each file: {@code
 * p} path, {@code d} declared, {@code l} live if another, {@code u} uid, {@code i} intended, {@code
 * t} traits, {@code k} a key that is no file, {@code x} forgotten; and of a batch: {@code batch}
 * its number, {@code n} its lines, {@code end} its number again, {@code crc} its checksum.
 */
final class InventoryLine {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> fields;

  private InventoryLine(Map<String, String> fields) {
    this.fields = fields;
  }

  static InventoryLine parse(byte[] bytes, int from, int length) throws IOException {
    Map<String, String> fields = new HashMap<>(8);
    try (JsonParser parser = JSON.createParser(bytes, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
      if (parser.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("not whole");
      }
      if (parser.nextToken() != null) {
        throw new IOException("more than one object");
      }
    }
    return new InventoryLine(fields);
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  long number(String field) throws IOException {
    try {
      return Long.parseLong(text(field));
    } catch (NumberFormatException e) {
      throw new IOException("no number: " + field, e);
    }
  }

  String text(String field) throws IOException {
    String text = fields.get(field);
    if (text == null) {
      throw new IOException("missing: " + field);
    }
    return text;
  }

  /** Returns the change that this line is. */
  InventoryChange change() throws IOException {
    ResourceKey key = has("k") ? KeyJson.read(object(text("k"))) : ResourceKey.file(text("p"));
    if (has("x")) {
      return new InventoryChange.Remove(key);
    }
    ResourceTraits traits = has("t") ? TraitsJson.read(object(text("t"))) : ResourceTraits.DEFAULT;
    Optional<ContentDigest> intended = digest("i");
    if (!has("d")) {
      return new InventoryChange.Put(
          InventoryRecord.pending(
              key, intended.orElseThrow(() -> new IOException("neither d nor i")), traits));
    }
    ContentDigest desired = digest("d").orElseThrow();
    String uid = fields.getOrDefault("u", "");
    Applied applied =
        new Applied(desired, digest("l").orElse(desired), uid, fields.getOrDefault("n", ""));
    InventoryRecord record = InventoryRecord.applied(key, applied, traits);
    return new InventoryChange.Put(
        intended.map(content -> record.intending(content, traits)).orElse(record));
  }

  private Optional<ContentDigest> digest(String field) throws IOException {
    if (!has(field)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ContentDigest.parse(text(field)));
    } catch (IllegalArgumentException e) {
      throw new IOException("no digest: " + field, e);
    }
  }

  private static MappingReader object(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return MappingReader.of("inventory", JsonReader.create().read("inventory", bytes).root());
  }

  static JsonGenerator generator(OutputStream out) throws IOException {
    JsonGenerator generator = JSON.createGenerator(out);
    generator.setRootValueSeparator(null);
    return generator;
  }

  static void write(InventoryChange change, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (change.key().isFile()) {
      json.writeStringField("p", change.key().name());
    } else {
      json.writeStringField("k", text(KeyJson.write(change.key())));
    }
    if (change instanceof InventoryChange.Put put) {
      writeRecord(put.record(), json);
    } else {
      json.writeStringField("x", "");
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void writeRecord(InventoryRecord record, JsonGenerator json) throws IOException {
    if (record.applied().isPresent()) {
      Applied applied = record.applied().get();
      json.writeStringField("d", applied.desired().hex());
      if (!applied.live().equals(applied.desired())) {
        json.writeStringField("l", applied.live().hex());
      }
      if (!applied.uid().isEmpty()) {
        json.writeStringField("u", applied.uid());
      }
      if (!applied.ignored().isEmpty()) {
        json.writeStringField("n", applied.ignored());
      }
    }
    if (record.intended().isPresent()) {
      json.writeStringField("i", record.intended().get().hex());
    }
    if (!record.traits().equals(ResourceTraits.DEFAULT)) {
      json.writeStringField("t", text(TraitsJson.write(record.traits())));
    }
  }

  private static String text(Mapping json) {
    return new String(Document.of(json).canonicalJson(), StandardCharsets.UTF_8);
  }
}
