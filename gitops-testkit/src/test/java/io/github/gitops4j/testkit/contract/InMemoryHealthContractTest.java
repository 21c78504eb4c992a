package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.testkit.InMemoryTarget;
import java.util.List;
import java.util.Map;

class InMemoryHealthContractTest extends HealthAssessorContract {
  private static final List<Health> PROGRAMMED =
      List.of(Health.HEALTHY, Health.DEGRADED, Health.SUSPENDED, Health.UNKNOWN);

  @Override
  protected HealthAssessor createAssessor() {
    InMemoryTarget target = InMemoryTarget.create();
    for (LiveResource live : examples()) {
      target.health(live.key(), Health.valueOf(live.key().name()));
    }
    return target.health();
  }

  @Override
  protected List<LiveResource> examples() {
    InMemoryTargetFixture fixture = new InMemoryTargetFixture();
    PROGRAMMED.forEach(health -> fixture.write(health.name(), "one"));
    return List.copyOf(((InMemoryTarget) fixture.target()).system().resources().values());
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.JUDGED_CONTENT, "the test says what health a resource has");
  }
}
