package io.github.gitops4j.testkit.contract;

class InMemoryTargetContractTest extends TargetContract {
  @Override
  protected TargetFixture createFixture() {
    return new InMemoryTargetFixture();
  }
}
