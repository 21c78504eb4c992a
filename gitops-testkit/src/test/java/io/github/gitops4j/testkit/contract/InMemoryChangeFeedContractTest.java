package io.github.gitops4j.testkit.contract;

class InMemoryChangeFeedContractTest extends ChangeFeedContract {
  @Override
  protected TargetFixture createFixture() {
    return new InMemoryTargetFixture();
  }
}
