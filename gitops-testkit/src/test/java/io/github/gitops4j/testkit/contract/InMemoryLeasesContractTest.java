package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.testkit.InMemoryLeases;

class InMemoryLeasesContractTest extends LeasesContract {
  @Override
  protected LeasesFixture createFixture() {
    InMemoryLeases leases = new InMemoryLeases();
    return () -> leases;
  }
}
