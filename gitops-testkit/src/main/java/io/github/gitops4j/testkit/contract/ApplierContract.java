package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.reconcile.PassResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds an {@link io.github.gitops4j.apply.Applier} against its rules {@code AP-1} to {@code
 * AP-13}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class ApplierContract extends TargetKit {
  private static final int REWRITES = 20;
  private static final int LARGE = 20_000;
  private static final String ABSENT = "";

  /** Creates the kit. */
  protected ApplierContract() {}

  @Test
  @ContractRule("AP-1")
  final void openingWritesNothing() {
    fixture().write("other", "theirs");
    scenario().own("a", "one", "gone", "one");
    scenario().declare("a", "two", "b", "one");
    scenario().withdraw("gone");
    Map<String, String> before = fixture().contents();
    scenario().inSession(scenario().plan(), session -> {});
    assertEquals(before, fixture().contents());
  }

  @Test
  @ContractRule("AP-2")
  final void givesOneOutcomeForEachActionOfTheBatch() {
    scenario().own("a", "one", "gone", "one");
    fixture().write("same", "one");
    scenario().declare("a", "two", "b", "one", "same", "one");
    scenario().withdraw("gone");
    List<ApplyOutcome> outcomes = apply(scenario().plan());
    assertEquals(Effect.UPDATED, effect(outcomes, "a"));
    assertEquals(Effect.CREATED, effect(outcomes, "b"));
    assertEquals(Effect.ADOPTED, effect(outcomes, "same"));
    assertEquals(Effect.PRUNED, effect(outcomes, "gone"));
    assertEquals(Map.of("a", "two", "b", "one", "same", "one"), fixture().contents());
  }

  @Test
  @ContractRule("AP-3")
  final void doesNotOverwriteWhatAppearedMeanwhile() {
    scenario().declare("a", "one");
    Plan plan = scenario().plan();
    fixture().write("a", "theirs");
    assertStale(apply(plan), "a");
    assertEquals(Map.of("a", "theirs"), fixture().contents());
  }

  @Test
  @ContractRule("AP-3")
  final void doesNotOverwriteWhatChangedMeanwhile() {
    scenario().own("a", "one");
    scenario().declare("a", "two");
    Plan plan = scenario().plan();
    fixture().write("a", "theirs");
    assertStale(apply(plan), "a");
    assertEquals(Map.of("a", "theirs"), fixture().contents());
  }

  @Test
  @ContractRule("AP-3")
  final void doesNotRemoveWhatChangedMeanwhile() {
    scenario().own("a", "one", "b", "one");
    scenario().withdraw("a");
    Plan plan = scenario().plan();
    fixture().write("a", "theirs");
    assertStale(apply(plan), "a");
    assertEquals(Map.of("a", "theirs", "b", "one"), fixture().contents());
  }

  @Test
  @ContractRule("AP-3")
  final void doesNotBringBackWhatWasRemovedMeanwhile() {
    scenario().own("a", "one");
    scenario().declare("a", "two");
    Plan plan = scenario().plan();
    fixture().remove("a");
    assertStale(apply(plan), "a");
    assertEquals(Map.of(), fixture().contents());
  }

  @Test
  @ContractRule("AP-4")
  final void nobodyEverSeesHalfOfAResource() throws InterruptedException {
    Set<String> seen = seenDuringRewrites();
    seen.remove(ABSENT);
    seen.forEach(half -> assertEquals(LARGE, half.length(), "a reader saw half of it"));
    seen.forEach(whole -> assertEquals(1, whole.chars().distinct().count(), "a mixture"));
    assertTrue(seen.size() > 1, "the reader saw the resource change");
  }

  @Test
  @ContractRule(value = "AP-4", needs = Capability.NEVER_ABSENT)
  final void aResourceThatIsUpdatedIsNeverAway() throws InterruptedException {
    assertFalse(seenDuringRewrites().contains(ABSENT), "a reader found nothing");
  }

  /** Returns what a reader saw that never paused while a resource was updated again and again. */
  private Set<String> seenDuringRewrites() throws InterruptedException {
    scenario().own("a", large(0));
    Set<String> seen = new ConcurrentSkipListSet<>();
    AtomicBoolean over = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              while (!over.get()) {
                seen.add(fixture().content("a").orElse(ABSENT));
              }
            });
    reader.start();
    try {
      for (int i = 1; i <= REWRITES; i++) {
        scenario().own("a", large(i));
      }
    } finally {
      over.set(true);
      reader.join();
    }
    return seen;
  }

  @Test
  @ContractRule(value = "AP-5", needs = Capability.KEPT_ASIDE)
  final void keepsAsideWhatIsNotOursBeforeItIsOverwritten() {
    fixture().write("a", "theirs");
    scenario().declare("a", "ours");
    PlanPolicy adopting = PlanPolicy.builder().ownership(OwnershipPolicy.ADOPT_UNOWNED).build();
    List<ApplyOutcome> outcomes = apply(scenario().plan(adopting));
    ApplyOutcome.Written written =
        assertInstanceOf(ApplyOutcome.Written.class, scenario().outcome(outcomes, "a"));
    assertFalse(written.keptAside().isEmpty());
    assertEquals(List.of("theirs"), fixture().keptAside());
    assertEquals(Map.of("a", "ours"), fixture().contents());
  }

  @Test
  @ContractRule(value = "AP-5", needs = Capability.KEPT_ASIDE)
  final void keepsAsideAnEditOfWhatIsNoLongerDeclared() {
    scenario().own("a", "one", "b", "one");
    fixture().write("a", "edited");
    scenario().withdraw("a");
    List<ApplyOutcome> outcomes = apply(scenario().plan());
    assertEquals(Effect.QUARANTINED, effect(outcomes, "a"));
    assertEquals(List.of("edited"), fixture().keptAside());
    assertEquals(Map.of("b", "one"), fixture().contents());
  }

  @Test
  @ContractRule("AP-6")
  final void oneFailureDoesNotStopTheOthers() {
    scenario().own("b", "one");
    scenario().declare("a", "one", "b", "two", "c", "one");
    Plan plan = scenario().plan();
    fixture().write("b", "theirs");
    List<ApplyOutcome> outcomes = apply(plan);
    assertStale(outcomes, "b");
    assertEquals(Map.of("a", "one", "b", "theirs", "c", "one"), fixture().contents());
  }

  @Test
  @ContractRule("AP-7")
  final void anOutcomeSaysWhatObservingSaysToo() {
    scenario().own("a", "one");
    fixture().write("same", "one");
    scenario().declare("a", "two", "b", "one", "same", "one");
    List<ApplyOutcome> outcomes = apply(scenario().plan());
    assertEquals(3, outcomes.size());
    for (ApplyOutcome outcome : outcomes) {
      ApplyOutcome.Written written = assertInstanceOf(ApplyOutcome.Written.class, outcome);
      Observation.Present now =
          assertInstanceOf(Observation.Present.class, observe().observation(outcome.key()));
      LiveResource live = now.resource();
      assertEquals(live.digest(), written.applied().live());
      assertEquals(live.uid(), written.applied().uid());
    }
  }

  @Test
  @ContractRule("AP-8")
  final void aCallThatHasEndedBeginsNothing() {
    scenario().own("a", "one", "gone", "one");
    scenario().declare("a", "two", "b", "one");
    scenario().withdraw("gone");
    Map<String, String> before = fixture().contents();
    Plan plan = scenario().plan();
    assertAllFailed(
        ending(() -> scenario().apply(plan, Calls.cancelled())), FailureCategory.CANCELLED);
    assertAllFailed(ending(() -> scenario().apply(plan, Calls.expired())), FailureCategory.TIMEOUT);
    assertEquals(before, fixture().contents());
  }

  @Test
  @ContractRule("AP-8")
  final void cancellingHalfwayLeavesEachActionFinishedOrNotBegun() {
    scenario().declare("a", "one", "b", "one", "c", "one", "d", "one");
    Cancellation cancellation = new Cancellation();
    CallContext call = CallContext.builder().cancellation(cancellation).build();
    List<ApplyOutcome> outcomes =
        ending(() -> scenario().apply(scenario().plan(), call, outcome -> cancellation.cancel()));
    Map<String, String> live = fixture().contents();
    for (String name : List.of("a", "b", "c", "d")) {
      ApplyOutcome outcome = scenario().outcome(outcomes, name);
      assertEquals(outcome instanceof ApplyOutcome.Written, live.containsKey(name), name);
      if (outcome instanceof ApplyOutcome.Failed failed) {
        assertEquals(FailureCategory.CANCELLED, failed.failure().category());
      }
    }
    assertEquals(Effect.CREATED, outcomes.get(0).effect());
  }

  @Test
  @ContractRule("AP-9")
  final void touchesNothingBesideItsBatch() {
    fixture().write("other", "theirs");
    scenario().own("a", "one", "mine", "one", "gone", "one");
    fixture().write("mine", "edited");
    Map<String, LiveResource> before = new TreeMap<>();
    List.of("other", "mine").forEach(name -> before.put(name, present(name)));
    scenario().declare("a", "two", "mine", "edited", "b", "one");
    scenario().withdraw("gone");
    apply(scenario().plan());
    before.forEach((name, resource) -> assertEquals(resource.token(), present(name).token()));
    assertEquals(
        Map.of("a", "two", "b", "one", "mine", "edited", "other", "theirs"), fixture().contents());
  }

  @Test
  @ContractRule("AP-10")
  final void whatIsReportedAsDoneIsThereForTheNextProcess() {
    scenario().own("a", "one", "gone", "one");
    scenario().declare("a", "two", "b", "one");
    scenario().withdraw("gone");
    List<ApplyOutcome> outcomes = apply(scenario().plan());
    var state = fixture().reopen().live().observe(Scope.everything(), Calls.UNBOUNDED);
    for (String name : List.of("a", "b")) {
      ApplyOutcome.Written written =
          assertInstanceOf(ApplyOutcome.Written.class, scenario().outcome(outcomes, name));
      assertEquals(written.applied().live(), present(state, name).digest());
    }
    assertInstanceOf(Observation.Absent.class, state.observation(fixture().key("gone")));
  }

  @Test
  @ContractRule(value = "AP-11", needs = Capability.SLOW_REMOVAL)
  final void whatStaysAfterItWasAskedToGoIsRemovingUntilItIsGone() {
    scenario().own("a", "one", "b", "one");
    fixture().hold("a");
    scenario().withdraw("a");
    assertRemoving(apply(scenario().plan()), "a");
    assertRemoving(apply(scenario().plan()), "a");
    assertTrue(fixture().contents().containsKey("a"));
    fixture().letGo("a");
    assertEquals(Map.of("b", "one"), fixture().contents());
    assertEquals(Effect.RELEASED, effect(apply(scenario().plan()), "a"));
  }

  @Test
  @ContractRule(value = "AP-11", needs = Capability.SLOW_REMOVAL)
  final void theEngineWaitsForWhatIsBeingRemovedAndOwnsItMeanwhile() {
    scenario().own("a", "one", "b", "one");
    fixture().hold("a");
    scenario().withdraw("a");
    for (int pass = 1; pass <= 2; pass++) {
      PassResult.Awaiting awaiting =
          assertInstanceOf(PassResult.Awaiting.class, scenario().pass().result());
      assertEquals(List.of(fixture().key("a")), awaiting.keys());
      assertTrue(inventory().get(fixture().key("a")).isPresent());
    }
    fixture().letGo("a");
    assertInstanceOf(PassResult.Done.class, scenario().pass().result());
    assertTrue(inventory().get(fixture().key("a")).isEmpty());
  }

  @Test
  @ContractRule("AP-12")
  final void makesAnewWhatIsReplacedAlthoughNothingDiffers() {
    scenario().own("a", "one", "b", "one");
    LiveResource before = present("a");
    ApplyOutcome.Written written =
        assertInstanceOf(ApplyOutcome.Written.class, replaceBoth(before, present("b")).get(0));
    LiveResource after = present("a");
    assertEquals(Effect.REPLACED, written.effect());
    assertEquals(after.digest(), written.applied().live());
    assertEquals(after.uid(), written.applied().uid());
    assertTrue(before.uid().isEmpty() || !after.uid().equals(before.uid()), "another uid");
    assertEquals(Map.of("a", "one", "b", "one"), fixture().contents());
  }

  @Test
  @ContractRule("AP-12")
  final void doesNotReplaceWhatIsNotWhatWasRunBefore() {
    scenario().own("a", "one", "b", "one");
    LiveResource seen = present("a");
    fixture().write("a", "theirs");
    List<ApplyOutcome> outcomes = replaceBoth(seen, present("b"));
    assertStale(outcomes, "a");
    assertEquals(Effect.REPLACED, effect(outcomes, "b"));
    assertEquals(Map.of("a", "theirs", "b", "one"), fixture().contents());
  }

  @Test
  @ContractRule("AP-13")
  final void tellsWhatAWriteHasLeftAsItIsAndOnce() {
    scenario().declare("a", "one");
    Plan plan = scenario().plan();
    scenario()
        .inSession(
            plan,
            session -> {
              session.apply(plan.waves().get(0).actions(), outcome -> {}, Calls.UNBOUNDED);
              LiveResource live = present("a");
              Optional<LiveResource> left = session.left(live.key());
              left.ifPresent(
                  told -> {
                    assertEquals(live.digest(), told.digest());
                    assertEquals(live.uid(), told.uid());
                    assertTrue(told.document().isPresent(), "it has its content");
                  });
              assertTrue(session.left(live.key()).isEmpty(), "it is told once");
            });
  }

  /** Replaces two resources that were seen so, as the engine does to run a hook again. */
  private List<ApplyOutcome> replaceBoth(LiveResource a, LiveResource b) {
    List<PlannedAction> runs =
        Stream.of(a, b)
            .map(
                seen ->
                    ActionHead.ofWrite(
                        scenario().desired().get(seen.key()).orElseThrow(),
                        Precondition.MustEqual.of(seen)))
            .map(head -> new PlannedAction.RunHook(head).asWrite())
            .toList();
    List<ApplyOutcome> outcomes = new ArrayList<>();
    scenario()
        .inSession(
            scenario().plan(), session -> session.apply(runs, outcomes::add, Calls.UNBOUNDED));
    outcomes.sort(Comparator.comparing(ApplyOutcome::key));
    return outcomes;
  }

  private Inventory inventory() {
    return fixture().target().inventory().read(Calls.UNBOUNDED);
  }

  private void assertRemoving(List<ApplyOutcome> outcomes, String name) {
    ApplyOutcome.Removing removing =
        assertInstanceOf(ApplyOutcome.Removing.class, scenario().outcome(outcomes, name));
    assertFalse(removing.reason().isEmpty());
  }

  private List<ApplyOutcome> apply(Plan plan) {
    return scenario().apply(plan, Calls.UNBOUNDED);
  }

  private Effect effect(List<ApplyOutcome> outcomes, String name) {
    return scenario().outcome(outcomes, name).effect();
  }

  private void assertStale(List<ApplyOutcome> outcomes, String name) {
    ApplyOutcome.Failed failed =
        assertInstanceOf(ApplyOutcome.Failed.class, scenario().outcome(outcomes, name));
    assertTrue(
        Set.of(FailureCategory.STALE, FailureCategory.CONFLICT)
            .contains(failed.failure().category()),
        failed::toString);
  }

  private static void assertAllFailed(List<ApplyOutcome> outcomes, FailureCategory category) {
    for (ApplyOutcome outcome : outcomes) {
      ApplyOutcome.Failed failed = assertInstanceOf(ApplyOutcome.Failed.class, outcome);
      assertEquals(category, failed.failure().category());
    }
  }

  private static String large(int version) {
    return String.valueOf((char) ('a' + version)).repeat(LARGE);
  }
}
