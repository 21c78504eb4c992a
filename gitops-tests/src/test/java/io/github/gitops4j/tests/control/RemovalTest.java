package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemorySystem.Reachability;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever waits for an application, or for it to be gone, is told how that ends. */
class RemovalTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(6);

  private final Fleet fleet = new Fleet();

  @AfterEach
  void close() {
    fleet.close();
  }

  /** Begins to remove an application whose live system is away, so that it stays for now. */
  private CompletableFuture<Void> removingWhatIsAway() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    fleet.target("shop").system().reachable(Reachability.DOWN);
    CompletableFuture<Void> gone = fleet.controller.remove("shop", RemovalPolicy.PRUNE);
    assertThat(gone).isNotDone();
    return gone;
  }

  private static void wasCutShort(CompletableFuture<Void> removal) {
    assertThat(removal)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            CallException.class,
            e -> assertThat(e.failure().category()).isEqualTo(FailureCategory.CANCELLED))
        .withMessageStartingWith("shop: ");
  }

  @Test
  void whoWaitsForATurnThatSuspendingTakesAwayIsTold() {
    List<CompletableFuture<ApplicationStatus>> requests = new ArrayList<>();
    fleet.repository.commit("a", 1);
    fleet.controller.put(
        fleet
            .application("shop")
            .reconciler(
                builder ->
                    builder.listener(
                        event -> {
                          if (requests.isEmpty()) {
                            requests.add(fleet.controller.reconcileNow("shop"));
                            fleet.controller.suspend("shop");
                          }
                        }))
            .build());

    assertThat(requests)
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.getNow(fleet.status("shop")).has(Condition.Type.SUSPENDED))
                    .isTrue());
    assertThat(requests.get(0)).isCompleted();
  }

  @Test
  void aRemovalGoesOnAlthoughTheApplicationIsSuspended() {
    CompletableFuture<Void> gone = removingWhatIsAway();
    fleet.controller.suspend("shop");
    fleet.target("shop").system().reachable(Reachability.UP);

    fleet.clock.advance(LONG_ENOUGH);

    assertThat(gone).isCompleted();
    assertThat(fleet.live("shop")).isEmpty();
  }

  @Test
  void aRemovalThatCloseCutsShortFails() {
    CompletableFuture<Void> gone = removingWhatIsAway();
    fleet.close();
    wasCutShort(gone);
  }

  @Test
  void aRemovalFailsIfAnotherApplicationTakesThePlace() {
    CompletableFuture<Void> gone = removingWhatIsAway();
    fleet.put("shop");
    wasCutShort(gone);
    fleet.target("shop").system().reachable(Reachability.UP);
    fleet.clock.advance(LONG_ENOUGH);
    assertThat(fleet.live("shop")).containsExactly("a=1");
  }

  @Test
  void aRemovalFailsIfTheApplicationIsTakenOffMeanwhile() {
    CompletableFuture<Void> gone = removingWhatIsAway();
    assertThat(fleet.controller.remove("shop", RemovalPolicy.ORPHAN)).isCompleted();
    wasCutShort(gone);
    assertThat(fleet.controller.statuses()).isEmpty();
  }

  @Test
  void whatIsPutMeanwhileIsRemovedInThePlaceOfTheOneBefore() {
    fleet.repository.commit("a", 1);
    Interrupted source = new Interrupted();
    fleet.controller.put(fleet.application("shop", source).build());
    source.whenAsked = () -> fleet.put("shop");

    CompletableFuture<Void> gone = fleet.controller.remove("shop", RemovalPolicy.PRUNE);

    assertThat(gone).isCompleted();
    assertThat(fleet.controller.statuses()).isEmpty();
    assertThat(fleet.live("shop")).isEmpty();
  }

  @Test
  void whatSomebodyElseRemovesMeanwhileIsGone() {
    Interrupted source = new Interrupted();
    fleet.controller.put(fleet.application("shop", source).build());
    List<CompletableFuture<Void>> other = new ArrayList<>();
    source.whenAsked = () -> other.add(fleet.controller.remove("shop", RemovalPolicy.ORPHAN));

    assertThat(fleet.controller.remove("shop", RemovalPolicy.PRUNE)).isCompleted();
    assertThat(other).singleElement().satisfies(gone -> assertThat(gone).isCompleted());
  }

  @Test
  void twoThatRemoveAtOnceAreBothTold() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Controller controller =
        Controller.builder(Runnable::run, fleet.clock).ticker(fleet.clock).build()) {
      for (int round = 0; round < 1_000; round++) {
        controller.put(fleet.application("shop").suspended().build());
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<CompletableFuture<Void>> removal =
            () -> {
              both.await(30, TimeUnit.SECONDS);
              return controller.remove("shop", RemovalPolicy.ORPHAN);
            };
        for (Future<CompletableFuture<Void>> each : threads.invokeAll(List.of(removal, removal))) {
          each.get().get(30, TimeUnit.SECONDS);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A source during whose next answer something else happens. */
  private static final class Interrupted implements TreeSource {
    private final InMemoryTreeSource source = InMemoryTreeSource.with("a.yaml", thing("a", 1));
    Runnable whenAsked = () -> {};

    @Override
    public String id() {
      Runnable once = whenAsked;
      whenAsked = () -> {};
      once.run();
      return source.id();
    }

    @Override
    public Revision latest(CallContext call) {
      return source.latest(call);
    }

    @Override
    public FetchedTree fetch(Revision revision, CallContext call) {
      return source.fetch(revision, call);
    }

    @Override
    public RevisionOrder order() {
      return source.order();
    }
  }
}
