package io.github.gitops4j.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class IncrementalPlanTest {
  private static final int STEPS = 20;
  private static final int HISTORIES_A_TRY = Boolean.getBoolean("gitops.soak") ? 40 : 1;

  @Property(tries = 700, shrinking = ShrinkingMode.OFF)
  void equalsThePlanFromScratch(@ForAll long seed) {
    for (int i = 0; i < HISTORIES_A_TRY; i++) {
      history(seed + i);
    }
  }

  private static World history(long seed) {
    World world = new World(seed);
    for (int i = 0; i < STEPS; i++) {
      world.step();
      String incremental = world.incremental();
      String scratch = world.scratch();
      if (world.everythingWasTold()) {
        assertThat(incremental).as("seed %s after:%n%s", seed, world.story()).isEqualTo(scratch);
      }
    }
    return world;
  }

  @Test
  void theHistoriesHoldEverythingThatMayHappen() {
    Set<String> happened = new TreeSet<>();
    for (long seed = 0; seed < 100; seed++) {
      happened.addAll(history(seed).happened());
    }
    assertThat(happened)
        .contains(
            "commit",
            "traits",
            "rename",
            "break",
            "repair",
            "rewind",
            "edit",
            "delete",
            "unreadable",
            "readable",
            "invalidated",
            "doubled",
            "late",
            "lost",
            "restart",
            "policy",
            "second writer",
            "fault",
            "crash",
            "saved plan",
            "rollback",
            "unpin",
            "pass Done",
            "pass Awaiting",
            "pass Refused",
            "pass Failed");
    assertThat(happened)
        .contains("effect CREATED", "effect UPDATED", "effect PRUNED", "effect QUARANTINED")
        .contains("effect ADOPTED", "effect RELEASED", "effect FAILED");
  }
}
