package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.key;
import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns on threads: how many at a time, whose, and what a slow one does to the others. */
class WorkersTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ManualClock clock = ManualClock.create();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  private Controller.Builder controller(int workers) {
    return Controller.builder(executor, clock)
        .clock(clock)
        .ticker(clock)
        .jitter(() -> 0)
        .slowAfter(Duration.ofSeconds(10))
        .workers(workers);
  }

  private static Application application(String name, TreeSource source) {
    return Application.builder(name, source, InMemoryTarget.create()).build();
  }

  private static ApplicationStatus turn(Controller controller, String name) throws Exception {
    return controller.reconcileNow(name).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Test
  void thoseThatTakeLongDoNotKeepTheOthersWaiting() throws Exception {
    try (Controller controller = controller(2).closePatience(Duration.ZERO).build()) {
      Gated one = new Gated();
      Gated two = new Gated();
      controller.put(application("slow-1", one));
      controller.put(application("slow-2", two));
      one.awaitCaller();
      two.awaitCaller();
      controller.put(application("healthy", InMemoryTreeSource.with("a.yaml", thing("a", 1))));
      assertThat(controller.status("healthy").orElseThrow().activity()).isEqualTo(Activity.QUEUED);

      clock.advance(Duration.ofSeconds(10));

      assertThat(turn(controller, "healthy").isReady()).isTrue();
      one.open();
      two.open();
    }
  }

  @Test
  void noApplicationHasTwoTurnsAtATimeAndWhatHappensDuringOneLeadsToOneMore() throws Exception {
    try (Controller controller = controller(4).build()) {
      Gated source = new Gated();
      controller.put(application("shop", source));
      source.awaitCaller();
      List<CompletableFuture<ApplicationStatus>> requests = new ArrayList<>();
      for (int request = 0; request < 100; request++) {
        requests.add(controller.reconcileNow("shop"));
      }

      source.open();
      CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new))
          .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);

      assertThat(source.looks).hasValue(2);
      assertThat(source.most).hasValue(1);
    }
  }

  @Test
  void aChangedApplicationWaitsForTheTurnOfTheOneBefore() throws Exception {
    try (Controller controller = controller(4).build()) {
      Gated before = new Gated();
      CompletableFuture<Void> done = new CompletableFuture<>();
      InMemoryTarget target = InMemoryTarget.create();
      controller.put(
          Application.builder("shop", before, target).whenDone(() -> done.complete(null)).build());
      before.awaitCaller();

      InMemoryTreeSource after = InMemoryTreeSource.with("a.yaml", thing("a", 2));
      controller.put(Application.builder("shop", after, target).build());
      assertThat(controller.status("shop").orElseThrow().activity()).isEqualTo(Activity.RESTING);
      assertThat(done).isNotDone();

      before.open();
      done.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(turn(controller, "shop").isReady()).isTrue();
      assertThat(target.system().get(key("a"))).isPresent();
    }
  }

  @Test
  void closingWaitsForTurnsUnderWayAndBeginsNoOther() throws Exception {
    Controller controller = controller(1).build();
    Gated source = new Gated();
    InMemoryTarget target = InMemoryTarget.create();
    controller.put(Application.builder("shop", source, target).build());
    source.awaitCaller();
    controller.put(application("bank", InMemoryTreeSource.with("a.yaml", thing("a", 1))));

    CompletableFuture<Void> closed = CompletableFuture.runAsync(controller::close, executor);
    source.awaitCancelled();
    assertThat(closed).isNotDone();
    source.open();

    closed.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(target.system().resources()).isEmpty();
    assertThat(controller.statuses()).isEmpty();
  }

  @Test
  void aTurnMayCloseTheController() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Controller controller = controller(1).build();
    controller.put(
        Application.builder(
                "shop", InMemoryTreeSource.with("a.yaml", thing("a", 1)), InMemoryTarget.create())
            .reconciler(
                builder ->
                    builder.listener(
                        event -> {
                          controller.close();
                          closed.complete(null);
                        }))
            .build());

    closed.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Test
  void anExecutorThatTakesNoTurnIsAskedAgain() {
    AtomicInteger refused = new AtomicInteger(2);
    CompletableFuture<Void> done = new CompletableFuture<>();
    Executor busy =
        task -> {
          if (refused.getAndDecrement() > 0) {
            throw new RejectedExecutionException("by order of the test");
          }
          task.run();
        };
    InMemoryTarget target = InMemoryTarget.create();
    InMemoryTreeSource source = InMemoryTreeSource.with("a.yaml", thing("a", 1));
    Controller controller = Controller.builder(busy, clock).clock(clock).ticker(clock).build();
    controller.put(
        Application.builder("shop", source, target).whenDone(() -> done.complete(null)).build());
    assertThat(target.system().resources()).isEmpty();

    clock.advance(Duration.ofSeconds(2));
    assertThat(target.system().resources()).hasSize(1);

    refused.set(Integer.MAX_VALUE);
    clock.advance(Duration.ofMinutes(5));
    controller.close();
    assertThat(done).isCompleted();
  }

  @Test
  void severalControllersOverOneTargetLeaveItWhole() throws Exception {
    InMemoryTarget target = InMemoryTarget.create();
    InMemoryTreeSource source = InMemoryTreeSource.with("a.yaml", thing("a", 0));
    try (Controller one = controller(2).build();
        Controller two = controller(2).build();
        Controller three = controller(2).build()) {
      List<Controller> all = List.of(one, two, three);
      all.forEach(each -> each.put(Application.builder("shop", source, target).build()));
      for (int commit = 1; commit <= 30; commit++) {
        String yaml = thing("a", commit);
        String other = "t" + commit % 5;
        source.commit("commit", files -> files.put("a.yaml", yaml).put("b.yaml", thing(other, 1)));
        List<CompletableFuture<ApplicationStatus>> turns =
            all.stream().map(each -> each.reconcileNow("shop")).toList();
        CompletableFuture.allOf(turns.toArray(CompletableFuture[]::new))
            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
      clock.advance(Duration.ofHours(1));
      for (Controller each : all) {
        assertThat(turn(each, "shop").isReady()).isTrue();
      }
    }
    assertThat(target.system().resources()).containsOnlyKeys(key("a"), key("t0"));
    assertThat(target.inventory().read(CallContext.unbounded()).size()).isEqualTo(2);
    List<HistoryRecord> records = target.history().newest(1_000, CallContext.unbounded());
    for (int each = 0; each < records.size(); each++) {
      assertThat(records.get(each).isIntact()).isTrue();
      assertThat(records.get(each).sequence()).isEqualTo(records.size() - each);
    }
  }

  @Test
  void hundredsOfControllersInOneProcessLeaveNothing() throws Exception {
    for (int each = 0; each < 300; each++) {
      try (Controller controller = controller(2).build()) {
        controller.put(application("shop", InMemoryTreeSource.with("a.yaml", thing("a", each))));
        assertThat(turn(controller, "shop").isReady()).isTrue();
      }
    }

    assertThat(clock.pending()).isZero();
  }

  @Test
  void itCanBeClosedAtAnyMoment() throws Exception {
    for (int moment = 0; moment < 300; moment++) {
      CountDownLatch reached = new CountDownLatch(moment % 20);
      InMemoryTreeSource source = InMemoryTreeSource.with("a.yaml", thing("a", 1));
      InMemoryTarget target = InMemoryTarget.create();
      Controller controller = controller(2).build();
      controller.put(
          Application.builder("shop", source, target)
              .reconciler(builder -> builder.listener(event -> reached.countDown()))
              .build());
      controller.put(application("bank", source));
      assertThat(controller.remove("bank", RemovalPolicy.PRUNE)).isNotNull();
      reached.await(1, TimeUnit.MILLISECONDS);
      controller.close();

      int size = target.inventory().read(CallContext.unbounded()).size();
      assertThat(target.system().resources().size()).isLessThanOrEqualTo(size);
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** A source whose answer is held back, and that does not care about cancellation. */
  private static final class Gated implements TreeSource {
    final AtomicInteger looks = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    private final InMemoryTreeSource source = InMemoryTreeSource.with("a.yaml", thing("a", 1));
    private final AtomicInteger inside = new AtomicInteger();
    private final Semaphore callers = new Semaphore(0);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);

    void awaitCaller() throws InterruptedException {
      assertThat(callers.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void awaitCancelled() throws InterruptedException {
      assertThat(cancelled.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void open() {
      gate.countDown();
    }

    @Override
    public String id() {
      return "gated";
    }

    @Override
    public Revision latest(CallContext call) {
      looks.incrementAndGet();
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      call.cancellation().onCancel(cancelled::countDown);
      callers.release();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        inside.decrementAndGet();
      }
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
