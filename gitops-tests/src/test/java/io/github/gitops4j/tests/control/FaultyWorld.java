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
import io.github.gitops4j.health.Health;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import io.github.gitops4j.testkit.fault.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Some targets, a repository and one or several controllers, to which everything may happen. A step
 * is one of these things; {@link #check} says whether what must never happen has.
 */
final class FaultyWorld {
  private static final CallContext CALL = CallContext.unbounded();
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");

  private final Random random;
  private final ManualClock clock = ManualClock.create();
  final FaultPlan faults = FaultPlan.create();
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final Map<String, InMemoryTarget> targets = new TreeMap<>();
  private final List<Revision> commits = new ArrayList<>();
  private final Map<String, Integer> reached = new HashMap<>();
  private final Map<String, LiveResource> theirs = new HashMap<>();
  private final List<ReconcileReport> passes = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  final List<Controller> controllers = new ArrayList<>();
  private final Map<String, Map<ResourceKey, LiveResource>> strangers = new HashMap<>();
  final Moods moods;
  private final int count;
  private boolean crashed;
  boolean closed;

  FaultyWorld(long seed, int count) {
    this.random = new Random(seed);
    this.moods = new Moods(random, clock);
    this.count = count;
    for (String name : List.of("platform", "shop", "bank")) {
      InMemoryTarget target = InMemoryTarget.create();
      target.system().put(key("theirs"), thing("theirs", 1));
      theirs.put(name, target.system().get(key("theirs")).orElseThrow());
      targets.put(name, target);
      strangers.put(name, new HashMap<>());
    }
    commit();
    Fault failing =
        Fault.failing(
            () -> new ApplyException(FailureCategory.UNAVAILABLE, "by order of the test"));
    faults
        .withChance(0.01, random, failing)
        .withChance(0.005, random, Fault.cancel())
        .withChance(0.005, random, Fault.failing(IllegalStateException::new))
        .withChance(0.002, random, Fault.delay(clock, Duration.ofSeconds(30)))
        .withChance(0.001, random, this::crash);
  }

  /** Lets somebody close the controllers at the n-th call. */
  void closeAt(int moment) {
    faults.atCall(moment, Fault.meanwhile(this::close));
  }

  private void crash(InjectionPoint point, CallContext call) {
    crashed = true;
    throw new SimulatedCrash(point.toString());
  }

  void begin() {
    closed = false;
    for (int each = 0; each < count; each++) {
      Controller begun =
          Controller.builder(Runnable::run, clock)
              .clock(clock)
              .ticker(clock)
              .jitter(random::nextDouble)
              .backoff(Fleet.backoff())
              // Turns of one thread, of which the one that closes keeps the next from beginning.
              .closePatience(Duration.ZERO)
              .listener(moods::hear)
              .build();
      controllers.add(begun);
      targets.forEach(
          (name, target) -> {
            if (!closed) {
              begun.put(application(name, target));
            }
          });
    }
  }

  void close() {
    closed = true;
    List.copyOf(controllers).forEach(Controller::close);
  }

  private Application application(String name, InMemoryTarget target) {
    return Application.builder(name, faults.around(source), faults.around(target))
        .dependsOn(name.equals("platform") ? List.of() : List.of("platform"))
        .passTimeout(Duration.ofMinutes(2))
        .reconciler(
            builder ->
                builder
                    .gates(List.of(moods.gate()))
                    .retry(
                        RetryPolicy.builder()
                            .pause(clock)
                            .attempts(2)
                            .jitter(random::nextDouble)
                            .build())
                    .listener(this::listen))
        .build();
  }

  private void listen(ReconcileEvent event) {
    if (event instanceof ReconcileEvent.PassEnded ended) {
      passes.add(ended.report());
    }
    moods.hear(event);
  }

  void step() {
    String name = List.copyOf(targets.keySet()).get(random.nextInt(targets.size()));
    InMemoryTarget target = requireNonNull(targets.get(name));
    ResourceKey key = key(NAMES.get(random.nextInt(NAMES.size())));
    int choice = random.nextInt(13);
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
      case 3 -> removeLive(name, target, key);
      case 4 -> target.health(key, random.nextBoolean() ? Health.HEALTHY : Health.DEGRADED);
      case 5 -> restart();
      case 6 -> clock.jumpTo(clock.instant().plusSeconds(random.nextInt(7200) - 3600));
      case 7 -> controllers.forEach(each -> assertThat(each.reconcileNow(name)).isNotNull());
      case 8 -> target.system().invalidateFeed();
      case 9 -> comeStranger(name, target, key);
      default -> {}
    }
    clock.advance(Duration.ofSeconds(random.nextInt(45)));
    if (crashed) {
      crashed = false;
      restart();
    }
  }

  /** Somebody makes what has the name of something of ours, and is not. */
  private void comeStranger(String name, InMemoryTarget target, ResourceKey key) {
    boolean isFree =
        target.system().get(key).isEmpty() && target.inventory().read(CALL).get(key).isEmpty();
    if (isFree) {
      target.system().put(key, thing(key.name(), 99));
      strangersOf(name).put(key, target.system().get(key).orElseThrow());
    }
  }

  private Map<ResourceKey, LiveResource> strangersOf(String name) {
    return requireNonNull(strangers.get(name));
  }

  private void removeLive(String name, InMemoryTarget target, ResourceKey key) {
    target.system().remove(key);
    strangersOf(name).remove(key);
  }

  void restart() {
    close();
    controllers.clear();
    begin();
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
          assertThat(target.system().get(key("theirs"))).as("%s", told).contains(theirs.get(name));
          strangersOf(name)
              .forEach(
                  (key, live) ->
                      assertThat(target.system().get(key).flatMap(LiveResource::document))
                          .as("%s", told)
                          .isEqualTo(live.document()));
          checkOwned(name, target);
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
  private void checkOwned(String name, InMemoryTarget target) {
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
              if (!key.name().equals("theirs") && !strangersOf(name).containsKey(key)) {
                assertThat(owned).as("%s", told).contains(key.name());
              }
            });
  }

  private void checkHistory(String name, InMemoryTarget target) {
    List<HistoryRecord> newest = target.history().newest(100_000, CALL);
    long sequence = newest.size();
    for (HistoryRecord record : newest) {
      assertThat(record.isIntact()).as("%s", told).isTrue();
      assertThat(record.sequence()).as("%s", told).isEqualTo(sequence--);
    }
    if (count == 1) {
      checkOperations(name, newest, target.history().state(CALL));
    }
  }

  /** Several controllers over one target without a lock may do the same at the same time. */
  private void checkOperations(String name, List<HistoryRecord> newest, HistoryState state) {
    Set<String> begun = new HashSet<>();
    Set<String> ended = new HashSet<>();
    for (HistoryRecord record : newest) {
      if (record.event() instanceof HistoryEvent.OperationBegan began) {
        assertThat(begun.add(began.operation())).as("%s: begun twice", told).isTrue();
      } else if (record.event() instanceof HistoryEvent.OperationEnded end) {
        assertThat(ended.add(end.operation())).as("%s: ended twice", told).isTrue();
      }
    }
    state.running().ifPresent(running -> ended.add(running.operation()));
    assertThat(ended).as("%s: what has begun ends once", told).isEqualTo(begun);
    state
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
    moods.calm();
    targets.forEach(this::heal);
    commits.add(source.commit("good", files -> files.remove("broken.yaml")));
    for (int interval = 0; interval < 20; interval++) {
      clock.advance(Duration.ofMinutes(1));
    }
    for (Controller controller : controllers) {
      assertThat(controller.statuses()).hasSameSizeAs(targets.keySet());
      for (ApplicationStatus status : controller.statuses()) {
        assertThat(status.isReady()).as("%s: %s %s", told, status, held(status)).isTrue();
      }
    }
    passes.clear();
    clock.advance(Duration.ofMinutes(10));
    assertThat(passes).isNotEmpty();
    for (ReconcileReport pass : passes) {
      assertThat(pass.outcomes()).as("%s: %s", told, pass).isEmpty();
    }
    check();
    close();
    assertThat(clock.pending()).isZero();
  }

  private static List<PlannedAction.Hold> held(ApplicationStatus status) {
    return status.lastReport().flatMap(ReconcileReport::plan).map(Plan::holds).orElse(List.of());
  }

  private void heal(String application, InMemoryTarget target) {
    List.copyOf(strangersOf(application).keySet())
        .forEach(stranger -> removeLive(application, target, stranger));
    for (String name : NAMES) {
      target.health(key(name), Health.HEALTHY);
    }
  }
}
