package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.testkit.contract.HealthAssessorContract;
import java.util.List;

class KubernetesHealthContractTest extends HealthAssessorContract {
  @Override
  protected HealthAssessor createAssessor() {
    return KubernetesHealth.create();
  }

  @Override
  protected List<LiveResource> examples() {
    return HealthTable.cases().stream().map(HealthTable.Case::live).toList();
  }

  @Override
  protected List<LiveResource> notUnderstood() {
    return HealthTable.cases().stream()
        .filter(row -> row.health() == Health.UNKNOWN)
        .map(HealthTable.Case::live)
        .toList();
  }
}
