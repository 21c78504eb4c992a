package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.INTERVAL;
import static io.github.gitops4j.tests.control.Fleet.key;
import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.Shards;
import io.github.gitops4j.control.SharedShards;
import io.github.gitops4j.gate.Soak;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.testkit.InMemoryLeases;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Controllers that share applications with others. */
class ShardedControllersTest {
  private final Set<String> mine = new TreeSet<>();
  private final Set<String> asked = new TreeSet<>();
  private Runnable moved = () -> {};
  private boolean gaveUp;

  private final Fleet fleet =
      new Fleet(
          builder ->
              builder.shards(
                  new Shards() {
                    @Override
                    public boolean isMine(String group) {
                      asked.add(group);
                      return mine.contains(group);
                    }

                    @Override
                    public Taking begin(Runnable tell) {
                      moved = tell;
                      return () -> gaveUp = true;
                    }
                  }));

  @AfterEach
  void close() {
    fleet.close();
  }

  private void take(String... groups) {
    mine.addAll(List.of(groups));
    moved.run();
  }

  private void lose(String group) {
    mine.remove(group);
    moved.run();
  }

  @Test
  void whatAnotherTakesCareOfIsLeftAlone() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).isEmpty();
    assertThat(fleet.status("shop").has(Condition.Type.ELSEWHERE)).isTrue();
    assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
    assertThat(fleet.repository.looks()).isEmpty();
  }

  @Test
  void whatItTakesOverIsLookedAtAtOnce() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    take("shop");
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.status("shop").isReady()).isTrue();
    assertThat(fleet.status("shop").conditions()).isEmpty();
  }

  @Test
  void itListensToTheLiveSystemAsLongAsItIsHere() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    take("shop");
    lose("shop");
    fleet.target("shop").system().put(key("a"), thing("a", 9));
    fleet.clock.advance(INTERVAL.multipliedBy(3));
    assertThat(fleet.live("shop")).containsExactly("a=9");

    take("shop");
    assertThat(fleet.live("shop")).containsExactly("a=1");
    fleet.target("shop").system().put(key("a"), thing("a", 8));
    fleet.clock.advance(Duration.ofMillis(50));
    assertThat(fleet.live("shop")).containsExactly("a=1");
  }

  @Test
  void aTurnEndsBetweenTwoWritesIfItIsLost() {
    take("shop");
    fleet.repository.commit("a", thing("a", 1) + "---\n" + thing("b", 1, "wave: 1"));
    fleet.controller.put(
        fleet
            .application("shop")
            .reconciler(
                builder ->
                    builder.listener(
                        event -> {
                          if (event instanceof ReconcileEvent.ResourceApplied) {
                            mine.clear();
                          }
                        }))
            .build());
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.passes("shop"))
        .singleElement()
        .satisfies(report -> assertThat(report.result()).isInstanceOf(PassResult.Failed.class));
  }

  @Test
  void applicationsThatWaitForEachOtherAreOneGroup() {
    fleet.controller.put(fleet.application("web").dependsOn(List.of("base")).build());
    fleet.controller.put(
        fleet
            .application("zoo")
            .near(List.of("web"))
            .reconciler(builder -> builder.gate(Soak.in("web", Duration.ZERO)))
            .build());
    fleet.put("base", "alone");
    asked.clear();
    moved.run();
    assertThat(asked).containsExactly("alone", "base");

    fleet.repository.commit("a", 1);
    take("base");
    fleet.intervalPasses();
    assertThat(fleet.live("base")).hasSize(1);
    assertThat(fleet.live("web")).hasSize(1);
    assertThat(fleet.live("zoo")).hasSize(1);
    assertThat(fleet.live("alone")).isEmpty();
  }

  @Test
  void closingGivesItsPartUp() {
    fleet.close();
    assertThat(gaveUp).isTrue();
  }

  @Test
  void anotherControllerTakesOverWhatADeadOneHad() {
    ManualClock clock = fleet.clock;
    InMemoryLeases leases = new InMemoryLeases();
    boolean[] isDead = new boolean[1];
    try (Controller one = sharing("one", leases, clock, isDead);
        Controller two = sharing("two", leases, clock, new boolean[1])) {
      fleet.repository.commit("a", 1);
      List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
      names.forEach(name -> one.put(fleet.application(name).build()));
      names.forEach(name -> two.put(fleet.application(name).build()));
      clock.advance(Duration.ofSeconds(30));
      assertThat(names).allMatch(name -> fleet.live(name).equals(List.of("a=1")));
      assertThat(here(one)).doesNotContainAnyElementsOf(here(two));
      assertThat(here(one)).isNotEmpty();

      isDead[0] = true;
      fleet.repository.commit("a", 2);
      clock.advance(Duration.ofMinutes(2));
      assertThat(here(two)).containsAll(names);
      assertThat(names).allMatch(name -> fleet.live(name).equals(List.of("a=2")));
    }
  }

  private static Controller sharing(
      String name, InMemoryLeases leases, ManualClock clock, boolean[] isDead) {
    SharedShards shards =
        SharedShards.builder(
                name,
                leases,
                task -> {
                  if (!isDead[0]) {
                    task.run();
                  }
                },
                clock)
            .ticker(clock)
            .build();
    return Controller.builder(
            task -> {
              if (!isDead[0]) {
                task.run();
              }
            },
            clock)
        .clock(clock)
        .ticker(clock)
        .jitter(() -> 0)
        .closePatience(Duration.ofMillis(1))
        .shards(shards)
        .build();
  }

  private static List<String> here(Controller controller) {
    return controller.statuses().stream()
        .filter(status -> !status.has(Condition.Type.ELSEWHERE))
        .map(status -> status.name())
        .toList();
  }
}
