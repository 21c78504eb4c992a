package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.ControllerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What throws where nobody expects it: a turn ends all the same, and the next one comes. */
class BrokenTurnsTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(6);

  private @Nullable Class<? extends Throwable> thrown;

  private <T> T unlessBroken(T value) {
    if (thrown == null) {
      return value;
    } else if (thrown.equals(Error.class)) {
      throw new StackOverflowError("by order of the test");
    }
    throw new IllegalStateException("by order of the test");
  }

  private static void isSeen(Fleet fleet) {
    ApplicationStatus status = fleet.status("shop");
    assertThat(status.activity()).isEqualTo(Activity.RESTING);
    assertThat(status.failures()).isEqualTo(1);
    assertThat(status.nextTurn()).isPresent();
    assertThat(status.conditions())
        .extracting(Condition::type, Condition::message)
        .singleElement()
        .asString()
        .contains("BACKING_OFF", "failed once in a row: unexpected java.lang.");
  }

  @ParameterizedTest
  @ValueSource(classes = {RuntimeException.class, Error.class})
  void aJitterThatThrowsEndsTheTurnAndTheNextOneComes(Class<? extends Throwable> type) {
    List<ControllerEvent> told = new ArrayList<>();
    try (Fleet fleet =
        new Fleet(builder -> builder.jitter(() -> unlessBroken(0)).listener(told::add))) {
      fleet.repository.commit("a", 1);
      thrown = type;
      fleet.put("shop");

      assertThat(fleet.live("shop")).containsExactly("a=1");
      isSeen(fleet);
      assertThat(told).last().isInstanceOf(ControllerEvent.TurnEnded.class);
      assertThat(fleet.controller.readiness().passes()).isTrue();
      assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
      assertThat(fleet.status("shop").failures()).isEqualTo(2);

      thrown = null;
      fleet.repository.commit("a", 2);
      fleet.clock.advance(LONG_ENOUGH);
      assertThat(fleet.status("shop").isReady()).isTrue();
      assertThat(fleet.status("shop").conditions()).isEmpty();
      assertThat(fleet.live("shop")).containsExactly("a=2");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {RuntimeException.class, Error.class})
  void aClockThatThrowsEndsTheTurnAndTheNextOneComes(Class<? extends Throwable> type) {
    Fleet[] self = new Fleet[1];
    try (Fleet fleet =
        new Fleet(builder -> builder.clock(() -> unlessBroken(self[0].clock.instant())))) {
      self[0] = fleet;
      fleet.repository.commit("a", 1);
      thrown = type;
      fleet.put("shop");
      isSeen(fleet);

      thrown = null;
      fleet.clock.advance(LONG_ENOUGH);
      assertThat(fleet.live("shop")).containsExactly("a=1");
      assertThat(fleet.status("shop").conditions()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {RuntimeException.class, Error.class})
  void anExecutorThatThrowsIsAskedAgain(Class<? extends Throwable> type) {
    Executor executor = task -> unlessBroken(task).run();
    try (Fleet fleet = new Fleet(UnaryOperator.identity(), executor)) {
      fleet.repository.commit("a", 1);
      thrown = type;
      fleet.put("shop", "bank");
      assertThat(fleet.status("shop").activity()).isEqualTo(Activity.RESTING);

      thrown = null;
      fleet.clock.advance(Duration.ofSeconds(2));
      assertThat(fleet.live("shop")).containsExactly("a=1");
      assertThat(fleet.live("bank")).containsExactly("a=1");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {RuntimeException.class, Error.class})
  void whatAnApplicationBroughtWithItStopsNobodyWhenItThrows(Class<? extends Throwable> type) {
    thrown = type;
    List<String> done = new ArrayList<>();
    Fleet fleet = new Fleet();
    fleet.repository.commit("a", 1);
    for (String name : List.of("shop", "bank", "till")) {
      fleet.controller.put(
          fleet
              .application(name)
              .whenDone(
                  () -> {
                    done.add(name);
                    unlessBroken(name);
                  })
              .build());
    }

    assertThat(fleet.controller.remove("till", RemovalPolicy.ORPHAN)).isCompleted();
    fleet.close();

    assertThat(done).containsExactlyInAnyOrder("shop", "bank", "till");
    assertThat(fleet.controller.statuses()).isEmpty();
    assertThat(fleet.clock.pending()).isZero();
  }
}
