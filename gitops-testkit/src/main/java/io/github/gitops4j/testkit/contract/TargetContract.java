package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.SimulatedCrash;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds a whole {@link Target} against its rules {@code TGT-1} to {@code TGT-7}, as the engine uses
 * it.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class TargetContract extends TargetKit {
  private static final int MOST_CALLS = 500;

  /** Creates the kit. */
  protected TargetContract() {}

  @Test
  @ContractRule("TGT-1")
  final void onePassMakesLiveAsDeclaredAndTheNextHasNothingToDo() {
    scenario().own("a", "one", "b", "two");
    assertEquals(Map.of("a", "one", "b", "two"), fixture().contents());
    scenario().own("a", "three");
    assertEquals(Map.of("a", "three", "b", "two"), fixture().contents());
    assertTrue(scenario().plan().isEmpty(), () -> scenario().plan().actions().toString());
    assertTrue(planAnew().isEmpty(), () -> planAnew().actions().toString());
  }

  @Test
  @ContractRule("TGT-2")
  final void takesAwayWhatIsOursAndLeavesWhatIsNot() {
    fixture().write("other", "theirs");
    scenario().own("a", "one", "b", "one");
    scenario().withdraw("b");
    assertInstanceOf(PassResult.Done.class, scenario().pass().result());
    assertEquals(Map.of("a", "one", "other", "theirs"), fixture().contents());
    assertTrue(planAnew().isEmpty(), () -> planAnew().actions().toString());
  }

  @Test
  @ContractRule("TGT-3")
  final void adoptsWhatIsAsDeclaredAlreadyWithoutAWrite() {
    fixture().write("a", "one");
    String token = present("a").token();
    scenario().declare("a", "one");
    assertEquals(Map.of(ActionKind.ADOPT, 1), scenario().plan().counts());
    scenario().pass();
    assertEquals(token, present("a").token());
    scenario().declare("b", "one");
    scenario().withdraw("a");
    scenario().pass();
    assertEquals(Map.of("b", "one"), fixture().contents());
  }

  @Test
  @ContractRule("TGT-4")
  final void holdsWhatSomebodyElseHasPutInTheWay() {
    fixture().write("a", "theirs");
    scenario().declare("a", "ours", "b", "ours");
    ReconcileReport report = scenario().pass();
    List<HoldReason> reasons =
        report.plan().orElseThrow().holds().stream().map(hold -> hold.reason()).toList();
    assertEquals(List.of(HoldReason.UNMANAGED_IN_THE_WAY), reasons);
    assertEquals(Map.of("a", "theirs", "b", "ours"), fixture().contents());
  }

  @Test
  @ContractRule("TGT-5")
  final void findsDriftAndPutsItRight() {
    scenario().own("a", "one", "b", "one");
    Reconciler reconciler = scenario().reconciler(fixture().target());
    reconciler.reconcile(Calls.UNBOUNDED);
    Map<ActionKind, Integer> both = Map.of(ActionKind.UPDATE, 1, ActionKind.CREATE, 1);
    try (FeedReader reader = FeedReader.of(fixture().target().live().changeFeed())) {
      fixture().write("a", "edited");
      fixture().remove("b");
      assertEquals(
          both, reader.until(() -> reconciler.plan(Calls.UNBOUNDED).counts(), both::equals));
    }
    assertTrue(reconciler.reconcile(Calls.UNBOUNDED).converged());
    assertEquals(Map.of("a", "one", "b", "one"), fixture().contents());
  }

  @Test
  @ContractRule("TGT-6")
  final void killedBetweenAnyTwoCallsTheNextProcessConverges() {
    int kills = 0;
    boolean killed = true;
    for (int n = 1; killed; n++) {
      assertTrue(n < MOST_CALLS, "a pass makes no end of calls");
      renewFixture();
      open();
      killed = killsAtCallAndConverges(n);
      kills += killed ? 1 : 0;
    }
    assertTrue(kills > 10, "only " + kills + " calls were there to be killed at");
  }

  @Test
  @ContractRule("TGT-7")
  final void keepsItsIdInEveryProcess() {
    assertEquals(fixture().target().id(), fixture().reopen().id());
    assertTrue(!fixture().target().id().isBlank());
  }

  /** Returns whether there was an n-th call to be killed at. */
  private boolean killsAtCallAndConverges(int n) {
    fixture().write("other", "theirs");
    scenario().own("a", "one", "gone", "one");
    scenario().declare("a", "two", "b", "one");
    scenario().withdraw("gone");
    FaultPlan faults = FaultPlan.create().atCall(n, Fault.crash());
    Reconciler doomed = scenario().reconciler(faults.around(fixture().reopen()));
    boolean reached;
    try {
      doomed.reconcile(Calls.UNBOUNDED);
      reached = !faults.struck().isEmpty();
    } catch (SimulatedCrash crash) {
      reached = true;
    }
    Target fresh = fixture().reopen();
    ReconcileReport report = scenario().reconciler(fresh).reconcile(Calls.UNBOUNDED);
    assertTrue(report.converged(), () -> "after a kill at " + faults.struck() + ": " + report);
    assertEquals(
        Map.of("a", "two", "b", "one", "other", "theirs"),
        fixture().contents(),
        () -> "after a kill at " + faults.struck());
    assertChained(fresh);
    return reached;
  }

  private static void assertChained(Target target) {
    List<HistoryRecord> newest = target.history().newest(MOST_CALLS, Calls.UNBOUNDED);
    ContentDigest expected = target.history().state(Calls.UNBOUNDED).digest();
    for (HistoryRecord record : newest) {
      assertTrue(record.isIntact(), record::toString);
      assertEquals(expected, record.digest());
      expected = record.previous();
    }
    assertEquals(HistoryRecord.START, expected);
  }

  private Plan planAnew() {
    return scenario().reconciler(fixture().reopen()).plan(Calls.UNBOUNDED);
  }
}
