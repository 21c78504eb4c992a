package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManifestModel;

/** Files of manifests of things with a value. */
final class ManifestModelFixture implements ResourceModelFixture {
  @Override
  public ResourceModel createModel() {
    return ManifestModel.create();
  }

  @Override
  public ResourceKey key(String name) {
    return ResourceKey.of("", "Thing", "", name);
  }

  @Override
  public String path(String name) {
    return name + ".yaml";
  }

  @Override
  public void declare(InMemoryTreeSource.Files files, String name, String content) {
    files.put(path(name), yaml(name, content));
  }

  @Override
  public String declareBroken(InMemoryTreeSource.Files files, String name) {
    files.put(path(name), "kind: Thing\nname: [");
    return path(name);
  }

  @Override
  public void declareAgain(InMemoryTreeSource.Files files, String name, String content) {
    files.put(name + "-again.yaml", yaml(name, content));
  }

  private static String yaml(String name, String content) {
    return "kind: Thing\nname: " + name + "\nvalue: \"" + content + "\"\ngitops: {wave: 1}\n";
  }
}
