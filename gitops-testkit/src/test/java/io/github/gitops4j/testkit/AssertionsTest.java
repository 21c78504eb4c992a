package io.github.gitops4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.gate.DeletionLimit;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AssertionsTest {
  private static final CallContext CALL = CallContext.unbounded();

  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryTarget target = InMemoryTarget.create();
  private final FaultPlan faults = FaultPlan.create();

  private Reconciler reconciler() {
    return Reconciler.builder(faults.around(source), faults.around(target))
        .retry(RetryPolicy.never())
        .build();
  }

  private PlanAssertions plan() {
    return PlanAssertions.assertThat(reconciler().plan(CALL));
  }

  private ReportAssertions pass() {
    ReconcileReport report = reconciler().reconcile(CALL);
    return ReportAssertions.assertThat(report);
  }

  private void declare(String name, String rest) {
    source.commit(
        name + rest,
        files -> files.put(name + ".yaml", "kind: Thing\nname: " + name + "\n" + rest + "\n"));
  }

  private void undeclare(String name) {
    source.commit("without " + name, files -> files.remove(name + ".yaml"));
  }

  private void edit(String name) {
    target.system().put(key(name), "kind: Thing\nname: " + name + "\nedited: true\n");
  }

  private static ResourceKey key(String name) {
    return ResourceKey.of("", "Thing", "", name);
  }

  /** A failure says what was expected, what was found, and shows the plan or report. */
  private static void assertFails(ThrowingCallable assertion, String... texts) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(texts);
  }

  @Test
  void planNamesWhatIsCreated() {
    declare("a", "");
    declare("b", "");
    plan().creates("Thing/b", "Thing/a").updates().adopts().holdsNothing().prunesNothing();
    assertFails(() -> plan().creates("Thing/a"), "CREATE exactly [Thing/a]", "Thing/b");
    assertFails(() -> plan().updates("Thing/a"), "UPDATE exactly [Thing/a]", "found []");
    assertFails(() -> plan().isEmpty(), "do nothing", "CREATE=2");
    assertFails(() -> plan().findsBroken("a.yaml"), "broken [a.yaml]");
  }

  @Test
  void planNamesWhatIsChangedAndRemoved() {
    declare("a", "");
    declare("b", "");
    declare("c", "");
    pass().converged();
    plan().isEmpty();
    declare("a", "size: 2");
    undeclare("b");
    undeclare("c");
    edit("c");
    plan().updates("Thing/a").prunes("Thing/b").quarantines("Thing/c");
    assertFails(() -> plan().prunesNothing(), "PRUNE exactly []", "[Thing/b]");
    assertFails(() -> plan().quarantines(), "QUARANTINE exactly []", "[Thing/c]");
    target.system().remove(key("b"));
    plan().prunes().releases("Thing/b");
    assertFails(() -> plan().releases(), "RELEASE");
  }

  @Test
  void planNamesWhatIsHeldAndWhy() {
    declare("a", "");
    declare("b", "");
    edit("a");
    plan().holds("Thing/a", HoldReason.UNMANAGED_IN_THE_WAY).creates("Thing/b");
    assertFails(() -> plan().holds("Thing/a", HoldReason.CONFLICT), "UNMANAGED_IN_THE_WAY");
    assertFails(() -> plan().holds("Thing/b", HoldReason.CONFLICT), "hold Thing/b for CONFLICT");
    assertFails(() -> plan().holdsNothing(), "HOLD exactly []", "[Thing/a]");
  }

  @Test
  void planKnowsOrderAndWaves() {
    declare("a", "gitops: {wave: 1}");
    declare("b", "");
    declare("c", "");
    plan().ordersAs("Thing/b", "Thing/a");
    plan().runsWaves(List.of(List.of("Thing/c", "Thing/b"), List.of("Thing/a")));
    assertFails(() -> plan().ordersAs("Thing/a", "Thing/b"), "order [Thing/a, Thing/b]");
    assertFails(() -> plan().runsWaves(List.of(List.of("Thing/a"))), "[[Thing/b, Thing/c]");
  }

  @Test
  void planNamesBrokenFiles() {
    declare("a", "");
    source.commit("broken", files -> files.put("x.yaml", "kind: [\n"));
    plan().findsBroken("x.yaml");
    assertFails(() -> plan().findsBroken(), "broken []", "[x.yaml]");
  }

  @Test
  void reportNamesEachEffect() {
    declare("a", "");
    declare("b", "");
    target.system().put(key("b"), "kind: Thing\nname: b\n");
    pass().converged().isDone().created("Thing/a").adopted("Thing/b").prunedNothing();
    pass().converged().changedNothing().created();
    declare("a", "size: 2");
    undeclare("b");
    ReportAssertions second = pass().updated("Thing/a").pruned("Thing/b").replaced().released();
    second.plan().updates("Thing/a");
    assertFails(second::changedNothing, "no change", "UPDATED=1", "PRUNED=1");
    assertFails(second::prunedNothing, "exactly [] PRUNED", "[Thing/b]");
    assertFails(() -> second.created("Thing/a"), "exactly [Thing/a] CREATED");
    assertFails(() -> second.quarantined("Thing/b"), "exactly [Thing/b] QUARANTINED");
    assertFails(() -> second.isAwaiting(), "waiting for []", "Done");
    assertFails(() -> second.isRefusedBy("x"), "refused by x", "Done");
  }

  @Test
  void reportKnowsWhatFailed() {
    declare("a", "");
    faults.at(InjectionPoint.BEFORE_APPLY, 1, Fault.meanwhile(() -> edit("a")));
    ReportAssertions stale = pass().isDone().failed("Thing/a", FailureCategory.STALE);
    assertFails(stale::converged, "live is as declared");
    assertFails(() -> stale.failed("Thing/a", FailureCategory.INTERNAL), "INTERNAL", "STALE");
    faults.at(
        InjectionPoint.BEFORE_LATEST,
        2,
        Fault.failing(() -> new SourceException(FailureCategory.FORBIDDEN, "not for you")));
    ReportAssertions stopped = pass().failedAt("resolve", FailureCategory.FORBIDDEN);
    assertFails(() -> stopped.failedAt("apply", FailureCategory.FORBIDDEN), "failed at apply");
    assertFails(stopped::isDone, "expected done", "resolve");
    assertFails(stopped::plan, "expected a plan");
  }

  @Test
  void reportKnowsWhatIsWaitedForAndWhatIsRefused() {
    declare("a", "");
    target.health(key("a"), Health.PROGRESSING);
    pass().isAwaiting("Thing/a");
    undeclare("a");
    declare("b", "");
    ReconcileReport refused =
        Reconciler.builder(source, target)
            .gates(List.of(DeletionLimit.of(0)))
            .build()
            .reconcile(CALL);
    String gate = DeletionLimit.of(0).name();
    ReportAssertions.assertThat(refused).isRefusedBy(gate);
    assertThat(target.system().resources()).containsOnlyKeys(key("a"));
  }
}
