package io.github.gitops4j.filesystem;

import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.HealthAssessorContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FilesystemHealthContractTest extends HealthAssessorContract {
  @TempDir Path root;

  @Override
  protected HealthAssessor createAssessor() {
    return FilesystemTarget.at(root).health();
  }

  @Override
  protected List<LiveResource> examples() {
    return List.of(LiveResource.of(ResourceKey.file("a"), "1", ContentDigest.of("one")));
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.JUDGED_CONTENT, "being there is being healthy");
  }
}
