package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A controller on an executor with a new thread for each task: a virtual one where the JVM has
 * them, so from Java 21 on, else one of the platform. What is asked is the same.
 */
class VirtualThreadsTest {
  private static final int APPLICATIONS = 100;
  private static final int SECONDS = 60;

  private final Optional<ExecutorService> virtual = virtualThreads();
  private final ExecutorService executor = virtual.orElseGet(Executors::newCachedThreadPool);
  private final ManualClock clock = ManualClock.create();
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();
  private final List<InMemoryTarget> targets = Collections.synchronizedList(new ArrayList<>());

  private static Optional<ExecutorService> virtualThreads() {
    try {
      return Optional.of(
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("virtual threads", e);
    }
  }

  private static boolean isVirtual(Thread thread) {
    try {
      return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    } catch (NoSuchMethodException e) {
      return false;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("virtual threads", e);
    }
  }

  @AfterEach
  void shutDown() throws InterruptedException {
    executor.shutdown();
    assertThat(executor.awaitTermination(SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private Application application(String name, CountDownLatch allAtOnce) {
    InMemoryTarget target = InMemoryTarget.create();
    targets.add(target);
    return Application.builder(name, InMemoryTreeSource.with("a.yaml", thing("a", 1)), target)
        .reconciler(
            builder ->
                builder.listener(
                    event -> {
                      if (event instanceof ReconcileEvent.PlanMade) {
                        threads.putIfAbsent(name, Thread.currentThread());
                        allAtOnce.countDown();
                        await(allAtOnce);
                      }
                    }))
        .build();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the others do not come");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void hundredsOfPassesAreUnderWayAtOnceEachOnAThreadOfTheExecutor() throws Exception {
    CountDownLatch allAtOnce = new CountDownLatch(APPLICATIONS);
    try (Controller controller =
        Controller.builder(executor, clock)
            .clock(clock)
            .ticker(clock)
            .workers(APPLICATIONS)
            .build()) {
      List<Future<ApplicationStatus>> turns = new ArrayList<>();
      for (int i = 0; i < APPLICATIONS; i++) {
        controller.put(application("app-" + i, allAtOnce));
        turns.add(controller.reconcileNow("app-" + i));
      }
      for (Future<ApplicationStatus> turn : turns) {
        assertThat(turn.get(SECONDS, TimeUnit.SECONDS).isReady()).isTrue();
      }
    }
    assertThat(allAtOnce.getCount()).isZero();
    assertThat(threads.values()).doesNotHaveDuplicates().hasSize(APPLICATIONS);
    assertThat(threads.values())
        .allSatisfy(thread -> assertThat(isVirtual(thread)).isEqualTo(virtual.isPresent()));
    assertThat(targets).allSatisfy(target -> assertThat(target.system().resources()).hasSize(1));
  }
}
