package io.github.gitops4j.examples.flags;

import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.contract.ResourceModelContract;
import io.github.gitops4j.testkit.contract.ResourceModelFixture;

class FlagModelContractTest extends ResourceModelContract {
  @Override
  protected ResourceModelFixture createFixture() {
    return new ResourceModelFixture() {
      @Override
      public ResourceModel createModel() {
        return new FlagModel();
      }

      @Override
      public ResourceKey key(String name) {
        return FlagModel.key(name);
      }

      @Override
      public String path(String name) {
        return "flags/" + name + ".flag";
      }

      @Override
      public void declare(InMemoryTreeSource.Files files, String name, String content) {
        files.put(path(name), content);
      }

      @Override
      public String declareBroken(InMemoryTreeSource.Files files, String name) {
        files.put("flags/" + name + " .flag", "on");
        return "flags/" + name + " .flag";
      }

      @Override
      public void declareAgain(InMemoryTreeSource.Files files, String name, String content) {
        files.put("more/" + name + ".flag", content);
      }
    };
  }
}
