package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.Map;

class PresenceContractTest extends HealthAssessorContract {
  @Override
  protected HealthAssessor createAssessor() {
    return HealthAssessor.presence();
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
