package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.contract.ResourceModelContract;
import io.github.gitops4j.testkit.contract.ResourceModelFixture;

class KubernetesModelContractTest extends ResourceModelContract {
  @Override
  protected ResourceModelFixture createFixture() {
    return new ResourceModelFixture() {
      @Override
      public ResourceModel createModel() {
        return KubernetesModel.of("shop");
      }

      @Override
      public ResourceKey key(String name) {
        return ResourceKey.of("", "ConfigMap", "shop", name);
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
        files.put(path(name), "apiVersion: v1\nkind: ConfigMap\n");
        return path(name);
      }

      @Override
      public void declareAgain(InMemoryTreeSource.Files files, String name, String content) {
        files.put("more/" + path(name), yaml(name, content));
      }
    };
  }

  private static String yaml(String name, String content) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "
        + name
        + "}\ndata: {value: \""
        + content
        + "\"}\n";
  }
}
