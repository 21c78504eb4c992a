package io.github.gitops4j.testkit.contract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A kit that works on a fixture, made anew for each test.
 *
 * <p>Confined to one test.
 *
 * @param <F> the fixture
 * @since 0.1.0
 */
public abstract class FixtureKit<F extends KitFixture> extends ContractKit {
  private F fixture;

  /** Creates the kit. */
  protected FixtureKit() {}

  /** Makes what one test works on. */
  protected abstract F createFixture();

  @BeforeEach
  final void openFixture() {
    fixture = createFixture();
  }

  @AfterEach
  final void closeFixture() {
    fixture.close();
  }

  /** Goes on with a fixture that is as at the start of the test. */
  final void renewFixture() {
    closeFixture();
    openFixture();
  }

  final F fixture() {
    return fixture;
  }
}
