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
 * <p>A type is read when it is needed first, and there are no lambdas and no patterns here: most of
 * what a short comparison costs is to begin. Thread-safe.
 */
final class KindFile {
  private static final KindFile FILE = read("kinds.txt");

  private final String text;
  private final Map<String, Map<String, FieldType>> kinds = new HashMap<>();

  /** Where the fields of each type begin. */
  private final Map<String, Integer> begins = new HashMap<>();

  private final ConcurrentMap<String, ObjectType> types = new ConcurrentHashMap<>();

  private KindFile(String text) {
    this.text = text;
    int end;
    for (int at = 0; at < text.length(); at = end + 1) {
      end = text.indexOf('\n', at);
      if (text.startsWith("type ", at)) {
        begins.put(text.substring(text.indexOf(' ', at) + 1, end), end + 1);
      } else if (text.startsWith("kind ", at)) {
        addKind(text.substring(at, end).split(" ", -1));
      }
    }
  }

  private void addKind(String[] words) {
    Map<String, FieldType> ofVersion = kinds.get(words[1]);
    if (ofVersion == null) {
      ofVersion = new HashMap<>();
      kinds.put(words[1], ofVersion);
    }
    ofVersion.put(words[2], object(words[3], Absence.MEANS_ZERO, List.of()));
  }

  private static KindFile read(String name) {
    try (InputStream in = KindFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the jar");
      }
      return new KindFile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": reading failed", e);
    }
  }

  static FieldType kind(String apiVersion, String kind) {
    Map<String, FieldType> ofVersion = FILE.kinds.get(apiVersion);
    FieldType known = ofVersion == null ? null : ofVersion.get(kind);
    return known == null ? FieldType.UNKNOWN : known;
  }

  /** Says whether there is a kind in any version of its group. */
  static boolean hasKind(String group, String kind) {
    String prefix = group.isEmpty() ? "" : group + "/";
    for (Map.Entry<String, Map<String, FieldType>> version : FILE.kinds.entrySet()) {
      String name = version.getKey();
      if (name.startsWith(prefix)
          && name.indexOf('/') == prefix.length() - 1
          && version.getValue().containsKey(kind)) {
        return true;
      }
    }
    return false;
  }

  /** Says whether a type is in the file. */
  static boolean has(String type) {
    return FILE.begins.containsKey(type);
  }

  static ObjectType type(String name) {
    ObjectType known = FILE.types.get(name);
    if (known == null) {
      // Two threads may both read it: it is the same one.
      known = FILE.parse(name);
      FILE.types.put(name, known);
    }
    return known;
  }

  private ObjectType parse(String name) {
    Map<String, FieldType> fields = new HashMap<>();
    int at = begins.getOrDefault(name, text.length());
    while (at < text.length() && text.charAt(at) == ' ') {
      int end = text.indexOf('\n', at);
      String[] words = text.substring(at, end).split(" ", 4);
      fields.put(words[1], shape(words[2], words.length > 3 ? defaults(words[3]) : List.of()));
      at = end + 1;
    }
    return new ObjectType(fields);
  }

  private static List<Value> defaults(String words) {
    List<Value> values = new ArrayList<>();
    int end;
    for (int at = 1; at <= words.length(); at = end + 2) {
      int next = words.indexOf(" =", at);
      end = next < 0 ? words.length() : next;
      byte[] json = words.substring(at, end).getBytes(StandardCharsets.UTF_8);
      values.add(JsonReader.create().read("kinds.txt", json).root());
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
