package io.github.gitops4j.kubernetes.internal.api;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * One request: method, path with query, and body.
 *
 * <p>Immutable as long as nobody changes the bytes of its body.
 *
 * @since 0.1.0
 */
public final class ApiRequest {
  /** The type of a body whose fields take the place of those that are there. */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  private static final String APPLY = "application/apply-patch+yaml";

  /** Content type of a JSON patch. */
  public static final String JSON_PATCH = "application/json-patch+json";

  private static final String JSON = "application/json";

  private final String method;
  private final String path;
  private final String contentType;
  private final byte[] body;
  private final String accept;

  private ApiRequest(String method, String path, String contentType, byte[] body, String accept) {
    this.method = requireNonNull(method, "method");
    this.path = requireNonNull(path, "path");
    this.contentType = contentType;
    this.body = body;
    this.accept = accept;
  }

  /** Returns a read. */
  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, "", new byte[0], JSON);
  }

  /**
   * Returns a server-side apply that is held strictly against the schema.
   *
   * @param object the path of the object
   * @param manager the name under which it is applied
   * @param options more of the query, such as {@code &force=true}; may be empty
   */
  public static ApiRequest apply(String object, String manager, String options, byte[] body) {
    String path =
        object
            + "?fieldValidation=Strict&fieldManager="
            + URLEncoder.encode(manager, StandardCharsets.UTF_8)
            + options;
    return patch(path, APPLY, body);
  }

  /** Returns a patch of the given content type. */
  public static ApiRequest patch(String path, String contentType, byte[] body) {
    return new ApiRequest("PATCH", path, requireNonNull(contentType, "contentType"), body, JSON);
  }

  /** Returns the creation of an object in a collection. */
  public static ApiRequest post(String path, byte[] body) {
    return new ApiRequest("POST", path, JSON, body, JSON);
  }

  /** Returns the replacement of an object. */
  public static ApiRequest put(String path, byte[] body) {
    return new ApiRequest("PUT", path, JSON, body, JSON);
  }

  /** Returns a deletion of whatever is there. */
  public static ApiRequest delete(String path) {
    return new ApiRequest("DELETE", path, JSON, new byte[0], JSON);
  }

  /**
   * Returns a deletion.
   *
   * @param preconditions what the object has to be, such as its {@code uid}
   * @param propagation what becomes of what it owns, such as {@code Background}; empty text if the
   *     kind decides
   */
  public static ApiRequest delete(String path, Mapping preconditions, String propagation) {
    Mapping.Builder options =
        Mapping.builder()
            .put("apiVersion", Text.of("v1"))
            .put("kind", Text.of("DeleteOptions"))
            .put("preconditions", preconditions);
    if (!propagation.isEmpty()) {
      options.put("propagationPolicy", Text.of(propagation));
    }
    byte[] body = Document.of(options.build()).canonicalJson();
    return new ApiRequest("DELETE", path, JSON, body, JSON);
  }

  /**
   * Returns the read of the next page of a list, whose path has a query.
   *
   * @param more where that page begins, as the page before says
   */
  public ApiRequest continuedAt(String more) {
    return get(path + "&continue=" + URLEncoder.encode(more, StandardCharsets.UTF_8));
  }

  /** Returns the same request for an answer of another form. */
  public ApiRequest accepting(String mediaTypes) {
    return new ApiRequest(method, path, contentType, body, requireNonNull(mediaTypes, "accept"));
  }

  /** Returns the method. */
  public String method() {
    return method;
  }

  /** Returns the path with its query. */
  public String path() {
    return path;
  }

  /** Says whether the server changes nothing by it. */
  public boolean isRead() {
    return "GET".equals(method);
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }

  String accept() {
    return accept;
  }

  /** Leaves the body out: it may be secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
