package io.github.gitops4j.resource;

import java.util.List;

/**
 * Traits as a JSON object of those that are not the default, for inventories.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class TraitsJson {
  private TraitsJson() {}

  /** Returns an object; empty for {@link ResourceTraits#DEFAULT}. */
  public static Mapping write(ResourceTraits traits) {
    Mapping.Builder json = Mapping.builder();
    if (traits.equals(ResourceTraits.DEFAULT)) {
      return json.build();
    }
    Sequence.Builder dependsOn = Sequence.builder();
    traits.dependsOn().forEach(key -> dependsOn.add(KeyJson.write(key)));
    Sequence.Builder sensitive = Sequence.builder();
    traits.sensitivePaths().forEach(path -> sensitive.add(Text.of(path.toString())));
    return json.put("phase", Text.of(traits.phase().name()))
        .put("wave", Numeral.of(traits.wave()))
        .put("order", Numeral.of(traits.order()))
        .put("dependsOn", dependsOn.build())
        .put("apply", Text.of(traits.applyPolicy().name()))
        .put("prune", Text.of(traits.prunePolicy().name()))
        .put("replace", Text.of(traits.replacePolicy().name()))
        .put("sensitive", sensitive.build())
        .build();
  }

  /** Reads what {@link #write} wrote. */
  public static ResourceTraits read(MappingReader json) {
    if (json.names().isEmpty()) {
      return ResourceTraits.DEFAULT;
    }
    List<FieldPath> sensitive = json.texts("sensitive").stream().map(FieldPath::parse).toList();
    return ResourceTraits.builder()
        .phase(json.constant("phase", Phase.class))
        .wave(json.smallNumber("wave"))
        .order(json.smallNumber("order"))
        .dependsOn(json.objects("dependsOn").stream().map(KeyJson::read).toList())
        .applyPolicy(json.constant("apply", ApplyPolicy.class))
        .prunePolicy(json.constant("prune", PrunePolicy.class))
        .replacePolicy(json.constant("replace", ReplacePolicy.class))
        .sensitivePaths(sensitive)
        .build();
  }
}
