package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the kits of a target's parts have in common: a fixture of a live system.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class TargetKit extends FixtureKit<TargetFixture> {
  private Scenario scenario;

  /** Creates the kit. */
  protected TargetKit() {}

  /** Makes an empty live system with its target. */
  @Override
  protected abstract TargetFixture createFixture();

  @BeforeEach
  final void open() {
    scenario = new Scenario(fixture());
  }

  final Scenario scenario() {
    return scenario;
  }

  final LiveState observe(Scope scope) {
    return fixture().target().live().observe(scope, Calls.UNBOUNDED);
  }

  final LiveState observe() {
    return observe(Scope.everything());
  }

  final LiveResource present(String name) {
    return present(observe(), name);
  }

  final LiveResource present(LiveState state, String name) {
    Observation.Present present =
        assertInstanceOf(Observation.Present.class, state.observation(fixture().key(name)), name);
    return present.resource();
  }
}
