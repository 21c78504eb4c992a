package io.github.gitops4j.kubernetes.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rules see of a structural schema: the types of what they can reach. What has no type, such
 * as fields that are not known, is not there for them.
 *
 * <p>Immutable and thread-safe.
 */
final class SelfSchema {
  /** What a value is for a rule. */
  enum Sort {
    OBJECT,
    MAP,
    LIST,
    SET,
    KEYED_LIST,
    TEXT,
    TIME,
    DAY,
    DURATION,
    BYTES,
    BOOL,
    INTEGER,
    NUMBER,
    INT_OR_STRING
  }

  private static final Mapping STRING = Mapping.builder().put("type", Text.of("string")).build();
  private static final Mapping META =
      Mapping.builder()
          .put("type", Text.of("object"))
          .put(
              "properties",
              Mapping.builder().put("name", STRING).put("generateName", STRING).build())
          .build();

  private final Sort sort;
  private final CelType type;
  private final Map<String, Field> fields;
  private final @Nullable SelfSchema each;
  private final List<String> keys;

  private SelfSchema(
      Sort sort,
      CelType type,
      Map<String, Field> fields,
      @Nullable SelfSchema each,
      List<String> keys) {
    this.sort = sort;
    this.type = type;
    this.fields = fields;
    this.each = each;
    this.keys = keys;
  }

  /** A field of an object with the name that rules have for it. */
  record Field(String escaped, SelfSchema schema) {}

  /** Returns what rules see of a schema, nothing if that is nothing. */
  static Optional<SelfSchema> of(Mapping schema, boolean resource) {
    return new Reader().read(schema, resource);
  }

  Sort sort() {
    return sort;
  }

  CelType type() {
    return type;
  }

  /** Returns the fields of an object by their own names. */
  Map<String, Field> fields() {
    return fields;
  }

  /** Returns what is in a list or a map. */
  SelfSchema each() {
    if (each == null) {
      throw new IllegalStateException(sort.name());
    }
    return each;
  }

  /** Returns by which fields the items of a list are known. */
  List<String> keys() {
    return keys;
  }

  /** Returns the types of all objects in it. */
  CelTypeProvider types() {
    List<CelType> found = new ArrayList<>();
    collect(found);
    return new Types(ImmutableList.copyOf(found));
  }

  private void collect(List<CelType> found) {
    if (sort == Sort.OBJECT) {
      ImmutableSet.Builder<String> names = ImmutableSet.builder();
      Map<String, CelType> types = new LinkedHashMap<>();
      fields
          .values()
          .forEach(
              field -> {
                names.add(field.escaped());
                types.put(field.escaped(), field.schema().type);
                field.schema().collect(found);
              });
      ImmutableMap<String, CelType> fixed = ImmutableMap.copyOf(types);
      found.add(
          StructType.create(
              type.name(), names.build(), name -> Optional.ofNullable(fixed.get(name))));
    } else if (each != null) {
      each.collect(found);
    }
  }

  private record Types(ImmutableList<CelType> all) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return all;
    }

    @Override
    public Optional<CelType> findType(String name) {
      return all.stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }

  /** Reads schemas as the server does. */
  private static final class Reader {
    private int objects;

    Optional<SelfSchema> read(Mapping schema, boolean resource) {
      if (is(schema, "x-kubernetes-int-or-string")) {
        return simple(Sort.INT_OR_STRING, SimpleType.DYN);
      }
      return switch (schema.text("type").orElse("")) {
        case "object" -> object(resource ? withMeta(schema) : schema);
        case "array" -> list(schema);
        case "string" -> text(schema.text("format").orElse(""));
        case "boolean" -> simple(Sort.BOOL, SimpleType.BOOL);
        case "number" -> simple(Sort.NUMBER, SimpleType.DOUBLE);
        case "integer" -> simple(Sort.INTEGER, SimpleType.INT);
        default -> Optional.empty();
      };
    }

    private static Optional<SelfSchema> text(String format) {
      return switch (format) {
        case "byte" -> simple(Sort.BYTES, SimpleType.BYTES);
        case "duration" -> simple(Sort.DURATION, SimpleType.DURATION);
        case "date" -> simple(Sort.DAY, SimpleType.TIMESTAMP);
        case "date-time" -> simple(Sort.TIME, SimpleType.TIMESTAMP);
        default -> simple(Sort.TEXT, SimpleType.STRING);
      };
    }

    private Optional<SelfSchema> list(Mapping schema) {
      if (!(schema.get("items").orElse(null) instanceof Mapping items)) {
        return Optional.empty();
      }
      Sort sort =
          switch (schema.text("x-kubernetes-list-type").orElse("")) {
            case "set" -> Sort.SET;
            case "map" -> Sort.KEYED_LIST;
            default -> Sort.LIST;
          };
      return read(items, isEmbedded(items))
          .map(
              each ->
                  new SelfSchema(
                      sort, ListType.create(each.type), Map.of(), each, listKeys(schema)));
    }

    private Optional<SelfSchema> object(Mapping schema) {
      if (schema.get("additionalProperties").orElse(null) instanceof Mapping others) {
        return read(others, isEmbedded(others))
            .map(
                each ->
                    new SelfSchema(
                        Sort.MAP,
                        MapType.create(SimpleType.STRING, each.type),
                        Map.of(),
                        each,
                        List.of()));
      }
      // No identifier can be this one.
      CelType type = StructTypeReference.create("@self" + objects++);
      Map<String, Field> fields = new LinkedHashMap<>();
      if (schema.get("properties").orElse(null) instanceof Mapping known) {
        for (int i = 0; i < known.size(); i++) {
          String name = known.key(i);
          if (known.value(i) instanceof Mapping below) {
            Optional<SelfSchema> typed = read(below, isEmbedded(below));
            Optional<String> escaped = PropertyNames.escape(name);
            if (typed.isPresent() && escaped.isPresent()) {
              fields.put(name, new Field(escaped.get(), typed.get()));
            }
          }
        }
      }
      return Optional.of(new SelfSchema(Sort.OBJECT, type, Map.copyOf(fields), null, List.of()));
    }

    /** Of metadata rules see the name and what it is made of, whatever the schema says. */
    private static Mapping withMeta(Mapping schema) {
      Mapping known =
          schema.get("properties").orElse(null) instanceof Mapping given ? given : Mapping.empty();
      return schema.toBuilder()
          .set(
              "properties",
              known.toBuilder()
                  .set("apiVersion", STRING)
                  .set("kind", STRING)
                  .set("metadata", META)
                  .build())
          .build();
    }

    private static List<String> listKeys(Mapping schema) {
      List<String> keys = new ArrayList<>();
      if (schema.get("x-kubernetes-list-map-keys").orElse(null) instanceof Sequence list) {
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof Text key) {
            keys.add(key.value());
          }
        }
      }
      return List.copyOf(keys);
    }

    private static Optional<SelfSchema> simple(Sort sort, CelType type) {
      return Optional.of(new SelfSchema(sort, type, Map.of(), null, List.of()));
    }

    private static boolean isEmbedded(Mapping schema) {
      return is(schema, "x-kubernetes-embedded-resource");
    }

    private static boolean is(Mapping schema, String key) {
      return Bool.TRUE.equals(schema.get(key).orElse(null));
    }
  }
}
