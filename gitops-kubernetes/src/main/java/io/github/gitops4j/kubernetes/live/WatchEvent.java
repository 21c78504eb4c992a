package io.github.gitops4j.kubernetes.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Value;
import java.io.IOException;

/**
 * One line of a watch. What it is about is read at once, the object only when it is asked for.
 *
 * <p>Immutable as long as nobody changes the bytes of its line.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">Kubernetes
 *     API concepts</a>
 */
final class WatchEvent {
  private static final JsonFactory JSON = new JsonFactory();
  private static final FieldPath OBJECT = FieldPath.parse("/object");

  private final byte[] line;
  private String type = "";
  private String namespace = "";
  private String name = "";
  private String version = "";

  private WatchEvent(byte[] line) {
    this.line = line;
  }

  /**
   * Reads a line.
   *
   * @throws LiveStateException if it is no event
   */
  static WatchEvent read(byte[] line) {
    WatchEvent event = new WatchEvent(line);
    try (JsonParser parser = JSON.createParser(line)) {
      event.readEvent(parser);
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, "a watch gave what is no event: " + e.getMessage(), e);
    }
    return event;
  }

  private void readEvent(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("type") && value == JsonToken.VALUE_STRING) {
        type = parser.getText();
      } else if (field.equals("object") && value == JsonToken.START_OBJECT) {
        readObject(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readObject(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
        readMetadata(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readMetadata(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "namespace" -> namespace = parser.getText();
        case "name" -> name = parser.getText();
        case "resourceVersion" -> version = parser.getText();
        default -> parser.skipChildren();
      }
    }
  }

  /** Says whether the watch itself has failed. */
  boolean isError() {
    return type.equals("ERROR");
  }

  /** Says whether it only tells how far the watch has come. */
  boolean isBookmark() {
    return type.equals("BOOKMARK");
  }

  /** Says whether the object is gone; it then is as it was last. */
  boolean isDeletion() {
    return type.equals("DELETED");
  }

  /** Returns the namespace; empty text if there is none. */
  String namespace() {
    return namespace;
  }

  /** Returns the name. */
  String name() {
    return name;
  }

  /** Returns the version of the object, and how far the watch has come. */
  String version() {
    return version;
  }

  /** Returns the object. */
  LiveObject object() {
    return LiveObject.of(Document.of(content()));
  }

  /** Returns why the watch has failed. */
  String error() {
    Document status = Document.of(content());
    return status.text(FieldPath.parse("/message")).orElse("no reason given");
  }

  private Value content() {
    return new ApiAnswer(200, line)
        .document()
        .at(OBJECT)
        .orElseThrow(
            () -> new LiveStateException(FailureCategory.UNAVAILABLE, "an event without object"));
  }
}
