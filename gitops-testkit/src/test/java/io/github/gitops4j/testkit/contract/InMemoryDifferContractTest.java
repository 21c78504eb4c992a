package io.github.gitops4j.testkit.contract;

class InMemoryDifferContractTest extends DifferContract {
  @Override
  protected TargetFixture createFixture() {
    return new InMemoryTargetFixture();
  }
}
