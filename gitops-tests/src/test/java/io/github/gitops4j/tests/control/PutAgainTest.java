package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.testkit.InMemorySystem.Reachability;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application that is put although it is there: the same object, with the same target. */
class PutAgainTest {
  private final Fleet fleet = new Fleet();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicBoolean interrupted = new AtomicBoolean(true);
  private Runnable duringATurn = () -> {};

  private final Application shop =
      fleet
          .application("shop")
          .whenDone(done::incrementAndGet)
          .reconciler(
              builder ->
                  builder.listener(
                      event -> {
                        if (!interrupted.getAndSet(true)) {
                          duringATurn.run();
                        }
                      }))
          .build();

  @AfterEach
  void close() {
    fleet.close();
  }

  private void interruptTheNextTurn(Runnable work) {
    duringATurn = work;
    interrupted.set(false);
  }

  @Test
  void itStaysAsItIsAndHasATurn() {
    fleet.repository.commit("a", 1);
    fleet.controller.put(shop);
    var reconciler = fleet.controller.reconciler("shop");
    fleet.target("shop").system().put(Fleet.key("a"), Fleet.thing("a", 9));

    fleet.controller.put(shop);

    assertThat(done).hasValue(0);
    assertThat(fleet.controller.reconciler("shop")).isSameAs(reconciler);
    assertThat(fleet.live("shop")).containsExactly("a=1");
    fleet.close();
    assertThat(done).hasValue(1);
  }

  @Test
  void whatIsSuspendedStaysSo() {
    fleet.controller.put(shop);
    fleet.controller.suspend("shop");
    fleet.repository.commit("a", 1);
    fleet.controller.put(shop);
    assertThat(fleet.live("shop")).isEmpty();
    fleet.controller.resume("shop");
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).containsExactly("a=1");
  }

  @Test
  void aTurnThatItHasGoesOnToItsEnd() {
    fleet.repository.commit("a", 1);
    interruptTheNextTurn(() -> fleet.controller.put(shop));
    fleet.controller.put(shop);

    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.passes("shop")).hasSize(2);
    assertThat(done).hasValue(0);
  }

  @Test
  void whatIsBeingRemovedStays() {
    fleet.repository.commit("a", 1);
    fleet.controller.put(shop);
    fleet.target("shop").system().reachable(Reachability.DOWN);
    CompletableFuture<Void> removal = fleet.controller.remove("shop", RemovalPolicy.PRUNE);
    fleet.controller.put(shop);
    assertThat(removal).isCompletedExceptionally();

    fleet.target("shop").system().reachable(Reachability.UP);
    fleet.clock.advance(Duration.ofMinutes(6));

    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.status("shop").isReady()).isTrue();
    assertThat(done).hasValue(0);
    assertThat(fleet.controller.remove("shop", RemovalPolicy.PRUNE)).isCompleted();
    assertThat(done).hasValue(1);
  }

  @Test
  void whatIsTakenOffDuringItsTurnAndPutAgainIsStillInUse() {
    fleet.repository.commit("a", 1);
    interruptTheNextTurn(
        () -> {
          var unused = fleet.controller.remove("shop", RemovalPolicy.ORPHAN);
          fleet.controller.put(shop);
        });
    fleet.controller.put(shop);
    fleet.intervalPasses();

    assertThat(done).hasValue(0);
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.controller.remove("shop", RemovalPolicy.ORPHAN)).isCompleted();
    assertThat(done).hasValue(1);
  }
}
