package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that a user or a backend hands in fails at random, while commits and drift arrive and
 * processes end. After each step what must never happen has not, and in the end all is well.
 */
class RandomFaultsTest {
  private static final int STEPS = Boolean.getBoolean("gitops.soak") ? 4_000 : 400;
  private static final int CLOSED = Boolean.getBoolean("gitops.soak") ? 2_500 : 250;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverFailsNothingIsLostAndInTheEndAllIsWell(long seed) {
    run(new FaultyWorld(seed, 1));
  }

  @Test
  void gatesAndListenersAreUpToEverything() {
    Set<Moods.Mood> seen = EnumSet.noneOf(Moods.Mood.class);
    for (long seed = 101; seed < 121 && seen.size() < Moods.Mood.values().length; seed++) {
      seen.addAll(run(new FaultyWorld(seed, 1)));
    }
    assertThat(seen).isEqualTo(EnumSet.allOf(Moods.Mood.class));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void soItIsWithTwoAndThreeControllersOverTheSameTargets(long seed) {
    run(new FaultyWorld(seed, 2));
    run(new FaultyWorld(seed, 3));
  }

  private static Set<Moods.Mood> run(FaultyWorld world) {
    world.begin();
    for (int step = 0; step < STEPS; step++) {
      world.step();
      world.check();
    }
    world.recover();
    return world.moods.seen();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24})
  void closedAtAThousandRandomMomentsAnotherProcessGoesOn(long seed) {
    Random random = new Random(seed);
    for (int each = 0; each < CLOSED; each++) {
      FaultyWorld world = new FaultyWorld(random.nextLong(), 1);
      world.closeAt(1 + random.nextInt(150));
      world.begin();
      world.check();
      do {
        world.restart();
        world.check();
      } while (world.closed);
      world.faults.quiet();
      world.recover();
    }
  }

  @Test
  void whatWasClosedLeavesNoThreadAndIsLetGo() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<WeakReference<Object>> left = new ArrayList<>();
    for (int seed = 31; seed < 41; seed++) {
      FaultyWorld world = new FaultyWorld(seed, 2);
      world.begin();
      for (int step = 0; step < 40; step++) {
        world.step();
      }
      world.close();
      world.controllers.forEach(controller -> left.add(new WeakReference<>(controller)));
      left.add(new WeakReference<>(world));
    }
    for (int tries = 0;
        tries < 100 && left.stream().anyMatch(each -> !each.refersTo(null));
        tries++) {
      System.gc();
    }
    assertThat(left).allMatch(each -> each.refersTo(null));
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread) && thread.getName().contains("gitops"))
        .isEmpty();
  }
}
