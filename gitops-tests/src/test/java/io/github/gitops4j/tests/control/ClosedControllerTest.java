package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a controller says once it is closed, or is about to be. */
class ClosedControllerTest {
  private final List<Trigger.Sink> sinks = new ArrayList<>();
  private final Fleet fleet =
      new Fleet(
          builder ->
              builder.trigger(
                  sink -> {
                    sinks.add(sink);
                    return () -> {};
                  }));

  @BeforeEach
  void close() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    fleet.close();
  }

  static List<Consumer<Controller>> whatNeedsAnOpenOne() {
    return List.of(
        controller -> {
          var unused = controller.reconcileNow("shop");
        },
        controller -> {
          var unused = controller.remove("shop", RemovalPolicy.PRUNE);
        },
        controller -> {
          var unused = controller.remove("shop", RemovalPolicy.ORPHAN);
        },
        controller -> controller.suspend("shop"),
        controller -> controller.resume("shop"),
        controller -> controller.reconciler("shop"));
  }

  @ParameterizedTest
  @MethodSource("whatNeedsAnOpenOne")
  void itSaysThatItIsClosed(Consumer<Controller> call) {
    assertThatThrownBy(() -> call.accept(fleet.controller))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the controller is closed");
  }

  @ParameterizedTest
  @MethodSource("whatNeedsAnOpenOne")
  void itSaysSoWhileItIsBeingClosed(Consumer<Controller> call) {
    List<Throwable> thrown = new ArrayList<>();
    Fleet closing = new Fleet();
    closing.repository.commit("a", 1);
    closing.controller.put(
        closing
            .application("shop")
            .whenDone(
                () -> {
                  try {
                    call.accept(closing.controller);
                  } catch (IllegalStateException e) {
                    thrown.add(e);
                  }
                })
            .build());

    closing.close();

    assertThat(thrown).singleElement().asString().contains("the controller is closed");
  }

  @Test
  void nothingCanBePut() {
    assertThatThrownBy(() -> fleet.put("bank"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the controller is closed");
  }

  @Test
  void itHasNoApplicationsAndIsNotAlive() {
    assertThat(fleet.controller.status("shop")).isEmpty();
    assertThat(fleet.controller.statuses()).isEmpty();
    assertThat(fleet.controller.liveness().problems()).containsExactly("the controller is closed");
    assertThat(fleet.controller.readiness().problems()).containsExactly("the controller is closed");
  }

  @Test
  void aTriggerThatThrowsKeepsNothingOpen() {
    Fleet closing =
        new Fleet(
            builder ->
                builder.trigger(
                    sink ->
                        () -> {
                          throw new IllegalStateException("by order of the test");
                        }));
    closing.repository.commit("a", 1);
    closing.put("shop");

    closing.close();

    assertThat(closing.controller.statuses()).isEmpty();
    assertThat(closing.clock.pending()).isZero();
  }

  @Test
  void whatATriggerTellsDoesNothing() {
    assertThat(sinks)
        .singleElement()
        .satisfies(
            sink -> {
              assertThat(sink.remotesMoved(id -> true)).isZero();
              assertThat(sink.applicationMoved("shop")).isFalse();
            });
  }

  @Test
  void itMayBeClosedAgain() {
    fleet.close();
    assertThat(fleet.controller.statuses()).isEmpty();
  }
}
