package io.github.gitops4j.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The part of an API server that keeps Leases of one namespace, in memory. */
final class FakeLeases implements AutoCloseable {
  private static final String PATH = "/apis/coordination.k8s.io/v1/namespaces/gitops/leases";

  private final HttpServer server;
  private final SortedMap<String, Mapping> objects = new TreeMap<>();
  // A connection that is slow holds up no other one.
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private int version;

  private FakeLeases(HttpServer server) {
    this.server = server;
  }

  static FakeLeases start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeLeases leases = new FakeLeases(server);
    server.setExecutor(leases.executor);
    server.createContext("/", leases::handle);
    server.start();
    return leases;
  }

  /** Writes a kubeconfig that leads here. */
  Path kubeconfig(Path directory) throws IOException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Files.writeString(
        directory.resolve("kubeconfig"),
        "apiVersion: v1\nkind: Config\ncurrent-context: fake\n"
            + ("clusters: [{name: fake, cluster: {server: \"" + url + "\"}}]\n")
            + "users: [{name: fake, user: {}}]\n"
            + "contexts: [{name: fake, context: {cluster: fake, user: fake}}]\n");
  }

  /** Returns who holds shards. */
  synchronized Set<String> holders() {
    Set<String> holders = new TreeSet<>();
    objects.forEach(
        (name, object) -> {
          if (!name.contains("-member-")) {
            text(object, "spec", "holderIdentity").ifPresent(holders::add);
          }
        });
    return holders;
  }

  private static Optional<String> text(Mapping object, String part, String key) {
    return object.get(part).map(Mapping.class::cast).flatMap(inner -> inner.text(key));
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith(PATH)) {
      answer(exchange, 404, Mapping.empty());
      return;
    }
    Mapping sent =
        body.length == 0
            ? Mapping.empty()
            : (Mapping) JsonReader.create().read("body", body).root();
    switch (exchange.getRequestMethod()) {
      case "GET" -> answer(exchange, 200, list());
      case "POST" -> create(exchange, sent);
      case "PATCH" -> merge(exchange, path.substring(PATH.length() + 1), sent);
      default -> delete(exchange, path.substring(PATH.length() + 1), sent);
    }
  }

  private Mapping list() {
    Sequence.Builder items = Sequence.builder();
    objects.values().forEach(items::add);
    return Mapping.builder().put("items", items.build()).build();
  }

  private void create(HttpExchange exchange, Mapping sent) throws IOException {
    String name = text(sent, "metadata", "name").orElseThrow();
    if (objects.containsKey(name)) {
      answer(exchange, 409, Mapping.empty());
    } else {
      answer(exchange, 201, put(name, sent));
    }
  }

  private void merge(HttpExchange exchange, String name, Mapping sent) throws IOException {
    Mapping before = objects.get(name);
    if (before == null) {
      answer(exchange, 404, Mapping.empty());
    } else if (!text(sent, "metadata", "resourceVersion").equals(versionOf(before))) {
      answer(exchange, 409, Mapping.empty());
    } else {
      answer(exchange, 200, put(name, merged(before, sent)));
    }
  }

  private void delete(HttpExchange exchange, String name, Mapping sent) throws IOException {
    Mapping before = objects.get(name);
    boolean isSame =
        before != null && text(sent, "preconditions", "resourceVersion").equals(versionOf(before));
    if (isSame) {
      objects.remove(name);
    }
    answer(exchange, before == null ? 404 : isSame ? 200 : 409, Mapping.empty());
  }

  private static Optional<String> versionOf(Mapping object) {
    return text(object, "metadata", "resourceVersion");
  }

  private Mapping put(String name, Mapping object) {
    Mapping metadata =
        ((Mapping) object.get("metadata").orElseThrow())
            .toBuilder().set("resourceVersion", Text.of("" + ++version)).build();
    Mapping stored = object.toBuilder().set("metadata", metadata).build();
    objects.put(name, stored);
    return stored;
  }

  private static Mapping merged(Mapping before, Mapping sent) {
    Mapping.Builder merged = Mapping.builder();
    for (int i = 0; i < before.size(); i++) {
      String key = before.key(i);
      Value value = sent.get(key).orElse(before.value(i));
      if (value instanceof Mapping inner && before.value(i) instanceof Mapping old) {
        merged.put(key, merged(old, inner));
      } else if (value != Null.INSTANCE) {
        merged.put(key, value);
      }
    }
    for (int i = 0; i < sent.size(); i++) {
      if (sent.value(i) != Null.INSTANCE) {
        merged.putIfAbsent(sent.key(i), sent.value(i), 0);
      }
    }
    return merged.build();
  }

  private static void answer(HttpExchange exchange, int status, Mapping body) throws IOException {
    byte[] json = Document.of(body).canonicalJson();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
