package io.github.gitops4j.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class IncrementalPlanTest {
  private static final int STEPS = 25;

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void equalsThePlanFromScratch(@ForAll long seed) {
    World world = new World(seed);
    for (int i = 0; i < STEPS; i++) {
      world.step();
      String incremental = world.incremental();
      assertThat(incremental)
          .as("seed %s after:%n%s", seed, world.story())
          .isEqualTo(world.scratch());
    }
  }
}
