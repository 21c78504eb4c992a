package io.github.gitops4j.forge.publish;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.net.URI;
import java.util.Optional;

/** Reads and writes the objects of APIs, whose fields may be missing or of another type. */
final class Fields {
  private Fields() {}

  static Mapping of(String... keysAndTexts) {
    Mapping.Builder fields = Mapping.builder();
    for (int i = 0; i < keysAndTexts.length; i += 2) {
      fields.put(keysAndTexts[i], Text.of(keysAndTexts[i + 1]));
    }
    return fields.build();
  }

  static void put(Mapping.Builder fields, String key, Optional<URI> uri) {
    uri.ifPresent(known -> fields.put(key, Text.of(known.toString())));
  }

  static String text(Mapping mapping, String key) {
    return mapping.text(key).orElse("");
  }

  /** Returns a number in digits, or empty text. */
  static String id(Mapping mapping, String key) {
    Optional<Value> value = mapping.get(key);
    return value.isPresent() && value.get() instanceof Numeral number && number.asLong().isPresent()
        ? Long.toString(number.asLong().getAsLong())
        : "";
  }

  /** Returns the text of a field of a field. */
  static String text(Mapping mapping, String outer, String inner) {
    return mapping.get(outer).orElse(null) instanceof Mapping found ? text(found, inner) : "";
  }
}
