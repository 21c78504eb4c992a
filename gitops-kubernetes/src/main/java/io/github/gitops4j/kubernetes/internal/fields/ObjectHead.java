package io.github.gitops4j.kubernetes.internal.fields;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
 * <p>Offsets count from the begin of the JSON that was parsed. Confined to one thread.
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

  private final JsonParser parser;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Range> content = new ArrayList<>();
  private final Map<String, String> marks = new TreeMap<>();
  private Optional<Range> generation = Optional.empty();
  private final int from;
  private int to;
  String name = "";
  String namespace = "";
  String uid = "";
  String version = "";
  boolean terminating;

  private ObjectHead(JsonParser parser) {
    this.parser = parser;
    this.from = begin();
  }

  /** Reads an object whose first token the parser has just given. */
  static ObjectHead read(JsonParser parser) throws IOException {
    ObjectHead head = new ObjectHead(parser);
    head.readObject();
    return head;
  }

  private void readObject() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      int begin = begin();
      JsonToken value = parser.nextToken();
      if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
        readMetadata();
      } else {
        parser.skipChildren();
        if (!BESIDE_CONTENT.contains(field)) {
          content.add(new Range(begin, end()));
        }
      }
    }
    to = end();
  }

  private void readMetadata() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      int begin = begin();
      JsonToken value = parser.nextToken();
      if (value.isScalarValue()) {
        readScalar(field);
      } else if (field.equals("managedFields")) {
        readEntries();
      } else if (field.equals("annotations") || field.equals("labels")) {
        readMarks();
      } else {
        parser.skipChildren();
      }
      if (!SERVER_METADATA.contains(field)) {
        content.add(new Range(begin, end()));
      }
    }
  }

  private void readScalar(String field) throws IOException {
    switch (field) {
      case "name" -> name = parser.getText();
      case "namespace" -> namespace = parser.getText();
      case "uid" -> uid = parser.getText();
      case "resourceVersion" -> version = parser.getText();
      case "deletionTimestamp" -> terminating = parser.currentToken() != JsonToken.VALUE_NULL;
      case "generation" -> generation = Optional.of(new Range(begin(), end()));
      default -> {
        // Part of the content.
      }
    }
  }

  private void readEntries() throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      int begin = begin();
      String manager = "";
      boolean isApply = false;
      boolean ofObject = true;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "manager" -> manager = parser.getText();
          case "operation" -> isApply = parser.getText().equals("Apply");
          case "subresource" -> ofObject = parser.getText().isEmpty();
          default -> parser.skipChildren();
        }
      }
      entries.add(new Entry(manager, isApply, ofObject, new Range(begin, end())));
    }
  }

  private void readMarks() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      String value = TOOLS.containsKey(key) || key.equals(FLUX) ? parser.getText() : "";
      parser.skipChildren();
      if (!value.isEmpty()) {
        marks.put(key, value);
      }
    }
  }

  private int begin() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Returns the end of the value that was read or skipped. */
  private int end() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      parser.finishToken();
      return (int) parser.currentLocation().getByteOffset();
    }
    return begin() + parser.getTextLength();
  }

  /** Returns the object's own JSON. */
  byte[] cutFrom(byte[] json) {
    return Arrays.copyOfRange(json, from, to);
  }

  boolean isAppliedBy(ManagerName manager) {
    return entries.stream().anyMatch(entry -> entry.isApplyOf(manager));
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
   * @param json the object's own JSON
   */
  ContentDigest digest(byte[] json, ManagerName manager) {
    MessageDigest digest = ContentDigest.sha256();
    boolean applied = isAppliedBy(manager);
    if (applied) {
      for (Entry entry : entries) {
        if (entry.ofObject() && entry.manager().equals(manager.name())) {
          entry.at().into(digest, json, from);
        }
      }
      generation.ifPresent(range -> range.into(digest, json, from));
    }
    if (!applied || generation.isEmpty()) {
      content.forEach(range -> range.into(digest, json, from));
    }
    return ContentDigest.ofDigest(digest.digest());
  }
}
