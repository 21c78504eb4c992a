package io.github.gitops4j.kubernetes.internal.kinds;

import io.github.gitops4j.kubernetes.internal.kinds.FieldType.Absence;
import io.github.gitops4j.kubernetes.internal.kinds.FieldType.Form;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The generated file of kinds and types.
 *
 * <p>{@code kind VERSION KIND TYPE} names the type of a kind, {@code type TYPE} begins one. A line
 * below it is a field: its name, its shape, and behind a {@code =} each what the server puts there
 * by itself. Shapes are {@code s} for a scalar, {@code q} for an amount, {@code d} for a time,
 * {@code ?} for anything, {@code :TYPE} for an object, <code>{}</code> and a shape for a map,
 * {@code []} and a shape for a list, with a name between for its keys or {@code =} for a set. A
 * {@code *} says that absent and zero are two things. Fields that are not there are scalars.
 *
 * <p>A type is read when it is needed first. Thread-safe.
 */
final class KindFile {
  private static final KindFile FILE = read("kinds.txt");

  private final Map<String, Map<String, FieldType>> kinds = new HashMap<>();
  private final Map<String, List<String>> blocks = new HashMap<>();
  private final ConcurrentMap<String, ObjectType> types = new ConcurrentHashMap<>();

  private KindFile(List<String> lines) {
    List<String> block = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("kind")) {
        kinds
            .computeIfAbsent(words[1], version -> new HashMap<>())
            .put(words[2], object(words[3], Absence.MEANS_ZERO, List.of()));
      } else if (words[0].equals("type")) {
        block = new ArrayList<>();
        blocks.put(words[1], block);
      } else {
        block.add(line);
      }
    }
  }

  private static KindFile read(String name) {
    try (InputStream in = KindFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the jar");
      }
      return new KindFile(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": reading failed", e);
    }
  }

  static FieldType kind(String apiVersion, String kind) {
    return FILE.kinds.getOrDefault(apiVersion, Map.of()).getOrDefault(kind, FieldType.UNKNOWN);
  }

  /** Says whether a type is in the file. */
  static boolean has(String type) {
    return FILE.blocks.containsKey(type);
  }

  static ObjectType type(String name) {
    return FILE.types.computeIfAbsent(name, FILE::parse);
  }

  private ObjectType parse(String name) {
    Map<String, FieldType> fields = new HashMap<>();
    for (String line : blocks.getOrDefault(name, List.of())) {
      String[] words = line.split(" ", 4);
      fields.put(words[1], shape(words[2], words.length > 3 ? defaults(words[3]) : List.of()));
    }
    return new ObjectType(fields);
  }

  private static List<Value> defaults(String words) {
    List<Value> values = new ArrayList<>();
    for (String json : words.substring(1).split(" =", -1)) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      values.add(JsonReader.create().read("kinds.txt", bytes).root());
    }
    return values;
  }

  private static FieldType shape(String shape, List<Value> defaults) {
    boolean counts = shape.startsWith("*");
    Absence absence = counts ? Absence.COUNTS : Absence.MEANS_ZERO;
    String rest = counts ? shape.substring(1) : shape;
    return switch (rest.charAt(0)) {
      case ':' -> object(rest.substring(1), absence, defaults);
      case '{' ->
          FieldType.of(Form.MAP, absence, defaults).with(List.of(), item(rest.substring(2)));
      case '[' -> list(rest, absence, defaults);
      case 'q' -> FieldType.of(Form.QUANTITY, absence, defaults);
      case 'd' -> FieldType.of(Form.DURATION, absence, defaults);
      case '?' -> FieldType.UNKNOWN;
      default -> FieldType.of(Form.SCALAR, absence, defaults);
    };
  }

  private static FieldType list(String shape, Absence absence, List<Value> defaults) {
    int end = shape.indexOf(']');
    String between = shape.substring(1, end);
    FieldType item = item(shape.substring(end + 1));
    if (between.isEmpty()) {
      return FieldType.of(Form.LIST, absence, defaults).with(List.of(), item);
    } else if (between.equals("=")) {
      return FieldType.of(Form.SET, absence, defaults).with(List.of(), item);
    }
    return FieldType.of(Form.KEYED_LIST, absence, defaults)
        .with(List.of(between.split(",", -1)), item);
  }

  /** What is an item or the value of a key is there, whatever it is. */
  private static FieldType item(String shape) {
    return shape(shape.startsWith("*") ? shape : "*" + shape, List.of());
  }

  private static FieldType object(String type, Absence absence, List<Value> defaults) {
    return FieldType.of(Form.STRUCT, absence, defaults).named(type);
  }
}
