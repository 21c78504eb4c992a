package io.github.gitops4j.kubernetes.internal.fields;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
  private static final JsonFactory JSON = new JsonFactory();

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
    try (JsonParser parser = JSON.createParser(line)) {
      event.readEvent(parser, line);
      if (event.object == null) {
        throw new IOException("no object");
      }
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, "a watch gave what is no event: " + e.getMessage(), e);
    }
    return event;
  }

  private void readEvent(JsonParser parser, byte[] line) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("type") && value == JsonToken.VALUE_STRING) {
        type = parser.getText();
      } else if (field.equals("object") && value == JsonToken.START_OBJECT) {
        object = ServerObject.cut(parser, line);
      } else {
        parser.skipChildren();
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
