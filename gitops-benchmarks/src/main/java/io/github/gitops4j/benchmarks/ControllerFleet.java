package io.github.gitops4j.benchmarks;

import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.git.CommitBuilder;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Many applications in one controller: how long it takes until all of one repository are as
 * declared for the first time, and what they take of the heap at rest.
 *
 * <p>Prints its own rows.
 */
public final class ControllerFleet {
  private static final int APPLICATIONS = 1_000;
  private static final int RESOURCES = 16;
  private static final int REGISTERED = 10_000;
  private static final int COLLECTIONS = 3;
  private static final int PATIENCE_MINUTES = 5;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  private ControllerFleet() {}

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    ControllerFleet fleet = new ControllerFleet();
    try {
      System.out.println(fleet.convergence());
      System.out.println(fleet.heap());
    } finally {
      fleet.timer.shutdownNow();
      fleet.executor.shutdownNow();
    }
  }

  private Controller controller() {
    return Controller.builder(executor, Scheduler.of(timer)).workers(2).build();
  }

  /** Each application has a directory of the repository and a target in memory. */
  private RunRow convergence() throws IOException {
    Path directory = Files.createTempDirectory("gitops4j-fleet-");
    try (TestRepository repository = TestRepository.create(directory.resolve("fleet.git"));
        GitCache cache =
            GitCache.builder(directory.resolve("cache"), JGitIsolation.install())
                .allowFile()
                .build()) {
      CommitBuilder commit = repository.commit();
      for (int each = 0; each < APPLICATIONS * RESOURCES; each++) {
        String name = "thing-" + each % RESOURCES;
        commit.put("app-" + each / RESOURCES + "/" + name + ".yaml", thing(name, each));
      }
      commit.create();
      GitUrl url = GitUrl.parse(repository.uri().toString());
      long begin = System.nanoTime();
      try (Controller controller = controller()) {
        converge(
            controller, APPLICATIONS, number -> cache.source(url).path("app-" + number).build());
        double seconds = (System.nanoTime() - begin) / 1e9;
        long ready = controller.statuses().stream().filter(ApplicationStatus::isReady).count();
        return new RunRow(
            "controller: first convergence of " + APPLICATIONS + " applications, seconds",
            seconds,
            RunRow.Bound.AT_MOST,
            20,
            APPLICATIONS * RESOURCES + " objects of one repository, " + ready + " ready");
      }
    } finally {
      Command.run("rm", "-rf", directory.toString());
    }
  }

  private RunRow heap() {
    TreeSource source = InMemoryTreeSource.with("a.yaml", thing("a", 1));
    long before = usedHeap();
    try (Controller controller = controller()) {
      converge(controller, REGISTERED, number -> source);
      double megabytes = (usedHeap() - before) / 1e6;
      return new RunRow(
          "controller: " + REGISTERED + " applications at rest, megabytes",
          megabytes,
          RunRow.Bound.AT_MOST,
          256,
          ManagementFactory.getThreadMXBean().getThreadCount() + " threads in the process");
    }
  }

  /** Gives the source of an application. */
  @FunctionalInterface
  private interface Sources {
    TreeSource of(int number);
  }

  private static void converge(Controller controller, int applications, Sources sources) {
    CountDownLatch left = new CountDownLatch(applications);
    Set<String> done = ConcurrentHashMap.newKeySet();
    for (int each = 0; each < applications; each++) {
      String name = "app-" + each;
      controller.put(
          Application.builder(name, sources.of(each), InMemoryTarget.create())
              .interval(Duration.ofHours(1))
              .reconciler(
                  builder ->
                      builder.listener(
                          event -> {
                            if (event instanceof ReconcileEvent.PassEnded ended
                                && ended.report().converged()
                                && done.add(name)) {
                              left.countDown();
                            }
                          }))
              .build());
    }
    try {
      if (!left.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException(left.getCount() + " applications did not converge");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String thing(String name, int value) {
    return "kind: Thing\nname: " + name + "\nspec: {value: " + value + "}\n";
  }

  private static long usedHeap() {
    for (int collection = 0; collection < COLLECTIONS; collection++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
