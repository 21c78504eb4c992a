package io.github.gitops4j.kubernetes.internal.fields;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a list, read item by item.
 *
 * @param items the objects
 * @param version the version of the list
 * @param more where the next page begins; empty text if there is none
 * @since 0.1.0
 */
public record ListPage(List<ServerObject> items, String version, String more) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Copies the list. */
  public ListPage {
    items = List.copyOf(items);
  }

  /**
   * Reads a page.
   *
   * @throws LiveStateException if it is none
   */
  public static ListPage read(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      return new Reader(parser, body).read();
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, "the answer is no list: " + e.getMessage(), e);
    }
  }

  private static final class Reader {
    private final JsonParser parser;
    private final byte[] body;
    private final List<ServerObject> items = new ArrayList<>();
    private boolean isList;
    private String version = "";
    private String more = "";

    Reader(JsonParser parser, byte[] body) {
      this.parser = parser;
      this.body = body;
    }

    ListPage read() throws IOException {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("items")) {
          // A list of nothing may be null.
          isList = true;
          while (value == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.START_OBJECT) {
            items.add(ServerObject.cut(parser, body));
          }
        } else if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
          readMetadata();
        } else {
          parser.skipChildren();
        }
      }
      if (!isList) {
        throw new IOException("it has no items");
      }
      return new ListPage(items, version, more);
    }

    private void readMetadata() throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "resourceVersion" -> version = parser.getText();
          case "continue" -> more = parser.getText();
          default -> parser.skipChildren();
        }
      }
    }
  }
}
