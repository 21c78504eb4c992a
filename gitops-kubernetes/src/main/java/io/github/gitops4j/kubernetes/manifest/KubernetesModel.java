package io.github.gitops4j.kubernetes.manifest;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.kubernetes.diff.ApplyPayload;
import io.github.gitops4j.kubernetes.internal.kinds.KindFacts;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.Declaration;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.WrittenFile;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Kubernetes manifests: files that end in {@code .yaml}, {@code .yml} or {@code .json}, with any
 * number of documents, each an object or a {@code List} of objects.
 *
 * <p>An object without a namespace whose kind lives in one is put into the default namespace. A
 * namespace on an object of a cluster-wide kind is left out. Which custom kinds are cluster-wide is
 * said by definitions in the files and by the cluster; one that nobody knows is taken as living in
 * a namespace. What is learnt of a kind in use is part of {@link #id()}. An object needs a name;
 * {@code generateName} is refused, as no later pass would know what it made.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KubernetesModel implements ResourceModel {
  private final YamlReader reader = YamlReader.create();
  private final String defaultNamespace;
  private final CustomKinds custom;
  private final ReadFiles readFiles = new ReadFiles();

  private KubernetesModel(String defaultNamespace, KindScopes cluster) {
    this.defaultNamespace = defaultNamespace;
    this.custom = new CustomKinds(cluster);
  }

  /**
   * Creates a model.
   *
   * @param defaultNamespace the namespace of objects that name none
   */
  public static KubernetesModel of(String defaultNamespace) {
    return of(defaultNamespace, KindScopes.NONE);
  }

  /**
   * Creates a model that asks a cluster about custom kinds.
   *
   * @param defaultNamespace the namespace of objects that name none
   * @param cluster what the cluster serves
   */
  public static KubernetesModel of(String defaultNamespace, KindScopes cluster) {
    return new KubernetesModel(
        requireNonNull(defaultNamespace, "defaultNamespace"), requireNonNull(cluster, "cluster"));
  }

  /**
   * Says whether it is known where the objects of a kind live: it is one of Kubernetes itself, or a
   * definition of it was read.
   */
  public boolean knows(ResourceKey key) {
    return KindOrder.isClusterWide(key.group(), key.kind())
        || KindFacts.isBuiltIn(key.group(), key.kind())
        || custom.isDefined(key.group(), key.kind());
  }

  /** Returns the annotations of which an object bears one if it is a hook. */
  public static Set<String> hookAnnotations() {
    return HookAnnotations.NAMES;
  }

  /** An object; {@code written} is all of it, {@code payload} what is applied. */
  private record Declared(DesiredEntry entry, Document payload, Document written) {}

  private record ReadFile(List<Declared> declared, Map<ResourceKey, Document> payloads) {}

  @Override
  public String id() {
    Set<String> clusterWide = custom.inUse();
    String known = "kubernetes/1;namespace=" + defaultNamespace;
    return clusterWide.isEmpty() ? known : known + ";cluster-wide=" + String.join(",", clusterWide);
  }

  @Override
  public Declaration declare(TreeEntry entry, SourceTree tree, CallContext call) {
    if (!isManifest(entry.path())) {
      return new Declaration.NotDeclaring();
    }
    List<InputWarning> warnings = new ArrayList<>();
    try {
      List<Declared> declared =
          read(entry, tree, warnings::add, KubernetesModel::refuse, call).declared();
      return new Declaration.Declared(declared.stream().map(Declared::entry).toList(), warnings);
    } catch (InvalidInputException e) {
      return new Declaration.Broken(broken(entry, e));
    }
  }

  @Override
  public Content content(DesiredEntry declared, TreeEntry file, SourceTree tree, CallContext call) {
    Map<ResourceKey, Document> payloads =
        readFiles
            .find(file)
            .orElseGet(
                () -> read(file, tree, warning -> {}, KubernetesModel::refuse, call).payloads());
    Document payload = payloads.get(declared.key());
    if (payload == null) {
      throw new SourceException(
          FailureCategory.NOT_FOUND, declared.origin() + ": loading failed: no such object");
    }
    return new Content.Structured(payload);
  }

  @Override
  public WrittenFile written(TreeEntry file, SourceTree tree, CallContext call) {
    if (!isManifest(file.path())) {
      return new WrittenFile(List.of(), List.of(), List.of());
    }
    List<InputWarning> warnings = new ArrayList<>();
    List<BrokenInput> broken = new ArrayList<>();
    Consumer<InvalidInputException> problems = e -> broken.add(broken(file, e));
    List<Declared> declared = List.of();
    try {
      declared = read(file, tree, warnings::add, problems, call).declared();
    } catch (InvalidInputException e) {
      problems.accept(e);
    }
    return new WrittenFile(
        declared.stream().map(KubernetesModel::written).toList(), broken, warnings);
  }

  private static Resource written(Declared declared) {
    DesiredEntry entry = declared.entry();
    return new Resource(
        entry.key(),
        new Content.Structured(declared.written()),
        entry.digest(),
        entry.origin(),
        entry.traits());
  }

  private static BrokenInput broken(TreeEntry file, InvalidInputException problem) {
    return new BrokenInput(new Origin(file.path(), 0, problem.line()), problem.failure());
  }

  private static void refuse(InvalidInputException problem) {
    throw problem;
  }

  @Override
  public void passEnded() {
    readFiles.clear();
  }

  /** Of two under one key the first counts; the engine refuses both. */
  private static Map<ResourceKey, Document> payloads(List<Declared> declared) {
    Map<ResourceKey, Document> payloads = new HashMap<>();
    declared.forEach(object -> payloads.putIfAbsent(object.entry().key(), object.payload()));
    return payloads;
  }

  private static boolean isManifest(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean structured = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    return structured && !name.equals("kustomization.yaml") && !name.equals("kustomization.yml");
  }

  /**
   * Reads a file.
   *
   * @param problems is given what is wrong with an object; if it returns, the others are read
   */
  private ReadFile read(
      TreeEntry entry,
      SourceTree tree,
      Consumer<InputWarning> warnings,
      Consumer<InvalidInputException> problems,
      CallContext call) {
    List<Declared> declared = new ArrayList<>();
    try (InputStream in = tree.open(entry)) {
      byte[] text = DocumentLimits.defaults().read(in);
      for (DocumentPart part : reader.read(entry.path(), text, warnings)) {
        for (ManifestObject object : ManifestObject.in(part.document(), part.line())) {
          try {
            object(entry.path(), part, object, call).ifPresent(declared::add);
          } catch (InvalidInputException e) {
            problems.accept(e);
          }
        }
      }
      Map<ResourceKey, Document> payloads = payloads(declared);
      readFiles.keep(entry, payloads, text.length);
      return new ReadFile(declared, payloads);
    } catch (IOException e) {
      throw new SourceException(
          FailureCategory.UNAVAILABLE,
          entry.path() + ": reading failed: " + Failure.reasonOf(e),
          e);
    }
  }

  private Optional<Declared> object(
      String file, DocumentPart part, ManifestObject placed, CallContext call) {
    int line = placed.line();
    if (!(placed.value() instanceof Mapping object)) {
      throw new InvalidInputException(file, line, 0, "an object is expected");
    }
    String apiVersion = required(file, line, object, "apiVersion");
    String kind = required(file, line, object, "kind");
    if (!(object.get("metadata").orElse(null) instanceof Mapping metadata)) {
      throw new InvalidInputException(file, line, 0, "metadata is missing");
    }
    ObjectNames names = new ObjectNames(file, line, metadata);
    String name = names.name(apiVersion, kind);
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String namespace = isClusterWide(group, kind, call) ? "" : namespace(names);
    ResourceKey key = ResourceKey.of(group, kind, namespace, name);
    custom.learn(key, Document.of(object));
    Mapping annotations =
        metadata.get("annotations").orElse(Mapping.empty()) instanceof Mapping found
            ? found
            : Mapping.empty();
    Document whole = Document.of(object);
    Document payload = ApplyPayload.of(key, whole).document();
    return ObjectTraits.read(file, line, key, annotations)
        .map(
            traits ->
                DesiredEntry.of(
                    key, payload.digest(), traits, new Origin(file, part.index(), line)))
        .map(entry -> new Declared(entry, payload, whole));
  }

  private boolean isClusterWide(String group, String kind, CallContext call) {
    return KindOrder.isClusterWide(group, kind) || custom.isClusterWide(group, kind, call);
  }

  private String namespace(ObjectNames names) {
    String declared = names.namespace();
    return declared.isEmpty() ? defaultNamespace : declared;
  }

  private static String required(String file, int line, Mapping object, String field) {
    String value = object.text(field).orElse("");
    if (value.isEmpty()) {
      throw new InvalidInputException(file, line, 0, field + " is missing");
    }
    return value;
  }
}
