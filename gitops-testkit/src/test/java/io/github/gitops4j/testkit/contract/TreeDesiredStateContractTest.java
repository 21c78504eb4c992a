package io.github.gitops4j.testkit.contract;

class TreeDesiredStateContractTest extends DesiredStateContract {
  @Override
  protected DesiredStateFixture createFixture() {
    return new ManifestStateFixture();
  }
}
