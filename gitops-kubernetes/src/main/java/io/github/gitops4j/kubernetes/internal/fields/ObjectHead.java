package io.github.gitops4j.kubernetes.internal.fields;

import io.github.gitops4j.resource.ContentDigest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the metadata of an object say, and where its parts are in its JSON. No tree is built for it,
 * as most objects of a list are as they were.
 *
 * <p>Offsets count from the begin of the JSON that was read. Confined to one thread.
 */
final class ObjectHead {
  /** What the server or a controller writes and nobody declares. */
  static final Set<String> SERVER_METADATA =
      Set.of(
          "managedFields",
          "resourceVersion",
          "generation",
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink");

  static final Set<String> BESIDE_CONTENT = Set.of("status", "apiVersion", "kind");

  private static final Map<String, String> TOOLS =
      Map.of(
          "argocd.argoproj.io/tracking-id", "argocd",
          "config.k8s.io/owning-inventory", "cli-utils",
          "meta.helm.sh/release-name", "helm");
  private static final byte[] NO_ENTRIES = {'[', ']'};
  private static final String FLUX = "kustomize.toolkit.fluxcd.io/name";

  /**
   * An entry of the managed fields.
   *
   * @param manager who
   * @param isApply whether it was applied
   * @param ofObject whether it is about the object itself and not a part such as its status
   * @param at where it is
   */
  private record Entry(String manager, boolean isApply, boolean ofObject, Range at) {
    boolean isApplyOf(ManagerName ours) {
      return isApply && ofObject && manager.equals(ours.name());
    }
  }

  /** A part of the JSON. */
  private record Range(int from, int to) {
    void into(MessageDigest digest, byte[] json, int base) {
      digest.update(json, from - base, to - from);
      digest.update((byte) 0);
    }
  }

  private final JsonCursor json;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Range> content = new ArrayList<>();
  private final Map<String, String> marks = new TreeMap<>();
  private Optional<Range> generation = Optional.empty();
  private Optional<Range> managed = Optional.empty();
  private final int from;
  private int to;
  String name = "";
  String namespace = "";
  String uid = "";
  String version = "";
  boolean terminating;

  private ObjectHead(JsonCursor json) {
    this.json = json;
    this.from = json.position();
  }

  /** Reads the object that comes next. */
  static ObjectHead read(JsonCursor json) throws IOException {
    ObjectHead head = new ObjectHead(json);
    head.readObject();
    return head;
  }

  private void readObject() throws IOException {
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      int begin = json.nameBegin();
      if (field.equals("metadata") && json.isObject()) {
        readMetadata();
      } else {
        json.skip();
        if (!BESIDE_CONTENT.contains(field)) {
          content.add(new Range(begin, json.position()));
        }
      }
    }
    to = json.position();
  }

  private void readMetadata() throws IOException {
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      int begin = json.nameBegin();
      switch (field) {
        case "name" -> name = json.text();
        case "namespace" -> namespace = json.text();
        case "uid" -> uid = json.text();
        case "resourceVersion" -> version = json.text();
        case "generation" -> readGeneration();
        case "deletionTimestamp" -> {
          terminating = !json.isNull();
          json.skip();
        }
        case "managedFields" -> readEntries();
        case "annotations", "labels" -> readMarks();
        default -> json.skip();
      }
      if (!SERVER_METADATA.contains(field)) {
        content.add(new Range(begin, json.position()));
      }
    }
  }

  private void readGeneration() throws IOException {
    int begin = json.position();
    json.skip();
    generation = Optional.of(new Range(begin, json.position()));
  }

  private void readEntries() throws IOException {
    if (!json.isArray()) {
      json.skip();
      return;
    }
    int begin = json.position();
    json.enterArray();
    while (json.nextItem()) {
      readEntry();
    }
    managed = Optional.of(new Range(begin, json.position()));
  }

  private void readEntry() throws IOException {
    int begin = json.position();
    String manager = "";
    boolean isApply = false;
    boolean ofObject = true;
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "manager" -> manager = json.text();
        case "operation" -> isApply = json.text().equals("Apply");
        case "subresource" -> ofObject = json.text().isEmpty();
        default -> json.skip();
      }
    }
    entries.add(new Entry(manager, isApply, ofObject, new Range(begin, json.position())));
  }

  private void readMarks() throws IOException {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    json.enterObject();
    while (json.nextField()) {
      String key = json.name();
      if (TOOLS.containsKey(key) || key.equals(FLUX)) {
        marks.put(key, json.text());
      } else {
        json.skip();
      }
    }
  }

  /** Returns the object's own JSON. */
  byte[] cutFrom(byte[] text) {
    return Arrays.copyOfRange(text, from, to);
  }

  /**
   * Returns the object's JSON with no entries among its managed fields, which are half of it.
   *
   * @param own the object's own JSON
   */
  byte[] withoutEntries(byte[] own) {
    if (managed.isEmpty()) {
      return own;
    }
    int begin = managed.get().from() - from;
    int rest = managed.get().to() - from;
    byte[] slim = new byte[begin + NO_ENTRIES.length + own.length - rest];
    System.arraycopy(own, 0, slim, 0, begin);
    System.arraycopy(NO_ENTRIES, 0, slim, begin, NO_ENTRIES.length);
    System.arraycopy(own, rest, slim, begin + NO_ENTRIES.length, own.length - rest);
    return slim;
  }

  boolean isAppliedBy(ManagerName manager) {
    for (Entry entry : entries) {
      if (entry.isApplyOf(manager)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the mark of its owner: ours, or that of another tool; empty text if there is none. */
  String owner(ManagerName ours) {
    if (isAppliedBy(ours)) {
      return ours.owner();
    }
    for (Entry entry : entries) {
      Optional<String> owner = ManagerName.ownerOf(entry.manager());
      if (owner.isPresent() && entry.isApply()) {
        return owner.get();
      }
    }
    for (Map.Entry<String, String> mark : marks.entrySet()) {
      String tool = TOOLS.get(mark.getKey());
      if (tool != null) {
        int end = mark.getValue().indexOf(':');
        return tool + ":" + (end < 0 ? mark.getValue() : mark.getValue().substring(0, end));
      }
    }
    String flux = marks.get(FLUX);
    return flux == null ? "" : "flux:" + flux;
  }

  /**
   * Returns the digest of what we could own.
   *
   * @param own the object's own JSON
   */
  ContentDigest digest(byte[] own, ManagerName manager) {
    MessageDigest digest = ContentDigest.sha256();
    boolean applied = isAppliedBy(manager);
    if (applied) {
      for (Entry entry : entries) {
        if (entry.ofObject() && entry.manager().equals(manager.name())) {
          entry.at().into(digest, own, from);
        }
      }
      generation.ifPresent(range -> range.into(digest, own, from));
    }
    if (!applied || generation.isEmpty()) {
      for (Range range : content) {
        range.into(digest, own, from);
      }
    }
    return ContentDigest.ofDigest(digest.digest());
  }
}
