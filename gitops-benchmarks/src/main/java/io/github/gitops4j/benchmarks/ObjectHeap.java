package io.github.gitops4j.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Measures the heap that a target holds for each live object at rest, after a look at all of them.
 * A small server gives the pages of one long list, made of one object of a real API server.
 *
 * <p>Arguments: file of a page of ConfigMaps, objects.
 */
public final class ObjectHeap {
  private static final int PAGE = 500;
  private static final int COLLECTIONS = 3;
  private static final double BAR = 200;
  private static final Place PLACE = new Place("", "ConfigMap", "team-0");
  private static final String KINDS =
      """
      {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
      {"metadata":{},"versions":[{"version":"v1","resources":[{"resource":"configmaps",
      "responseKind":{"kind":"ConfigMap"},"scope":"Namespaced","verbs":["get","list"]}]}]}]}
      """;
  private static final String NO_KINDS = "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[]}";

  private final String item;
  private final int objects;

  private ObjectHeap(String item, int objects) {
    this.item = item;
    this.objects = objects;
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    Document page = JsonReader.create().read("page", Files.readAllBytes(Path.of(arguments[0])));
    Sequence items = (Sequence) page.at(FieldPath.parse("/items")).orElseThrow();
    String item = new String(Document.of(items.get(0)).canonicalJson(), StandardCharsets.UTF_8);
    new ObjectHeap(item, Integer.parseInt(arguments[1])).run();
  }

  private void run() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .build())
            .build()) {
      measure(KubernetesTarget.builder(client, ClusterEngine.OWNER).build());
    } finally {
      server.stop(0);
    }
  }

  private void measure(KubernetesTarget target) {
    try {
      look(target, Set.of());
      long before = usedHeap();
      look(target, Set.of(PLACE));
      double megabytes = (usedHeap() - before) / 1e6;
      String detail =
          String.format(
              Locale.ROOT, "%.0f bytes an object of %,d", megabytes * 1e6 / objects, objects);
      System.out.println(
          new RunRow(
              "kube-lists, megabytes at rest", megabytes, RunRow.Bound.AT_MOST, BAR, detail));
    } finally {
      Reference.reachabilityFence(target);
    }
  }

  private void look(KubernetesTarget target, Set<Place> places) {
    LiveState state = target.live().observe(Scope.everything(places), CallContext.unbounded());
    if (places.isEmpty()) {
      return;
    }
    for (int number = 0; number < objects; number++) {
      if (!(state.observation(PLACE.key(name(number))) instanceof Observation.Present)) {
        throw new IllegalStateException(name(number) + " was not seen");
      }
    }
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "app-%05d", number);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = path.equals("/api") ? KINDS : path.equals("/apis") ? NO_KINDS : page(exchange);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private String page(HttpExchange exchange) {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    int at = query.indexOf("continue=");
    int first = at < 0 ? 0 : Integer.parseInt(query.substring(at + "continue=".length()));
    int next = Math.min(objects, first + PAGE);
    StringBuilder page =
        new StringBuilder("{\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"1\"");
    page.append(next < objects ? ",\"continue\":\"" + next + "\"}" : "}").append(",\"items\":[");
    for (int number = first; number < next; number++) {
      page.append(number == first ? "" : ",").append(item.replaceAll("app-[0-9]{5}", name(number)));
    }
    return page.append("]}").toString();
  }

  private static long usedHeap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
