package io.github.gitops4j.kubernetes.internal.fields;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.util.Optional;

/**
 * An object as the bytes that the server gave. Its metadata are known at once, its tree is built
 * when it is asked for.
 *
 * <p>Immutable, and thread-safe.
 *
 * @since 0.1.0
 */
public final class ServerObject {
  private static final JsonReader READER =
      JsonReader.withLimits(
          DocumentLimits.builder().maxBytes(64 << 20).maxNodes(20_000_000).build());

  private final byte[] json;
  private final ObjectHead head;

  private ServerObject(byte[] json, ObjectHead head) {
    this.json = json;
    this.head = head;
  }

  /**
   * Reads an object.
   *
   * @param json its JSON, which nobody changes any more
   * @throws LiveStateException if it is no object
   */
  public static ServerObject read(byte[] json) {
    try {
      return new ServerObject(json, ObjectHead.read(new JsonCursor(json)));
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, "the server gave what is no object: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the object that comes next in a larger text, and goes behind it.
   *
   * @param text all of the text
   */
  static ServerObject cut(JsonCursor cursor, byte[] text) throws IOException {
    ObjectHead head = ObjectHead.read(cursor);
    return new ServerObject(head.cutFrom(text), head);
  }

  /** Returns its name. */
  public String name() {
    return head.name;
  }

  /** Returns its namespace; empty text if it has none. */
  public String namespace() {
    return head.namespace;
  }

  /** Returns its version token. */
  public String resourceVersion() {
    return head.version;
  }

  /** Says whether it was asked to go and is still there. */
  public boolean isTerminating() {
    return head.terminating;
  }

  /**
   * Returns the digest of what we could own: of what we applied, with its time, so that a second
   * writer under our name shows. Times count seconds only, so the generation is in it too, or the
   * content where the server counts none. Without anything applied it is the content alone. It is
   * one of the server's own bytes, which are the same as long as the content is.
   */
  public ContentDigest digest(ManagerName manager) {
    return head.digest(json, manager);
  }

  /** Returns the mark of its owner: ours, or that of another tool; empty text if there is none. */
  public String owner(ManagerName ours) {
    return head.owner(ours);
  }

  /** Returns what the engine keeps of it; its content is read when it is asked for. */
  public LiveResource observed(ResourceKey key, ManagerName manager) {
    return new LiveResource(
        key,
        head.version,
        digest(manager),
        head.uid,
        owner(manager),
        Optional.of(Document.deferred(() -> tree().withoutManagedFields())));
  }

  /** Returns its JSON without the entries of its managed fields, to be kept. */
  public byte[] slimJson() {
    return head.withoutEntries(json);
  }

  /** Returns the content that was kept. */
  public static Document contentOf(byte[] slimJson) {
    return Document.deferred(
        () -> LiveObject.of(READER.read("answer", slimJson)).withoutManagedFields());
  }

  /** Returns its tree. */
  public LiveObject tree() {
    return LiveObject.of(READER.read("answer", json));
  }

  /** Leaves the content out: it may be secret. */
  @Override
  public String toString() {
    return "ServerObject[" + head.name + " at " + head.version + "]";
  }
}
