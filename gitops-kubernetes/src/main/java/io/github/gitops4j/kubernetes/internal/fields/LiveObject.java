package io.github.gitops4j.kubernetes.internal.fields;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tree of an object, and what its metadata say.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class LiveObject {
  private static final String METADATA = "metadata";
  private static final String MANAGED_FIELDS = "managedFields";

  private final Mapping root;
  private final Mapping metadata;

  private LiveObject(Mapping root) {
    this.root = root;
    this.metadata = mapping(root, METADATA);
  }

  /**
   * Takes an object.
   *
   * @throws IllegalArgumentException if it is no mapping
   */
  public static LiveObject of(Document document) {
    if (!(requireNonNull(document, "document").root() instanceof Mapping root)) {
      throw new IllegalArgumentException("an object is a mapping");
    }
    return new LiveObject(root);
  }

  /** Returns the whole object. */
  public Mapping root() {
    return root;
  }

  /** Returns its name. */
  public String name() {
    return metadata.text("name").orElse("");
  }

  /** Returns the object's incarnation. */
  public String uid() {
    return metadata.text("uid").orElse("");
  }

  /** Returns its version token. */
  public String resourceVersion() {
    return metadata.text("resourceVersion").orElse("");
  }

  /** Says whether it was asked to go and is still there. */
  public boolean isTerminating() {
    return metadata.get("deletionTimestamp").isPresent();
  }

  /** Returns the namespace that it lives in; empty text if in none. */
  public String namespace() {
    return metadata.text("namespace").orElse("");
  }

  /** Returns the value of an annotation; empty text if there is none. */
  public String annotation(String annotation) {
    return mapping(metadata, "annotations").text(annotation).orElse("");
  }

  /** Returns the references to the objects that own it. */
  public List<Mapping> owners() {
    List<Mapping> owners = new ArrayList<>();
    for (Value item : sequence(metadata.get("ownerReferences"))) {
      if (item instanceof Mapping owner) {
        owners.add(owner);
      }
    }
    return owners;
  }

  /** Returns the finalizers that keep it. */
  public List<String> finalizers() {
    List<String> names = new ArrayList<>();
    for (Value item : sequence(metadata.get("finalizers"))) {
      if (item instanceof Text text) {
        names.add(text.value());
      }
    }
    return names;
  }

  /** Returns the whole object. */
  public Document document() {
    return Document.of(root);
  }

  /** Returns the entries of its managed fields, in order. */
  public List<Mapping> managers() {
    List<Mapping> entries = new ArrayList<>();
    if (metadata.get(MANAGED_FIELDS).orElse(null) instanceof Sequence items) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Mapping entry) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  /** Says whether an entry is what this manager applied to the object itself. */
  public static boolean isApplyOf(Mapping entry, ManagerName manager) {
    return entry.text("manager").orElse("").equals(manager.name()) && isApply(entry);
  }

  /** Says whether an entry is what somebody applied to the object itself. */
  public static boolean isApply(Mapping entry) {
    return entry.get("operation").orElse(null) instanceof Text operation
        && operation.value().equals("Apply")
        && entry.text("subresource").orElse("").isEmpty();
  }

  /** Says whether this manager has applied the object. */
  public boolean isAppliedBy(ManagerName manager) {
    return managers().stream().anyMatch(entry -> isApplyOf(entry, manager));
  }

  /** Says whether anybody but this manager wrote the object itself. */
  public boolean isWrittenByOthers(ManagerName manager) {
    return managers().stream()
        .filter(entry -> entry.text("subresource").orElse("").isEmpty())
        .anyMatch(entry -> !entry.text("manager").orElse("").equals(manager.name()));
  }

  /**
   * Returns the object without its status, without what the server writes, and without version and
   * kind, which the items of a list lack.
   */
  public Mapping content() {
    Mapping.Builder kept = Mapping.builder();
    for (int i = 0; i < root.size(); i++) {
      String key = root.key(i);
      if (key.equals(METADATA)) {
        kept.put(key, without(metadata, ObjectHead.SERVER_METADATA));
      } else if (!ObjectHead.BESIDE_CONTENT.contains(key)) {
        kept.put(key, root.value(i));
      }
    }
    return kept.build();
  }

  /** Returns the whole object without its managed fields. */
  Mapping withoutManagedFields() {
    return root.toBuilder().set(METADATA, without(metadata, Set.of(MANAGED_FIELDS))).build();
  }

  private static Mapping without(Mapping from, Set<String> keys) {
    Mapping.Builder kept = Mapping.builder();
    for (int i = 0; i < from.size(); i++) {
      if (!keys.contains(from.key(i))) {
        kept.put(from.key(i), from.value(i));
      }
    }
    return kept.build();
  }

  private static Mapping mapping(Mapping from, String key) {
    return from.get(key).orElse(Mapping.empty()) instanceof Mapping found ? found : Mapping.empty();
  }

  private static List<Value> sequence(Optional<Value> value) {
    List<Value> items = new ArrayList<>();
    if (value.isPresent() && value.get() instanceof Sequence sequence) {
      for (int i = 0; i < sequence.size(); i++) {
        items.add(sequence.get(i));
      }
    }
    return items;
  }
}
