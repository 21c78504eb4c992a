package io.github.gitops4j.testkit.contract;

class InMemorySourceTreeContractTest extends SourceTreeContract {
  @Override
  protected TreeSourceFixture createFixture() {
    return new InMemoryTreeSourceFixture();
  }
}
