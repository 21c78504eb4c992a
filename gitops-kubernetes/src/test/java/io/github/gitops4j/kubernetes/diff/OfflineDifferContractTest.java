package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.testkit.contract.DifferContract;
import io.github.gitops4j.testkit.contract.TargetFixture;

class OfflineDifferContractTest extends DifferContract {
  @Override
  protected TargetFixture createFixture() {
    return new ManifestTargetFixture();
  }
}
