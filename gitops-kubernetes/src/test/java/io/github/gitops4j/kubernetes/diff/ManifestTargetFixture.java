package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.kubernetes.manifest.KubernetesModel;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.util.SortedMap;
import java.util.TreeMap;

/** ConfigMaps in memory, compared without a cluster. */
final class ManifestTargetFixture implements TargetFixture {
  private static final FieldPath CONTENT = FieldPath.parse("/data/content");

  private final InMemoryTarget memory = InMemoryTarget.create();
  private final Target target =
      ComposedTarget.from(memory)
          .model(KubernetesModel.of("shop"))
          .differ(OfflineDiffer.builder().build())
          .build();

  @Override
  public Target target() {
    return target;
  }

  @Override
  public Target reopen() {
    return target;
  }

  @Override
  public ResourceKey key(String name) {
    return ResourceKey.of("", "ConfigMap", "shop", name);
  }

  @Override
  public void declare(InMemoryTreeSource.Files files, String name, String content) {
    files.put(name + ".yaml", yaml(name, content));
  }

  @Override
  public void withdraw(InMemoryTreeSource.Files files, String name) {
    files.remove(name + ".yaml");
  }

  @Override
  public void write(String name, String content) {
    memory.system().put(key(name), yaml(name, content));
  }

  @Override
  public void remove(String name) {
    memory.system().remove(key(name));
  }

  @Override
  public SortedMap<String, String> contents() {
    SortedMap<String, String> contents = new TreeMap<>();
    memory.system().resources().forEach((key, live) -> contents.put(key.name(), content(live)));
    return contents;
  }

  @Override
  public FieldPath contentField() {
    return CONTENT;
  }

  private static String yaml(String name, String content) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: shop}, data: {content: '%s'}}"
        .formatted(name, content);
  }

  private static String content(LiveResource live) {
    return live.document().orElseThrow().text(CONTENT).orElseThrow();
  }
}
