package io.github.gitops4j.kubernetes.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.FieldMerge;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.OwnedFields;
import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.kubernetes.internal.kinds.KindFacts;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Set;

/**
 * What is sent for a declared object: without status and without what only the server writes, in
 * the namespace of its key, and with the {@code stringData} of a Secret folded into {@code data},
 * where an edit of it shows.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class ApplyPayload {
  private static final Set<String> NOT_SENT =
      Set.of(
          "managedFields",
          "resourceVersion",
          "uid",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "selfLink",
          "generateName");

  private final Mapping root;
  private final String apiVersion;

  private ApplyPayload(Mapping root, String apiVersion) {
    this.root = root;
    this.apiVersion = apiVersion;
  }

  /**
   * Makes the payload of a declared object.
   *
   * @throws IllegalArgumentException if it is no mapping with an {@code apiVersion}
   */
  public static ApplyPayload of(ResourceKey key, Document declared) {
    requireNonNull(key, "key");
    if (!(declared.root() instanceof Mapping root)
        || !(root.get("apiVersion").orElse(null) instanceof Text version)) {
      throw new IllegalArgumentException(key + ": no object with an apiVersion");
    }
    if (isSentAsItIs(key, root)) {
      return new ApplyPayload(root, version.value());
    }
    Mapping.Builder sent = Mapping.builder();
    boolean secret = SecretFields.isSecret(key);
    for (int i = 0; i < root.size(); i++) {
      String name = root.key(i);
      Value value = root.value(i);
      if (name.equals("metadata")) {
        sent.set(name, metadata(key, value));
      } else if (secret && (name.equals("data") || name.equals("stringData"))) {
        sent.set("data", SecretFields.data(root));
      } else if (!name.equals("status")) {
        sent.set(name, value);
      }
    }
    return new ApplyPayload(sent.build(), version.value());
  }

  private static boolean isSentAsItIs(ResourceKey key, Mapping root) {
    if (SecretFields.isSecret(key)
        || root.indexOf("status") >= 0
        || !(root.get("metadata").orElse(null) instanceof Mapping metadata)
        || !metadata.text("name").orElse("").equals(key.name())
        || !metadata.text("namespace").orElse("").equals(key.namespace())) {
      return false;
    }
    for (int i = 0; i < metadata.size(); i++) {
      if (NOT_SENT.contains(metadata.key(i)) || isEmpty(metadata.value(i))) {
        return false;
      }
    }
    return key.namespace().isEmpty() == (metadata.indexOf("namespace") < 0);
  }

  private static Mapping metadata(ResourceKey key, Value declared) {
    Mapping.Builder sent = Mapping.builder();
    if (declared instanceof Mapping mapping) {
      for (int i = 0; i < mapping.size(); i++) {
        boolean left = mapping.key(i).equals("namespace") || isEmpty(mapping.value(i));
        if (!left && !NOT_SENT.contains(mapping.key(i))) {
          sent.put(mapping.key(i), mapping.value(i));
        }
      }
    }
    if (!key.namespace().isEmpty()) {
      sent.set("namespace", Text.of(key.namespace()));
    }
    return sent.set("name", Text.of(key.name())).build();
  }

  /** Whoever adds the first annotation would take an empty map of ours from us. */
  private static boolean isEmpty(Value value) {
    return value instanceof Mapping mapping && mapping.size() == 0;
  }

  /**
   * Returns the same with what is live where nothing counts: what live has not there is not sent,
   * nor is what somebody else owns. Nothing there is changed by it, also where nobody but us has
   * applied it.
   *
   * @param live the object with its managed fields
   * @param manager our name
   */
  public ApplyPayload keeping(IgnoredFields ignored, LiveObject live, ManagerName manager) {
    if (ignored.paths().isEmpty()) {
      return this;
    }
    List<OwnedFields> others =
        live.managers().stream()
            .filter(entry -> !entry.text("manager").orElse("").equals(manager.name()))
            .map(OwnedFields::ofEntry)
            .toList();
    Mapping sent = Withheld.from(copying(ignored, live).root, ignored, type(), others);
    return new ApplyPayload(sent, apiVersion);
  }

  /** Returns the same with what is live where nothing counts, for an object that is made anew. */
  public ApplyPayload copying(IgnoredFields ignored, LiveObject live) {
    return FieldMerge.keeping(ignored.paths(), listKeys())
        .merge(document(), Document.of(live.content()))
        .map(Document::root)
        .map(kept -> kept instanceof Mapping object ? new ApplyPayload(object, apiVersion) : this)
        .orElse(this);
  }

  /** Returns the live object with what is declared in it, for a server that knows no apply. */
  public Document over(LiveObject live) {
    Mapping present = live.root();
    Value after = Prediction.of(besides(present), present, type(), Claim.Nothing.INSTANCE);
    return Document.of(after == null ? present : after);
  }

  /** Returns what is known of the object. */
  FieldType type() {
    return KindFacts.of(apiVersion, root.text("kind").orElse(""));
  }

  /** Returns the object without its version and kind where a live one lacks them. */
  Mapping besides(Mapping live) {
    if (live.indexOf("apiVersion") >= 0 && live.indexOf("kind") >= 0) {
      return root;
    }
    Mapping.Builder kept = Mapping.builder();
    for (int i = 0; i < root.size(); i++) {
      if (live.indexOf(root.key(i)) >= 0
          || !(root.key(i).equals("apiVersion") || root.key(i).equals("kind"))) {
        kept.put(root.key(i), root.value(i));
      }
    }
    return kept.build();
  }

  /** Returns by which fields the items of its lists are known. */
  ObjectListKeys listKeys() {
    return ObjectListKeys.of(apiVersion, root.text("kind").orElse(""));
  }

  Mapping root() {
    return root;
  }

  String apiVersion() {
    return apiVersion;
  }

  /** Returns the version within the group, such as {@code v1}. */
  public String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  /** Returns the whole object as it is sent. */
  public Document document() {
    return Document.of(root);
  }

  /** Returns the body of an apply that creates, or that takes the object as it is. */
  public byte[] body() {
    return document().canonicalJson();
  }

  /** Returns the body of an apply that only this version of the object takes. */
  public byte[] bodyAt(String resourceVersion) {
    return Document.of(withMetadata("resourceVersion", resourceVersion)).canonicalJson();
  }

  /** Returns the body of an apply that gives up every field. */
  public byte[] emptyBody() {
    Mapping.Builder identity = Mapping.builder();
    Mapping.Builder metadata = Mapping.builder();
    if (root.get("metadata").orElse(null) instanceof Mapping declared) {
      declared.get("name").ifPresent(name -> metadata.put("name", name));
      declared.get("namespace").ifPresent(namespace -> metadata.put("namespace", namespace));
    }
    root.get("apiVersion").ifPresent(version -> identity.put("apiVersion", version));
    root.get("kind").ifPresent(kind -> identity.put("kind", kind));
    return Document.of(identity.put("metadata", metadata.build()).build()).canonicalJson();
  }

  private Mapping withMetadata(String field, String value) {
    return root.get("metadata").orElse(null) instanceof Mapping metadata
        ? root.toBuilder()
            .set("metadata", metadata.toBuilder().set(field, Text.of(value)).build())
            .build()
        : root;
  }
}
