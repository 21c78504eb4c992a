package io.github.gitops4j.kubernetes.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that holds each watch until the test says what happens to it. Thread-safe. */
final class ScriptedWatches implements AutoCloseable {
  private static final int SECONDS = 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final Map<String, Asked> last = new ConcurrentHashMap<>();
  private final HttpServer http;
  private final KubernetesClient client;

  ScriptedWatches() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext("/", exchange -> take(new Asked(exchange)));
    http.start();
    String url = "http://127.0.0.1:" + http.getAddress().getPort();
    client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder().withMasterUrl(url).build())
            .build();
  }

  private void take(Asked request) {
    last.put(request.path(), request);
    asked.add(request);
  }

  ApiServer server() {
    return ApiServer.builder(client).build();
  }

  /** Waits for the next request. */
  Asked next() throws InterruptedException {
    Asked next = asked.poll(SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no watch is asked for");
    }
    return next;
  }

  /** Returns the last request for a collection; a test waits for it first. */
  Asked last(String path) {
    Asked request = last.get(path);
    if (request == null) {
      throw new AssertionError(path + " is not watched, but " + last.keySet());
    }
    return request;
  }

  /** Says whether nothing was asked beside what was waited for. */
  boolean isQuiet() {
    return asked.isEmpty();
  }

  @Override
  public void close() {
    client.close();
    http.stop(0);
    threads.shutdownNow();
  }

  /** One request for a watch. */
  static final class Asked {
    private final HttpExchange exchange;

    Asked(HttpExchange exchange) {
      this.exchange = exchange;
    }

    String path() {
      return exchange.getRequestURI().getPath();
    }

    String version() {
      return exchange.getRequestURI().getQuery().replaceFirst(".*resourceVersion=", "");
    }

    Asked open() throws IOException {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
      return this;
    }

    void refuse(int status) throws IOException {
      try (exchange) {
        exchange.sendResponseHeaders(status, -1);
      }
    }

    void tell(String namespace, String name, String version) throws IOException {
      line("MODIFIED", namespace, name, version);
    }

    void lose() throws IOException {
      write(
          "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"old\"}}");
    }

    private void line(String type, String namespace, String name, String version)
        throws IOException {
      write(
          """
          {"type":"%s","object":{"apiVersion":"v1","kind":"ConfigMap","metadata":\
          {"namespace":"%s","name":"%s","uid":"u","resourceVersion":"%s"}}}"""
              .formatted(type, namespace, name, version));
    }

    private void write(String line) throws IOException {
      exchange.getResponseBody().write((line + "\n").getBytes(UTF_8));
      exchange.getResponseBody().flush();
    }

    /** Waits until the client has ended it. */
    void awaitEnd() {
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(SECONDS)) {
        try {
          line("BOOKMARK", "", "", "1");
        } catch (IOException e) {
          return;
        }
        Thread.onSpinWait();
      }
      throw new AssertionError(path() + " is watched on");
    }
  }
}
