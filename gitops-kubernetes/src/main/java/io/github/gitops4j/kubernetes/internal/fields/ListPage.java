package io.github.gitops4j.kubernetes.internal.fields;

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
    try {
      return new Reader(body).read();
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, "the answer is no list: " + e.getMessage(), e);
    }
  }

  private static final class Reader {
    private final JsonCursor json;
    private final byte[] body;
    private final List<ServerObject> items = new ArrayList<>();
    private boolean isList;
    private String version = "";
    private String more = "";

    Reader(byte[] body) {
      this.json = new JsonCursor(body);
      this.body = body;
    }

    ListPage read() throws IOException {
      json.enterObject();
      while (json.nextField()) {
        switch (json.name()) {
          case "items" -> readItems();
          case "metadata" -> readMetadata();
          default -> json.skip();
        }
      }
      if (!isList) {
        throw new IOException("it has no items");
      }
      return new ListPage(items, version, more);
    }

    /** A list of nothing may be null. */
    private void readItems() throws IOException {
      isList = true;
      if (!json.isArray()) {
        json.skip();
        return;
      }
      json.enterArray();
      while (json.nextItem()) {
        items.add(ServerObject.cut(json, body));
      }
    }

    private void readMetadata() throws IOException {
      if (!json.isObject()) {
        json.skip();
        return;
      }
      json.enterObject();
      while (json.nextField()) {
        switch (json.name()) {
          case "resourceVersion" -> version = json.text();
          case "continue" -> more = json.text();
          default -> json.skip();
        }
      }
    }
  }
}
