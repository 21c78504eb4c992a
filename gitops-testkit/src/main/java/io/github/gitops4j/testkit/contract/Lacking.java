package io.github.gitops4j.testkit.contract;

/** What a fixture answers when it is asked for what it cannot do and did not say so. */
final class Lacking {
  private Lacking() {}

  static AssertionError undeclared(Capability capability) {
    return new AssertionError(
        "the fixture has to do this, or the adopter to declare that it lacks " + capability);
  }
}
