package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileListener;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private static final int EVENTS_OF_A_PASS = 10;

  private final Scene scene = new Scene();

  private Reconciler with(ReconcileListener listener) {
    return scene.reconciler().listener(listener).build();
  }

  @Test
  void aListenerThatThrowsAtEveryEventStopsNothing() {
    List<ReconcileEvent> heard = new ArrayList<>();
    scene.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));
    ReconcileReport report =
        with(event -> {
              heard.add(event);
              if (heard.size() % 2 == 0) {
                throw new StackOverflowError("a broken listener");
              }
              throw new IllegalStateException("a broken listener");
            })
            .reconcile(CALL);
    assertThat(report.converged()).isTrue();
    assertThat(heard).hasSize(EVENTS_OF_A_PASS);
  }

  @Test
  void aListenerThatTakesItsTimeCostsTheCallItsDeadlineAndNothingElse() {
    for (int at = 1; at < EVENTS_OF_A_PASS; at++) {
      Scene fresh = new Scene();
      fresh.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));
      int slow = at;
      List<ReconcileEvent> heard = new ArrayList<>();
      Reconciler reconciler =
          fresh
              .reconciler()
              .listener(
                  event -> {
                    heard.add(event);
                    if (heard.size() == slow) {
                      fresh.clock.advance(Duration.ofHours(1));
                    }
                  })
              .build();
      ReconcileReport report = reconciler.reconcile(fresh.clock.callWithin(Duration.ofMinutes(1)));
      assertThat(report.converged()).as("slow at event %d", at).isFalse();
      assertThat(heard.get(heard.size() - 1)).isInstanceOf(ReconcileEvent.PassEnded.class);
      assertThat(fresh.reconciler().build().reconcile(CALL).converged()).isTrue();
      assertThat(fresh.live()).hasSize(2);
    }
  }

  @Test
  void aListenerThatCallsBackIsToldThatItCannot() {
    AtomicReference<Reconciler> self = new AtomicReference<>();
    List<Throwable> thrown = new ArrayList<>();
    scene.commit("a", thing("a", 1));
    self.set(
        with(
            event -> {
              try {
                requireNonNull(self.get()).plan(CallContext.withTimeout(Duration.ofSeconds(2)));
              } catch (IllegalStateException e) {
                thrown.add(e);
                throw e;
              }
            }));
    assertThat(requireNonNull(self.get()).reconcile(CALL).converged()).isTrue();
    assertThat(thrown).isNotEmpty();
    assertThat(thrown.get(0)).hasMessageContaining("within a pass");
    assertThat(requireNonNull(self.get()).plan(CALL).isEmpty()).isTrue();
  }

  @Test
  void whoWaitsForAPassLeavesWhenCancelledWhileAListenerBlocksIt() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    scene.commit("a", thing("a", 1));
    Reconciler reconciler =
        with(
            event -> {
              if (event instanceof ReconcileEvent.PassStarted && release.getCount() > 0) {
                blocked.countDown();
                await(release);
              }
            });
    CompletableFuture<ReconcileReport> first =
        CompletableFuture.supplyAsync(() -> reconciler.reconcile(CALL));
    assertThat(blocked.await(1, TimeUnit.MINUTES)).isTrue();

    Cancellation cancellation = new Cancellation();
    CompletableFuture<FailureCategory> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                reconciler.plan(CallContext.builder().cancellation(cancellation).build());
                throw new AssertionError("it got in");
              } catch (CallException e) {
                return e.category();
              }
            });
    cancellation.cancel();
    assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo(FailureCategory.CANCELLED);
    release.countDown();
    assertThat(first.get(1, TimeUnit.MINUTES).result()).isInstanceOf(PassResult.Done.class);
    assertThat(reconciler.plan(CALL).isEmpty()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
