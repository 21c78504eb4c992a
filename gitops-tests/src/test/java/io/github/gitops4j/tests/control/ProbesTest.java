package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationFiles;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.DeclaredApplications;
import io.github.gitops4j.control.Probe;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether a controller gets on, and whether it has looked at everything once. */
class ProbesTest {
  private final ManualClock clock = ManualClock.create();
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  private Controller waitingForTasks() {
    return Controller.builder(tasks::add, clock)
        .clock(clock)
        .ticker(clock)
        .jitter(() -> 0)
        .closePatience(Duration.ZERO)
        .build();
  }

  private static Application.Builder application(String name) {
    return Application.builder(
        name, InMemoryTreeSource.with("a.yaml", Fleet.thing("a", 1)), InMemoryTarget.create());
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void oneThatWorksIsLive() {
    try (Fleet fleet = new Fleet()) {
      fleet.repository.commit("a", 1);
      fleet.put("shop");
      for (int pass = 0; pass < 5; pass++) {
        fleet.intervalPasses();
        assertThat(fleet.controller.liveness().passes()).isTrue();
      }
    }
  }

  @Test
  void anExecutorThatBeginsNothingIsSaid() {
    try (Controller controller = waitingForTasks()) {
      controller.put(application("shop").passTimeout(Duration.ofMinutes(2)).build());
      clock.advance(Duration.ofMinutes(3));
      assertThat(controller.liveness().passes()).isTrue();

      clock.advance(Duration.ofSeconds(1));
      assertThat(controller.liveness().problems())
          .singleElement()
          .asString()
          .startsWith("shop: a turn has not ended for 181 s");

      runAll();
      assertThat(controller.liveness()).hasToString("ok");
    }
  }

  @Test
  void aTurnThatHeedsNoDeadlineIsSaid() {
    try (Fleet fleet = new Fleet()) {
      Probe[] during = new Probe[1];
      fleet.repository.commit("a", 1);
      fleet.controller.put(
          fleet
              .application("shop")
              .reconciler(
                  builder ->
                      builder.listener(
                          event -> {
                            if (during[0] == null) {
                              fleet.clock.advance(Duration.ofMinutes(12));
                              during[0] = fleet.controller.liveness();
                            }
                          }))
              .build());

      assertThat(during[0].problems()).singleElement().asString().startsWith("shop: a turn");
      assertThat(fleet.controller.liveness().passes()).isTrue();
    }
  }

  @Test
  void aSchedulerThatDoesNotRingIsSaid() {
    try (Controller controller =
        Controller.builder(Runnable::run, (delay, task) -> () -> {})
            .clock(clock)
            .ticker(clock)
            .jitter(() -> 0)
            .build()) {
      controller.put(application("shop").build());
      clock.advance(Duration.ofSeconds(60));
      assertThat(controller.liveness().passes()).isTrue();

      clock.advance(Duration.ofSeconds(61));
      assertThat(controller.liveness().problems())
          .singleElement()
          .asString()
          .startsWith("the scheduler should have rung");
    }
  }

  @Test
  void oneIsReadyWhenAllHaveHadTheirFirstTurn() {
    try (Controller controller = waitingForTasks()) {
      assertThat(controller.readiness().passes()).as("nothing to wait for").isTrue();
      controller.put(application("shop").build());
      controller.put(application("bank").build());
      controller.put(application("later").suspended().build());
      assertThat(controller.readiness().problems())
          .containsExactly("bank: has not had a turn yet", "shop: has not had a turn yet");

      tasks.remove().run();
      assertThat(controller.readiness().problems()).hasSize(1);
      runAll();
      assertThat(controller.readiness().passes()).isTrue();

      controller.put(application("new").build());
      controller.put(application("shop").build());
      assertThat(controller.readiness().passes()).as("it stays ready").isTrue();
    }
  }

  @Test
  void whatFailsOrWaitsHasHadItsTurn() {
    try (Fleet fleet = new Fleet()) {
      fleet.repository.down(true);
      fleet.put("shop");
      fleet.controller.put(fleet.application("waits").dependsOn(List.of("shop")).build());

      assertThat(fleet.controller.readiness().passes()).isTrue();
    }
  }

  @Test
  void aClosedOneIsNeither() {
    Controller controller = waitingForTasks();
    controller.close();

    assertThat(controller.liveness().passes()).isFalse();
    assertThat(controller.readiness().passes()).isFalse();
  }

  @Test
  void declaredApplicationsAreReadyOnceTheyAreRead() {
    try (Controller controller = waitingForTasks()) {
      var declared =
          DeclaredApplications.of(
              controller,
              ApplicationReader.of(List.of(), List.of()),
              call -> ApplicationFiles.Found.of(new TreeMap<>()));
      Probe before = controller.readiness().and(declared.readiness());
      assertThat(before.problems()).containsExactly("the application files have not been read yet");

      declared.refresh(CallContext.withTimeout(Duration.ofMinutes(1)));

      assertThat(controller.readiness().and(declared.readiness()).passes()).isTrue();
    }
  }

  @Test
  void aProbeSaysOnlySomeOfManyProblems() {
    List<String> many = IntStream.range(0, 1000).mapToObj(each -> "problem " + each).toList();

    assertThat(new Probe(many).problems()).hasSize(11).endsWith("and 990 more");
    assertThat(new Probe(many.subList(0, 11)).problems()).hasSize(11).endsWith("problem 10");
  }
}
