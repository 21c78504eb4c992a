package io.github.gitops4j.kubernetes.schema;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.kubernetes.manifest.ManifestObject;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.InputCheck;
import io.github.gitops4j.source.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of kinds, from files: the OpenAPI that each version of Kubernetes publishes, in version 2
 * or 3 of that format, and definitions of custom kinds.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class KubernetesSchemas {
  private final List<OpenApiFile> published;
  private final Definitions defined;
  private final @Nullable RuleCompiler rules;
  private final Set<String> builtInGroups = new HashSet<>();
  private final ConcurrentMap<GroupVersionKind, Definition> looked = new ConcurrentHashMap<>();

  private KubernetesSchemas(Builder builder) {
    this.published = List.copyOf(builder.published);
    this.rules = builder.rules;
    this.defined = new Definitions(rules);
    builder.defined.forEach(defined::add);
    published.forEach(file -> builtInGroups.addAll(file.builtInGroups()));
  }

  /** Starts with no schema. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a new check of objects against these schemas, and those of custom kinds against the
   * definitions that are declared beside them, which count more.
   */
  public InputCheck check() {
    return new SchemaCheck(this);
  }

  /** Returns what is published of a kind. */
  Optional<Definition> published(GroupVersionKind kind) {
    Definition known = looked.get(kind);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Definition> found =
        published.stream().flatMap(file -> file.find(kind, rules).stream()).findFirst();
    found.ifPresent(definition -> looked.put(kind, definition));
    return found;
  }

  /** Starts definitions that stand beside the objects. */
  Definitions declared() {
    return new Definitions(rules);
  }

  /** Returns the definitions that were given. */
  Definitions defined() {
    return defined;
  }

  /** Says whether kinds of Kubernetes itself are known. */
  boolean isPublished() {
    return !builtInGroups.isEmpty();
  }

  /** Says whether the kinds of a group are known, and all of Kubernetes itself. */
  boolean isBuiltIn(String group) {
    return builtInGroups.contains(group);
  }

  /**
   * Collects schemas.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final List<OpenApiFile> published = new ArrayList<>();
    private final List<Document> defined = new ArrayList<>();
    private @Nullable RuleCompiler rules;

    private Builder() {}

    /** Default none, so that rules are left out: understands the rules of definitions. */
    public Builder rules(RuleCompiler compiler) {
      this.rules = requireNonNull(compiler, "compiler");
      return this;
    }

    /**
     * Adds the schemas of a file.
     *
     * @param file name for messages; OpenAPI ends with {@code .json}
     * @param content nobody changes it any more
     * @throws InvalidInputException if it holds no schema
     */
    public Builder add(String file, byte[] content) {
      requireNonNull(content, "content");
      Optional<OpenApiFile> openApi =
          file.endsWith(".json") ? OpenApiFile.of(file, content) : Optional.empty();
      if (openApi.isPresent()) {
        published.add(openApi.get());
        return this;
      }
      int found = 0;
      for (DocumentPart part : YamlReader.create().read(file, content)) {
        found += define(part);
      }
      if (found == 0) {
        throw new InvalidInputException(
            file, 0, 0, "expected OpenAPI or definitions of custom kinds; there are none");
      }
      return this;
    }

    private int define(DocumentPart part) {
      int before = defined.size();
      for (ManifestObject object : ManifestObject.in(part.document(), part.line())) {
        Document document = Document.of(object.value());
        if (Definitions.isDefinition(GroupVersionKind.of(document))) {
          defined.add(document);
        }
      }
      return defined.size() - before;
    }

    /** Returns the schemas; the builder is done. */
    public KubernetesSchemas build() {
      return new KubernetesSchemas(this);
    }
  }
}
