package io.github.gitops4j.kubernetes.internal.fields;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.resource.FieldPath;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One line of a watch.
 *
 * <p>Immutable.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">Kubernetes
 *     API concepts</a>
 * @since 0.1.0
 */
public final class WatchEvent {
  private String type = "";
  private @Nullable ServerObject object;

  private WatchEvent() {}

  /**
   * Reads a line.
   *
   * @throws LiveStateException if it is no event
   */
  public static WatchEvent read(byte[] line) {
    WatchEvent event = new WatchEvent();
    try {
      event.readEvent(new JsonCursor(line), line);
      if (event.object == null) {
        throw new IOException("no object");
      }
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, "a watch gave what is no event: " + e.getMessage(), e);
    }
    return event;
  }

  private void readEvent(JsonCursor json, byte[] line) throws IOException {
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      if (field.equals("type")) {
        type = json.text();
      } else if (field.equals("object") && json.isObject()) {
        object = ServerObject.cut(json, line);
      } else {
        json.skip();
      }
    }
  }

  /** Says whether the watch itself has failed. */
  public boolean isError() {
    return type.equals("ERROR");
  }

  /** Says whether it only tells how far the watch has come. */
  public boolean isBookmark() {
    return type.equals("BOOKMARK");
  }

  /** Says whether the object was made or changed. */
  public boolean isWrite() {
    return type.equals("ADDED") || type.equals("MODIFIED");
  }

  /** Says whether the object is gone; it then is as it was last. */
  public boolean isDeletion() {
    return type.equals("DELETED");
  }

  /** Returns the namespace; empty text if there is none. */
  public String namespace() {
    return object().namespace();
  }

  /** Returns the name. */
  public String name() {
    return object().name();
  }

  /** Returns the version of the object, and how far the watch has come. */
  public String version() {
    return object().resourceVersion();
  }

  /** Returns the object. */
  public ServerObject object() {
    return requireNonNull(object, "object");
  }

  /** Returns why the watch has failed. */
  public String error() {
    return object().tree().document().text(FieldPath.parse("/message")).orElse("no reason given");
  }
}
