package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A bare client of an API server: one request, one answer, nothing tried again.
 *
 * <p>For what a test does beside the code under test, such as being another writer. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PlaneClient {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final URI url;
  private final String token;
  private final HttpClient http;

  /**
   * Make a client.
   *
   * @param url where the API server is
   * @param token the bearer token
   * @param authority the certificates to trust, in PEM
   */
  public PlaneClient(URI url, String token, String authority) {
    this.url = requireNonNull(url, "url");
    this.token = requireNonNull(token, "token");
    this.http =
        HttpClient.newBuilder().sslContext(ServerCertificate.clientContext(authority)).build();
  }

  /** Get a path, such as {@code /api/v1/namespaces?limit=1}. */
  public PlaneAnswer get(String path) {
    return send("GET", path, "application/json", "");
  }

  /** Create an object, given in JSON, in the collection at a path. */
  public PlaneAnswer post(String path, String json) {
    return send("POST", path, "application/json", json);
  }

  /** Replace the object at a path. */
  public PlaneAnswer put(String path, String json) {
    return send("PUT", path, "application/json", json);
  }

  /** Merge JSON into the object at a path. */
  public PlaneAnswer merge(String path, String json) {
    return send("PATCH", path, "application/merge-patch+json", json);
  }

  /** Apply YAML or JSON to the object at a path as a field manager, by force. */
  public PlaneAnswer apply(String path, String manager, String yaml) {
    String query = (path.indexOf('?') < 0 ? "?" : "&") + "force=true&fieldManager=" + manager;
    return send("PATCH", path + query, "application/apply-patch+yaml", yaml);
  }

  /** Delete the object at a path. */
  public PlaneAnswer delete(String path) {
    return send("DELETE", path, "application/json", "");
  }

  /**
   * Send a request and wait for the answer.
   *
   * @param body the body; empty for none
   * @throws UncheckedIOException if there is no answer within 30 seconds
   */
  public PlaneAnswer send(String method, String path, String contentType, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", contentType)
            .header("Accept", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
      return new PlaneAnswer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method + " " + path + " was interrupted", e);
    }
  }
}
