package io.github.gitops4j.testkit.contract;

class InMemoryLiveStateProviderContractTest extends LiveStateProviderContract {
  @Override
  protected TargetFixture createFixture() {
    return new InMemoryTargetFixture();
  }
}
