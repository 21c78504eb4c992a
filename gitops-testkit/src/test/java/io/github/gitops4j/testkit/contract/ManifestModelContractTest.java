package io.github.gitops4j.testkit.contract;

class ManifestModelContractTest extends ResourceModelContract {
  @Override
  protected ResourceModelFixture createFixture() {
    return new ManifestModelFixture();
  }
}
