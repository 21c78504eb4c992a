package io.github.gitops4j.testkit.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;

/** The real API server behind a proxy. */
record ApiUpstream(HttpClient http, URI url) {
  /** What belongs to one connection, or is set by the client itself. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "transfer-encoding",
          "upgrade");

  HttpResponse<InputStream> send(ApiRequest head) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + head.target()))
            .method(
                head.call().method(),
                head.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(head.body()));
    for (Map.Entry<String, String> header : head.headers()) {
      if (!OWN.contains(header.getKey())) {
        request.header(header.getKey(), header.getValue());
      }
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
