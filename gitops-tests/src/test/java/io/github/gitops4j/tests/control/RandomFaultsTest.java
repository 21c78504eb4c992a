package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.key;
import static io.github.gitops4j.tests.control.Fleet.thing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateFacts;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that a user or a backend hands in fails at random, while commits and drift arrive and
 * processes end. After each step what must never happen has not, and in the end all is well.
 */
class RandomFaultsTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final int STEPS = 400;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverFailsNothingIsLostAndInTheEndAllIsWell(long seed) {
    World world = new World(seed);
    for (int step = 0; step < STEPS; step++) {
      world.step();
      world.check();
    }
    world.recover();
  }

  private static final class World {
    private final Random random;
    private final ManualClock clock = ManualClock.create();
    private final FaultPlan faults = FaultPlan.create();
    private final InMemoryTreeSource source = InMemoryTreeSource.empty();
    private final Map<String, InMemoryTarget> targets = new TreeMap<>();
    private final List<Revision> commits = new ArrayList<>();
    private final Map<String, Integer> reached = new HashMap<>();
    private final Map<String, LiveResource> theirs = new HashMap<>();
    private final List<ReconcileReport> passes = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Controller controller;

    World(long seed) {
      this.random = new Random(seed);
      for (String name : List.of("platform", "shop", "bank")) {
        InMemoryTarget target = InMemoryTarget.create();
        target.system().put(key("theirs"), thing("theirs", 1));
        theirs.put(name, target.system().get(key("theirs")).orElseThrow());
        targets.put(name, target);
      }
      commit();
      Fault failing =
          Fault.failing(
              () -> new ApplyException(FailureCategory.UNAVAILABLE, "by order of the test"));
      faults
          .withChance(0.01, random, failing)
          .withChance(0.005, random, Fault.cancel())
          .withChance(0.005, random, Fault.failing(IllegalStateException::new))
          .withChance(0.002, random, Fault.delay(clock, Duration.ofSeconds(30)));
      controller = begin();
    }

    private Controller begin() {
      Controller begun =
          Controller.builder(Runnable::run, clock)
              .clock(clock)
              .ticker(clock)
              .jitter(random::nextDouble)
              .backoff(Fleet.backoff())
              .build();
      targets.forEach((name, target) -> begun.put(application(name, target)));
      return begun;
    }

    private Application application(String name, InMemoryTarget target) {
      return Application.builder(name, faults.around(source), faults.around(target))
          .dependsOn(name.equals("platform") ? List.of() : List.of("platform"))
          .passTimeout(Duration.ofMinutes(2))
          .reconciler(
              builder ->
                  builder
                      .gates(List.of(new Moody()))
                      .retry(RetryPolicy.builder().pause(clock).attempts(2).build())
                      .listener(this::listen))
          .build();
    }

    private void listen(ReconcileEvent event) {
      if (event instanceof ReconcileEvent.PassEnded ended) {
        passes.add(ended.report());
      }
      if (random.nextInt(20) == 0) {
        throw new IllegalStateException("a listener that throws");
      }
    }

    /** A gate that throws, or gives nothing, now and then. */
    private final class Moody implements Gate {
      @Override
      public String name() {
        return "moody";
      }

      @Override
      @SuppressWarnings("NullAway") // What a user's gate must not do.
      public GateVerdict evaluate(Plan plan, GateFacts facts) {
        int mood = faults.calls().isEmpty() ? 0 : random.nextInt(30);
        if (mood == 1) {
          throw new IllegalStateException("a gate that throws");
        }
        return mood == 2 ? null : GateVerdict.allow();
      }
    }

    void step() {
      String name = List.copyOf(targets.keySet()).get(random.nextInt(targets.size()));
      InMemoryTarget target = requireNonNull(targets.get(name));
      ResourceKey key = key(NAMES.get(random.nextInt(NAMES.size())));
      int choice = random.nextInt(12);
      told.add(choice + " " + name + " " + key.name());
      if (told.size() > 20) {
        told.remove(0);
      }
      switch (choice) {
        case 0, 1 -> commit();
        case 2 ->
            target
                .system()
                .get(key)
                .ifPresent(
                    live -> target.system().put(key, live.document().orElseThrow(), live.owner()));
        case 3 -> removeLive(target, key);
        case 4 -> target.health(key, random.nextBoolean() ? Health.HEALTHY : Health.DEGRADED);
        case 5 -> restart();
        case 6 -> clock.jumpTo(clock.instant().plusSeconds(random.nextInt(7200) - 3600));
        case 7 -> assertThat(controller.reconcileNow(name)).isNotNull();
        case 8 -> target.system().invalidateFeed();
        default -> {}
      }
      clock.advance(Duration.ofSeconds(random.nextInt(45)));
    }

    private static void removeLive(InMemoryTarget target, ResourceKey key) {
      target.system().remove(key);
    }

    private void restart() {
      controller.close();
      controller = begin();
    }

    private void commit() {
      boolean isBroken = random.nextInt(6) == 0;
      Revision revision =
          source.commit(
              "commit " + commits.size(),
              files -> {
                files.clear();
                files.put("always.yaml", thing("always", 1));
                for (String name : NAMES) {
                  if (random.nextInt(3) > 0) {
                    String wave = "wave: " + random.nextInt(3);
                    files.put(name + ".yaml", thing(name, random.nextInt(3), wave));
                  }
                }
                if (isBroken) {
                  files.put("broken.yaml", "kind: [");
                }
              });
      commits.add(revision);
    }

    void check() {
      targets.forEach(
          (name, target) -> {
            assertThat(target.system().get(key("theirs")))
                .as("%s", told)
                .contains(theirs.get(name));
            checkOwned(target);
            checkHistory(name, target);
          });
      for (ReconcileReport pass : passes) {
        boolean isIncomplete = pass.plan().filter(plan -> !plan.broken().isEmpty()).isPresent();
        if (isIncomplete) {
          assertThat(pass.outcomes()).as("%s: %s", told, pass).isEmpty();
        }
      }
      passes.clear();
    }

    /** What bears our mark is in the inventory, so no write was made before it was recorded. */
    private void checkOwned(InMemoryTarget target) {
      Set<String> owned = new HashSet<>();
      target
          .inventory()
          .read(CALL)
          .forEach((InventoryRecord record) -> owned.add(record.key().name()));
      target
          .system()
          .resources()
          .forEach(
              (key, live) -> {
                if (!key.name().equals("theirs")) {
                  assertThat(owned).as("%s", told).contains(key.name());
                }
              });
    }

    private void checkHistory(String name, InMemoryTarget target) {
      List<HistoryRecord> newest = target.history().newest(100_000, CALL);
      Set<String> begun = new HashSet<>();
      long sequence = newest.size();
      for (HistoryRecord record : newest) {
        assertThat(record.isIntact()).as("%s", told).isTrue();
        assertThat(record.sequence()).as("%s", told).isEqualTo(sequence--);
        if (record.event() instanceof HistoryEvent.OperationBegan began) {
          assertThat(begun.add(began.operation())).as("%s: begun twice", told).isTrue();
        }
      }
      target
          .history()
          .state(CALL)
          .lastApplied()
          .ifPresent(
              revision -> {
                int at = commits.indexOf(revision);
                assertThat(at).as("%s: it went back", told).isGreaterThanOrEqualTo(reached(name));
                reached.put(name, at);
              });
    }

    private int reached(String name) {
      return reached.getOrDefault(name, -1);
    }

    /** Faults stop: everything converges, and then nothing is written any more. */
    void recover() {
      faults.quiet();
      targets.values().forEach(target -> heal(target));
      commits.add(source.commit("good", files -> files.remove("broken.yaml")));
      for (int interval = 0; interval < 20; interval++) {
        clock.advance(Duration.ofMinutes(1));
      }
      for (ApplicationStatus status : controller.statuses()) {
        assertThat(status.isReady()).as("%s: %s", told, status).isTrue();
      }
      passes.clear();
      clock.advance(Duration.ofMinutes(10));
      assertThat(passes).isNotEmpty();
      for (ReconcileReport pass : passes) {
        assertThat(pass.outcomes()).as("%s: %s", told, pass).isEmpty();
      }
      check();
      controller.close();
      assertThat(clock.pending()).isZero();
    }

    private static void heal(InMemoryTarget target) {
      for (String name : NAMES) {
        target.health(key(name), Health.HEALTHY);
      }
    }
  }
}
