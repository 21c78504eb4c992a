package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.kubernetes.schema.Schema.Dialect;
import io.github.gitops4j.kubernetes.schema.Schema.Trait;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;

/** What every object has, whatever its kind. Thread-safe. */
final class ObjectMeta {
  private static final Schema EVERY = read("object.json");
  private static final Schema OPEN =
      new Schema(EVERY.dialect(), EVERY.form(), EVERY.fields(), Set.of(Trait.OPEN), EVERY.rules());

  private ObjectMeta() {}

  static boolean isOfEveryObject(String field) {
    return EVERY.fields().known().containsKey(field);
  }

  static Schema field(String name) {
    return Objects.requireNonNull(EVERY.fields().known().get(name), name).get();
  }

  /** Returns what is demanded of an object of a kind that nobody knows. */
  static Schema everyObject() {
    return OPEN;
  }

  private static Schema read(String name) {
    try (InputStream in = ObjectMeta.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the jar");
      }
      Mapping schema = (Mapping) JsonReader.create().read(name, in.readAllBytes()).root();
      return new SchemaReader(Dialect.BUILT_IN, ObjectMeta::noReference).read(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": reading failed", e);
    }
  }

  private static Schema noReference(String name) {
    throw new IllegalStateException("a reference to " + name);
  }
}
