package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.control.ControllerEvent.ApplicationPut;
import io.github.gitops4j.control.ControllerEvent.Missed;
import io.github.gitops4j.control.ControllerEvent.OfApplication;
import io.github.gitops4j.control.ControllerEvent.TurnEnded;
import io.github.gitops4j.control.ControllerEvent.TurnStarted;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscribers on threads: each at its own pace, and none in the way of a turn or of another. */
class EventSubscribersTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ManualClock clock = ManualClock.create();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  private Controller.Builder controller() {
    return Controller.builder(executor, clock).clock(clock).ticker(clock).jitter(() -> 0);
  }

  private static Application application(String name) {
    return Application.builder(
            name, InMemoryTreeSource.with("a.yaml", Fleet.thing("a", 1)), InMemoryTarget.create())
        .build();
  }

  private static ApplicationStatus turn(Controller controller, String name) throws Exception {
    return controller.reconcileNow(name).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneThatBlocksKeepsNobodyAndIsToldHowMuchItMissed() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch caughtUp = new CountDownLatch(1);
    List<ControllerEvent> slow = new CopyOnWriteArrayList<>();
    AtomicLong quick = new AtomicLong();
    CountDownLatch quickAtEnd = new CountDownLatch(1);
    Controller controller =
        controller()
            .eventsKept(20)
            .listener(
                event -> {
                  slow.add(event);
                  if (slow.size() == 1) {
                    blocked.countDown();
                    await(open);
                  }
                  if (event instanceof TurnEnded ended && ended.application().equals("last")) {
                    caughtUp.countDown();
                  }
                })
            .listener(
                event -> {
                  // It may be slower than the turns, too, if the machine is busy.
                  quick.addAndGet(event instanceof Missed missed ? missed.count() : 1);
                  if (event instanceof TurnEnded ended && ended.application().equals("last")) {
                    quickAtEnd.countDown();
                  }
                })
            .build();
    try (controller) {
      controller.put(application("shop"));
      await(blocked);
      for (int turn = 0; turn < 50; turn++) {
        assertThat(turn(controller, "shop").isReady()).isTrue();
      }
      controller.put(application("last"));
      turn(controller, "last");
      await(quickAtEnd);
      open.countDown();
      await(caughtUp);
    }

    assertThat(slow.get(0)).isEqualTo(new ApplicationPut("shop"));
    assertThat(slow.get(1)).isInstanceOf(Missed.class);
    assertThat(((Missed) slow.get(1)).count()).isGreaterThan(100);
    assertThat(quick).hasValueGreaterThan(200);
  }

  @Test
  void theEventsOfEachApplicationComeInTheirOrderToEverybody() throws Exception {
    int applications = 60;
    int turns = 20;
    List<Recording> subscribers = List.of(new Recording(), new Recording(), new Recording());
    try (Controller controller = controller().eventsKept(1_000_000).build()) {
      subscribers.forEach(controller.events()::subscribe);
      for (int each = 0; each < applications; each++) {
        controller.put(application("app-" + each));
      }
      List<CompletableFuture<ApplicationStatus>> all = new ArrayList<>();
      for (int round = 0; round < turns; round++) {
        all.clear();
        for (int each = 0; each < applications; each++) {
          all.add(controller.reconcileNow("app-" + each));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    for (Recording subscriber : subscribers) {
      await(subscriber.over);
      assertThat(subscriber.events)
          .hasSizeGreaterThan(5_000)
          .doesNotHaveAnyElementsOfTypes(Missed.class);
      for (int each = 0; each < applications; each++) {
        assertAlternates(subscriber.of("app-" + each));
      }
      assertThat(subscriber.events).hasSameSizeAs(subscribers.get(0).events);
    }
  }

  private static void assertAlternates(List<ControllerEvent> events) {
    assertThat(events.get(0)).isInstanceOf(ApplicationPut.class);
    boolean isRunning = false;
    for (ControllerEvent event : events.subList(1, events.size())) {
      if (event instanceof TurnStarted) {
        assertThat(isRunning).isFalse();
        isRunning = true;
      } else {
        assertThat(isRunning).isTrue();
        isRunning = !(event instanceof TurnEnded);
      }
    }
    assertThat(isRunning).isFalse();
  }

  @Test
  void oneIsToldAsManyAsItAsksFor() throws Exception {
    Recording few = new Recording(2);
    try (Controller controller = controller().build()) {
      controller.events().subscribe(few);
      controller.put(application("shop"));
      turn(controller, "shop");
      turn(controller, "shop");
      await(few.introduced);
      few.await(2);
      few.subscription.join().request(1);
      few.await(3);
    }
    assertThat(few.events).hasSize(3);
    assertThat(few.over.getCount()).as("there is more, and it did not ask").isEqualTo(1);
    few.subscription.join().request(Long.MAX_VALUE);
    await(few.over);
    assertThat(few.events).hasSizeGreaterThan(10);
  }

  @Test
  void oneThatThrowsIsToldNothingAnyMore() throws Exception {
    Recording bad =
        new Recording(
            Long.MAX_VALUE,
            event -> {
              throw new IllegalStateException("bad");
            });
    Recording good = new Recording();
    try (Controller controller = controller().build()) {
      controller.events().subscribe(bad);
      controller.events().subscribe(good);
      controller.put(application("shop"));
      bad.await(1);
      turn(controller, "shop");
    }
    await(good.over);
    assertThat(bad.events).hasSize(1);
    assertThat(bad.over.getCount()).isEqualTo(1);
  }

  @Test
  void oneThatAsksForNothingIsAnError() {
    Recording bad = new Recording(0);
    try (Controller controller = controller().build()) {
      controller.events().subscribe(bad);
      await(bad.over);
    }
    assertThat(bad.failure.join()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> controller().eventsKept(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneThatHasCancelledIsToldNothing() throws Exception {
    Recording gone = new Recording();
    try (Controller controller = controller().build()) {
      controller.events().subscribe(gone);
      await(gone.introduced);
      gone.subscription.join().cancel();
      gone.subscription.join().cancel();
      controller.put(application("shop"));
      turn(controller, "shop");
    }
    assertThat(gone.events).isEmpty();
    assertThat(gone.over.getCount()).isEqualTo(1);
  }

  @Test
  void afterTheEndOneIsToldTheEnd() {
    Recording late = new Recording();
    Controller controller = controller().build();
    controller.close();
    controller.events().subscribe(late);
    await(late.over);
    assertThat(late.events).isEmpty();
  }

  @Test
  void closingWaitsForNoSubscriber() {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    Recording stuck =
        new Recording(
            Long.MAX_VALUE,
            event -> {
              blocked.countDown();
              await(open);
            });
    try (Controller controller = controller().build()) {
      controller.events().subscribe(stuck);
      controller.put(application("shop"));
      await(blocked);
    }
    open.countDown();
    await(stuck.over);
    assertThat(stuck.events.get(0)).isEqualTo(new ApplicationPut("shop"));
  }

  /** Keeps what it is told. */
  private static final class Recording implements Flow.Subscriber<ControllerEvent> {
    final List<ControllerEvent> events = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch introduced = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);
    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final long wanted;
    private final Consumer<ControllerEvent> work;

    Recording() {
      this(Long.MAX_VALUE);
    }

    Recording(long wanted) {
      this(wanted, event -> {});
    }

    Recording(long wanted, Consumer<ControllerEvent> work) {
      this.wanted = wanted;
      this.work = work;
    }

    List<ControllerEvent> of(String application) {
      return events.stream()
          .filter(
              event -> event instanceof OfApplication of && of.application().equals(application))
          .toList();
    }

    void await(int count) {
      Awaitility.await().atMost(LIMIT).until(() -> events.size() >= count);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
      introduced.countDown();
      given.request(wanted);
    }

    @Override
    public void onNext(ControllerEvent event) {
      assertThat(inside.getAndIncrement()).as("one at a time").isZero();
      events.add(event);
      inside.decrementAndGet();
      work.accept(event);
    }

    @Override
    public void onError(Throwable error) {
      failure.complete(error);
      over.countDown();
    }

    @Override
    public void onComplete() {
      over.countDown();
    }
  }
}
