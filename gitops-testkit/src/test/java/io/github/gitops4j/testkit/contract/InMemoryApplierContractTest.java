package io.github.gitops4j.testkit.contract;

class InMemoryApplierContractTest extends ApplierContract {
  @Override
  protected TargetFixture createFixture() {
    return new InMemoryTargetFixture();
  }
}
