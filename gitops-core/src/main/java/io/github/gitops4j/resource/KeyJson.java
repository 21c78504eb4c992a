package io.github.gitops4j.resource;

/**
 * A resource key as a JSON object, the same in plans, history and inventories.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class KeyJson {
  private KeyJson() {}

  /** Returns an object of those parts that are not empty. */
  public static Mapping write(ResourceKey key) {
    Mapping.Builder json = Mapping.builder();
    putIfPresent(json, "group", key.group());
    json.put("kind", Text.of(key.kind()));
    putIfPresent(json, "namespace", key.namespace());
    json.put("name", Text.of(key.name()));
    return json.build();
  }

  /** Reads what {@link #write} wrote. */
  public static ResourceKey read(MappingReader json) {
    return ResourceKey.of(
        json.optionalText("group").orElse(""),
        json.text("kind"),
        json.optionalText("namespace").orElse(""),
        json.text("name"));
  }

  private static void putIfPresent(Mapping.Builder json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, Text.of(text));
    }
  }
}
