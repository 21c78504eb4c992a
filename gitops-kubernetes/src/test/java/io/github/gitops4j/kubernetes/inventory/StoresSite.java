package io.github.gitops4j.kubernetes.inventory;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.kubernetes.PlaneSite;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stores in a namespace of their own, each as another process would open them. */
final class StoresSite implements AutoCloseable {
  static final CallContext CALL = CallContext.unbounded();
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  static final String NAME = "state";

  private final ControlPlane plane;
  private final PlaneSite site;
  private final ApiFaultProxy proxy;
  private final KubernetesClient throughProxy;

  private StoresSite(ControlPlane plane) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.proxy = ApiFaultProxy.to(plane);
    this.throughProxy =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(proxy.kubeconfig(User.ADMIN)))
            .build();
  }

  static StoresSite in(ControlPlane plane) {
    return new StoresSite(plane);
  }

  ApiFaultProxy proxy() {
    return proxy;
  }

  String namespace() {
    return site.namespace().name();
  }

  /** Opens the stores past the proxy. */
  SecretStores open() {
    return open(site.client(), RetryPolicy.never(), StateLimits.DEFAULT);
  }

  SecretStores open(StateLimits limits) {
    return open(site.client(), RetryPolicy.never(), limits);
  }

  SecretStores openAs(String owner) {
    RetryPolicy retry = RetryPolicy.never();
    ApiServer server = ApiServer.builder(site.client()).retry(retry).build();
    return new SecretStores(server, retry, namespace(), NAME, owner);
  }

  /** Opens the stores behind the proxy, for a process that gives up at the first fault. */
  SecretStores openBehindProxy(StateLimits limits) {
    return open(throughProxy, RetryPolicy.never(), limits);
  }

  /** Opens the stores behind the proxy, for a process that tries four times. */
  SecretStores openPatient() {
    return open(
        throughProxy,
        RetryPolicy.builder().first(Duration.ofMillis(1)).build(),
        StateLimits.DEFAULT);
  }

  private SecretStores open(KubernetesClient client, RetryPolicy retry, StateLimits limits) {
    ApiServer server = ApiServer.builder(client).retry(retry).build();
    return new SecretStores(
        new StateSecrets(server, retry, namespace(), new StateNames(NAME), "kit"), limits);
  }

  String path(String secret) {
    return site.namespace().core("secrets/" + secret);
  }

  /** Returns the names of all Secrets of the state and how many bytes each holds. */
  SortedMap<String, Integer> secrets() {
    SortedMap<String, Integer> sizes = new TreeMap<>();
    for (MappingReader item : list()) {
      String state = item.object("data").text("state");
      sizes.put(item.object("metadata").text("name"), state.length());
    }
    return sizes;
  }

  /** Returns the labels of all Secrets of the state. */
  SortedMap<String, String> parts() {
    SortedMap<String, String> parts = new TreeMap<>();
    for (MappingReader item : list()) {
      MappingReader labels = item.object("metadata").object("labels");
      parts.put(
          item.object("metadata").text("name"),
          labels.text("gitops4j.github.io/state")
              + " "
              + labels.text("gitops4j.github.io/part")
              + " "
              + labels.text("app.kubernetes.io/managed-by"));
    }
    return parts;
  }

  private List<MappingReader> list() {
    String body = require(plane.client().get(site.namespace().core("secrets"))).body();
    Document read =
        JsonReader.withLimits(DocumentLimits.builder().maxBytes(256 << 20).build())
            .read("answer", body.getBytes(StandardCharsets.UTF_8));
    return MappingReader.of("answer", read.root()).objects("items");
  }

  String secretLike(String part) {
    return secrets().keySet().stream()
        .filter(name -> name.startsWith(NAME + "-" + part))
        .findFirst()
        .orElseThrow();
  }

  void create(String json) {
    require(plane.client().post(site.namespace().core("secrets"), json));
  }

  void delete(String secret) {
    require(plane.client().delete(path(secret)));
  }

  /** Puts a Secret with other content in the place of one. */
  void replace(String secret, String base64) {
    delete(secret);
    create(
        "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \""
            + secret
            + "\"}, \"data\": {\"state\": \""
            + base64
            + "\"}}");
  }

  /** Puts back what a Secret held before. */
  void restore(String secret, String base64) {
    require(plane.client().merge(path(secret), "{\"data\": {\"state\": \"" + base64 + "\"}}"));
  }

  /** Returns what a Secret holds, as it is. */
  String state(String secret) {
    String body = require(plane.client().get(path(secret))).body();
    return JsonReader.create()
        .read("answer", body.getBytes(StandardCharsets.UTF_8))
        .text(FieldPath.parse("/data/state"))
        .orElseThrow();
  }

  private static PlaneAnswer require(PlaneAnswer answer) {
    if (!answer.isSuccess()) {
      throw new IllegalStateException(answer.status() + " " + answer.body());
    }
    return answer;
  }

  static ResourceKey key(int number) {
    return ResourceKey.of(
        "apps", "Deployment", "namespace-" + number % 20, String.format("object-%05d", number));
  }

  static InventoryChange put(int number, String content) {
    Applied applied =
        new Applied(
            ContentDigest.of(content),
            ContentDigest.of("live " + number + content),
            ContentDigest.of("uid " + number).hex().substring(0, 36));
    return new InventoryChange.Put(
        InventoryRecord.applied(key(number), applied, ResourceTraits.DEFAULT));
  }

  static InventoryChange remove(int number) {
    return new InventoryChange.Remove(key(number));
  }

  static List<InventoryChange> puts(int from, int to, String content) {
    List<InventoryChange> changes = new ArrayList<>();
    for (int i = from; i < to; i++) {
      changes.add(put(i, content));
    }
    return changes;
  }

  static Inventory commit(SecretStores stores, List<InventoryChange> changes) {
    long sequence = stores.inventory().read(CALL).sequence();
    return stores.inventory().commit(sequence, changes, CALL);
  }

  static SortedMap<ResourceKey, InventoryRecord> records(Inventory inventory) {
    SortedMap<ResourceKey, InventoryRecord> records = new TreeMap<>();
    inventory.forEach(record -> records.put(record.key(), record));
    return records;
  }

  static SortedMap<ResourceKey, InventoryRecord> records(SecretStores stores) {
    return records(stores.inventory().read(CALL));
  }

  static HistoryEvent ended(String note) {
    return new HistoryEvent.OperationEnded(
        "operation", Revision.ofId("one"), OperationResult.SUCCEEDED, Map.of(), List.of(note));
  }

  @Override
  public void close() {
    throughProxy.close();
    proxy.close();
    site.close();
  }
}
