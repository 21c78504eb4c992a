package io.github.gitops4j.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.SimulatedCrash;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A history of passes over one target in memory, any of which may be the last thing that its
 * process does. Each pass is one process: a new reconciler on what is stored.
 */
final class CrashStory {
  static final int PASSES = 6;

  private static final CallContext CALL = CallContext.unbounded();
  private static final int ALL = 10_000;
  private static final String THEIRS = "theirs";

  /** What is declared at each pass: name, value, wave. Each name comes and goes at some time. */
  private static final List<List<Thing>> DECLARED =
      List.of(
          List.of(new Thing("a", 1, 0), new Thing("b", 1, 0), new Thing("c", 1, 0)),
          List.of(new Thing("a", 2, 0), new Thing("c", 1, 0), new Thing("d", 1, 1)),
          List.of(new Thing("b", 2, 1), new Thing("c", 1, 0), new Thing("same", 1, 0)),
          List.of(new Thing("e", 1, 2), new Thing("f", 1, 1), new Thing("same", 1, 0)),
          List.of(new Thing("a", 3, 0), new Thing("d", 2, 0)),
          List.of(new Thing("b", 1, 0)));

  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryTarget target = InMemoryTarget.create();
  private final ManualClock clock = ManualClock.create();
  private final AtomicInteger operations = new AtomicInteger();
  private final List<String> told = new ArrayList<>();
  private final LiveResource theirs;

  private record Thing(String name, int value, int wave) {
    /** What becomes live. */
    String content() {
      return "kind: Thing\nname: " + name + "\nspec: {value: " + value + "}\n";
    }

    String yaml() {
      return content() + "gitops: {wave: " + wave + "}\n";
    }

    ResourceKey key() {
      return ResourceKey.of("", "Thing", "", name);
    }
  }

  CrashStory() {
    Thing foreign = new Thing(THEIRS, 1, 0);
    target.system().put(foreign.key(), foreign.content());
    this.theirs = target.system().get(foreign.key()).orElseThrow();
  }

  /** Declares what the n-th pass is to make live, counted from 0. */
  void declare(int pass) {
    source.commit(
        "pass " + pass,
        files -> {
          files.clear();
          DECLARED.get(pass).forEach(thing -> files.put(thing.name() + ".yaml", thing.yaml()));
        });
    if (pass == 2) {
      Thing same = new Thing("same", 1, 0);
      target.system().put(same.key(), same.content());
    }
  }

  /** Runs one process that makes the declared state live, and checks that it has done so. */
  void pass(int pass) {
    ReconcileReport report = reconciler(FaultPlan.create()).reconcile(CALL);
    assertThat(report.converged()).as("%s: %s", this, report).isTrue();
    checkLive(pass);
  }

  /** Runs one process with faults; returns the points that it came by. */
  FaultPlan doomed(FaultPlan faults) {
    try {
      reconciler(faults).reconcile(CALL);
    } catch (SimulatedCrash crash) {
      told.add(crash.getMessage() + " (call " + faults.calls().size() + ")");
    }
    checkTheirs();
    return faults;
  }

  private Reconciler reconciler(FaultPlan faults) {
    TreeSource unsafeSource = faults.around(source);
    Target unsafeTarget = faults.around(target);
    return Reconciler.builder(unsafeSource, unsafeTarget)
        .gates(List.of())
        .clock(clock)
        .operationIds(() -> "op-" + operations.incrementAndGet())
        .build();
  }

  private void checkLive(int pass) {
    SortedMap<String, ContentDigest> expected = new TreeMap<>();
    InMemoryTarget fresh = InMemoryTarget.create();
    for (Thing thing : DECLARED.get(pass)) {
      fresh.system().put(thing.key(), thing.content());
    }
    fresh.system().resources().forEach((key, live) -> expected.put(key.name(), live.digest()));
    SortedMap<String, ContentDigest> live = new TreeMap<>();
    target.system().resources().forEach((key, one) -> live.put(key.name(), one.digest()));
    assertThat(live.remove(THEIRS)).as("%s", this).isNotNull();
    assertThat(live).as("%s: live is as declared, and no orphan is left", this).isEqualTo(expected);
    Inventory inventory = target.inventory().read(CALL);
    TreeSet<String> owned = new TreeSet<>();
    inventory.forEach(
        (InventoryRecord record) -> {
          // What was begun and never seen may still arrive.
          if (record.applied().isPresent()) {
            owned.add(record.key().name());
          }
        });
    assertThat(owned).as("%s: what is live is owned", this).isEqualTo(expected.keySet());
    checkTheirs();
    checkHistory();
  }

  private void checkTheirs() {
    assertThat(target.system().get(theirs.key())).as("%s", this).contains(theirs);
  }

  /** Each record follows the one before, from the first one on, and no operation is left open. */
  private void checkHistory() {
    List<HistoryRecord> newest = target.history().newest(ALL, CALL);
    ContentDigest expected = target.history().state(CALL).digest();
    long sequence = newest.size();
    for (HistoryRecord record : newest) {
      assertThat(record.isIntact()).as("%s: %s", this, record).isTrue();
      assertThat(record.sequence()).as("%s", this).isEqualTo(sequence);
      assertThat(record.digest()).as("%s", this).isEqualTo(expected);
      expected = record.previous();
      sequence--;
    }
    assertThat(expected).as("%s", this).isEqualTo(HistoryRecord.START);
    assertThat(target.history().state(CALL).running()).as("%s", this).isEmpty();
    assertThat(target.history().state(CALL).lastApplied())
        .as("%s", this)
        .contains(source.latest(CALL));
  }

  @Override
  public String toString() {
    return told.isEmpty() ? "no crash" : String.join(", then ", told);
  }
}
