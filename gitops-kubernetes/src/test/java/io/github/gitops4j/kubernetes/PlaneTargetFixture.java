package io.github.gitops4j.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.contract.TargetFixture;
import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** ConfigMaps in a namespace of a real API server, and somebody else who writes them too. */
final class PlaneTargetFixture implements TargetFixture {
  private static final String OWNER = "tests/kit";
  private static final FieldPath CONTENT = FieldPath.root().field("data").field("content");

  private final ControlPlane plane;
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final ApiFaultProxy proxy;
  private final KubernetesClient client;
  private final Target target;

  PlaneTargetFixture(ControlPlane plane) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.proxy = ApiFaultProxy.to(plane);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(proxy.kubeconfig(User.ADMIN)))
            .build();
    this.target = reopen();
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public Target reopen() {
    return KubernetesTarget.builder(client, OWNER).defaultNamespace(namespace.name()).build();
  }

  @Override
  public ResourceKey key(String name) {
    return ResourceKey.of("", "ConfigMap", namespace.name(), name);
  }

  @Override
  public void declare(InMemoryTreeSource.Files files, String name, String content) {
    files.put(name + ".json", json(name, content));
  }

  @Override
  public void withdraw(InMemoryTreeSource.Files files, String name) {
    files.remove(name + ".json");
  }

  @Override
  public void write(String name, String content) {
    PlaneAnswer answer = plane.client().put(path(name), json(name, content));
    if (answer.status() == 404) {
      answer = plane.client().post(namespace.core("configmaps"), json(name, content));
    }
    require(answer);
  }

  @Override
  public void remove(String name) {
    require(plane.client().delete(path(name)));
  }

  @Override
  public void hold(String name) {
    require(
        plane
            .client()
            .merge(path(name), "{\"metadata\": {\"finalizers\": [\"example.com/held\"]}}"));
  }

  @Override
  public void letGo(String name) {
    require(plane.client().merge(path(name), "{\"metadata\": {\"finalizers\": null}}"));
  }

  @Override
  public SortedMap<String, String> contents() {
    SortedMap<String, String> contents = new TreeMap<>();
    Document list = read(require(plane.client().get(namespace.core("configmaps"))));
    Sequence items = (Sequence) list.at(FieldPath.parse("/items")).orElseThrow();
    for (int i = 0; i < items.size(); i++) {
      Document item = Document.of(items.get(i));
      String name = text(item, FieldPath.parse("/metadata/name")).orElseThrow();
      text(item, CONTENT).ifPresent(content -> contents.put(name, content));
    }
    return contents;
  }

  @Override
  public Optional<String> content(String name) {
    PlaneAnswer answer = plane.client().get(path(name));
    return answer.status() == 404 ? Optional.empty() : text(read(require(answer)), CONTENT);
  }

  /** Cuts the watch, and lets the server forget from where it could go on. */
  @Override
  public void confuseFeed() {
    proxy.faults().next(ApiCall::isWatch, ApiFault.gone());
    proxy.resetAll();
  }

  @Override
  public FieldPath contentField() {
    return CONTENT;
  }

  @Override
  public void close() {
    target.close();
    client.close();
    proxy.close();
    site.close();
  }

  private String path(String name) {
    return namespace.core("configmaps/" + name);
  }

  private String json(String name, String content) {
    Mapping object =
        Mapping.builder()
            .put("apiVersion", Text.of("v1"))
            .put("kind", Text.of("ConfigMap"))
            .put("metadata", Mapping.builder().put("name", Text.of(name)).build())
            .put("data", Mapping.builder().put("content", Text.of(content)).build())
            .build();
    return new String(Document.of(object).canonicalJson(), StandardCharsets.UTF_8);
  }

  private static Document read(PlaneAnswer answer) {
    return JsonReader.create().read("answer", answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> text(Document document, FieldPath path) {
    return document.at(path).map(value -> ((Text) value).value());
  }

  private static PlaneAnswer require(PlaneAnswer answer) {
    if (!answer.isSuccess()) {
      throw new IllegalStateException(answer.status() + " " + answer.body());
    }
    return answer;
  }
}
