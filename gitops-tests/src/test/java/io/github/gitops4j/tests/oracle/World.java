package io.github.gitops4j.tests.oracle;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanJson;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.RewindPolicy;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.testkit.InMemoryApplier;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import io.github.gitops4j.testkit.fault.SimulatedCrash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A source, a target and a long-lived reconciler, to which random things happen. */
final class World {
  private final Random random;
  private final InMemoryTreeSource files = InMemoryTreeSource.empty();
  private final InMemoryTarget memory = InMemoryTarget.create();
  private final Gossip gossip = new Gossip(memory.system());
  private final ManualClock clock = ManualClock.create();
  private final DesiredStateSource source = TreeDesiredStateSource.of(files, memory.model());
  private final List<String> log = new ArrayList<>();
  private final Author author;
  private final LiveStateProvider watched;
  private PlanPolicy policy;
  private Reconciler longLived;
  private Plan saved;
  private FaultPlan faults = FaultPlan.create();
  private boolean armed;

  World(long seed) {
    this.random = new Random(seed);
    this.author = new Author(random, files, log::add);
    this.policy = Policies.any(random);
    this.watched = random.nextInt(5) == 0 ? gossip.withoutFeed() : gossip;
    author.commit();
    while (log.isEmpty()) {
      author.commit();
    }
    this.longLived = restarted();
    this.saved = longLived.plan(CallContext.unbounded());
  }

  private Reconciler restarted() {
    faults = FaultPlan.create();
    Target target = target(watched);
    Target flaky = ComposedTarget.from(target).applier(new Flaky(target.applier(), random)).build();
    return reconciler(faults.around(source), faults.around(flaky), policy);
  }

  private Target target(LiveStateProvider live) {
    return ComposedTarget.from(memory)
        .live(live)
        .applier(InMemoryApplier.of(memory.system(), policy.ignoreRules()))
        .build();
  }

  private Reconciler reconciler(DesiredStateSource from, Target target, PlanPolicy under) {
    return Reconciler.builder(from, target)
        .policy(under)
        .gates(List.of())
        .clock(clock)
        .rewind(RewindPolicy.ALLOW)
        .retry(RetryPolicy.never())
        .build();
  }

  /** Lets one to three random things happen. */
  void step() {
    for (int i = random.nextInt(3); i >= 0; i--) {
      happen();
    }
  }

  private void happen() {
    switch (random.nextInt(19)) {
      case 0, 1, 2, 3 -> author.commit();
      case 4, 5 -> edit();
      case 6 -> delete();
      case 7 -> unreadable();
      case 8, 9 -> feed();
      case 10 -> returns();
      case 11 -> restart();
      case 12 -> secondWriter();
      case 13 -> fault();
      default -> told("pass", longLived.reconcile(CallContext.unbounded()));
    }
    if (random.nextInt(4) == 0) {
      health();
    }
  }

  /** Returns the plan of the reconciler that has seen everything. */
  String incremental() {
    Plan plan = longLived.plan(CallContext.unbounded());
    if (random.nextInt(8) == 0) {
      saved = plan;
    }
    return text(plan);
  }

  /** Returns the plan of a reconciler that has seen nothing. */
  String scratch() {
    DesiredStateSource anew = TreeDesiredStateSource.of(files, memory.model());
    Reconciler fresh = reconciler(anew, target(gossip.withoutFeed()), policy);
    return text(fresh.plan(CallContext.unbounded()));
  }

  /** Says whether the change feed kept nothing back. */
  boolean everythingWasTold() {
    return gossip.toldEverything();
  }

  /** Returns what happened so far. */
  String story() {
    return String.join("\n", log);
  }

  /** Returns the sorts of things that happened. */
  Set<String> happened() {
    Set<String> sorts = new TreeSet<>();
    log.forEach(line -> sorts.add(line.split(":", 2)[0]));
    return sorts;
  }

  private void edit() {
    ResourceKey key = key();
    String yaml = author.thing(key.name());
    memory.system().put(key, yaml);
    log.add("edit: " + yaml);
  }

  private void delete() {
    ResourceKey key = key();
    memory.system().remove(key);
    log.add("delete: " + key);
  }

  private void unreadable() {
    ResourceKey key = key();
    if (random.nextBoolean()) {
      memory.system().makeUnreadable(key, FailureCategory.FORBIDDEN);
      log.add("unreadable: " + key);
    } else {
      memory.system().makeReadable(key);
      log.add("readable: " + key);
    }
  }

  private void health() {
    ResourceKey key = key();
    Health health = random.nextInt(4) == 0 ? Health.PROGRESSING : Health.HEALTHY;
    memory.health(key, health);
    log.add("health: " + key + " " + health);
  }

  private void feed() {
    if (!gossip.toldEverything()) {
      if (random.nextBoolean()) {
        gossip.tellLate();
        log.add("late");
      } else {
        gossip.lose();
        log.add("lost");
      }
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        memory.system().invalidateFeed();
        log.add("invalidated");
      }
      case 1 -> {
        gossip.tellTwice();
        log.add("doubled");
      }
      default -> {
        gossip.fallSilent();
        log.add("silence");
      }
    }
  }

  private void returns() {
    switch (random.nextInt(4)) {
      case 0 -> author.rewind();
      case 1 -> {
        log.add("unpin");
        longLived.unpin("somebody", CallContext.unbounded());
      }
      case 2 ->
          told(
              "rollback",
              longLived.rollback(author.anyRevision(), "somebody", CallContext.unbounded()));
      default -> told("saved plan", longLived.apply(saved, CallContext.unbounded()));
    }
  }

  private void restart() {
    if (random.nextBoolean()) {
      policy = Policies.any(random);
      log.add("policy: " + policy.id());
    }
    log.add("restart");
    longLived = restarted();
  }

  private void secondWriter() {
    Reconciler other = reconciler(source, target(gossip.withoutFeed()), policy);
    if (random.nextBoolean()) {
      told("second writer", other.rollback(author.anyRevision(), "other", CallContext.unbounded()));
      other.unpin("other", CallContext.unbounded());
    } else {
      told("second writer", other.reconcile(CallContext.unbounded()));
    }
  }

  /** Something fails at some call of a pass, and the process may die of it. */
  private void fault() {
    boolean crash = random.nextInt(3) == 0;
    edit();
    delete();
    Fault fault =
        crash
            ? Fault.crash()
            : Fault.failing(() -> new SourceException(FailureCategory.UNAVAILABLE, "a fault"));
    int at = faults.calls().size() + 1 + random.nextInt(20);
    armed = true;
    faults.atCall(at, (point, call) -> strike(fault, point, call));
    try {
      told("fault", longLived.reconcile(CallContext.unbounded()));
    } catch (SimulatedCrash e) {
      log.add("crash: " + e.getMessage());
      longLived = restarted();
    } finally {
      armed = false;
    }
  }

  private void strike(Fault fault, InjectionPoint point, CallContext call) {
    if (armed) {
      armed = false;
      log.add("fault at " + point);
      fault.strike(point, call);
    }
  }

  private void told(String what, ReconcileReport report) {
    log.add(what + ": " + report);
    log.add("pass " + report.result().getClass().getSimpleName());
    report.outcomes().forEach(outcome -> log.add("effect " + outcome.effect()));
  }

  private ResourceKey key() {
    return ResourceKey.of("", "Thing", "", Author.NAMES.get(random.nextInt(Author.NAMES.size())));
  }

  private static String text(Plan plan) {
    return new String(PlanJson.write(plan), StandardCharsets.UTF_8);
  }
}
