package io.github.gitops4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import io.github.gitops4j.testkit.fault.SimulatedCrash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/testkit.md quotes. */
class DocumentationTest {
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryTarget target = InMemoryTarget.create();
  private final Reconciler reconciler = Reconciler.builder(source, target).build();
  private final CallContext call = CallContext.unbounded();

  @Test
  void whatIsNoLongerDeclaredIsPruned() {
    source.commit(
        "first",
        files ->
            files
                .put("web.yaml", "kind: Service\nname: web\nport: 80\n")
                .put("db.yaml", "kind: Database\nname: db\n"));
    ReportAssertions.assertThat(reconciler.reconcile(call))
        .converged()
        .created("Service/web", "Database/db");

    source.commit("second", files -> files.remove("db.yaml"));
    ReportAssertions.assertThat(reconciler.reconcile(call)).converged().pruned("Database/db");
    assertThat(target.system().resources()).hasSize(1);
  }

  @Test
  void aPlanReadsAsASentence() {
    source.commit("first", files -> files.put("db.yaml", "kind: Database\nname: db\n"));
    reconciler.reconcile(call);
    target.system().put(ResourceKey.of("", "Service", "", "api"), "kind: Service\nname: api\n");
    source.commit(
        "second",
        files ->
            files
                .put("db.yaml", "kind: Database\nname: db\nsize: 2\n")
                .put("api.yaml", "kind: Service\nname: api\nport: 1\n")
                .put("web.yaml", "kind: Service\nname: web\ngitops: {wave: 1}\n"));
    PlanAssertions.assertThat(reconciler.plan(call))
        .creates("Service/web")
        .updates("Database/db")
        .prunesNothing()
        .holds("Service/api", HoldReason.UNMANAGED_IN_THE_WAY)
        .runsWaves(List.of(List.of("Database/db"), List.of("Service/web")));
  }

  @Test
  void aTimeoutTakesNoTime() {
    ManualClock clock = ManualClock.create();
    Reconciler patient =
        Reconciler.builder(source, target)
            .clock(clock)
            .retry(RetryPolicy.builder().pause(clock).build())
            .build();
    CallContext minute = clock.callWithin(Duration.ofMinutes(1));
    clock.advance(Duration.ofMinutes(2));
    ReportAssertions.assertThat(patient.reconcile(minute))
        .failedAt("history", FailureCategory.TIMEOUT);
  }

  @Test
  void aHostIsToldWhatHappens() {
    source.commit("first", files -> files.put("db.yaml", "kind: Database\nname: db\n"));
    RecordingListener listener = new RecordingListener();
    Reconciler.builder(source, target).listener(listener).build().reconcile(call);
    assertThat(listener.events(ReconcileEvent.ResourceApplied.class)).hasSize(1);
  }

  @Test
  void somebodyElseComesFirst() {
    source.commit("first", files -> files.put("web.yaml", "kind: Service\nname: web\n"));
    ResourceKey web = ResourceKey.of("", "Service", "", "web");
    FaultPlan faults =
        FaultPlan.create()
            .at(
                InjectionPoint.BEFORE_FETCH,
                1,
                Fault.failing(
                    () -> new SourceException(FailureCategory.UNAVAILABLE, "main: no route")))
            .at(
                InjectionPoint.BEFORE_APPLY,
                1,
                Fault.meanwhile(
                    () -> target.system().put(web, "kind: Service\nname: web\nx: 1\n")));
    Reconciler unlucky =
        Reconciler.builder(faults.around(source), faults.around(target))
            .retry(RetryPolicy.builder().pause(ManualClock.create()).build())
            .build();
    ReportAssertions.assertThat(unlucky.reconcile(call))
        .failed("Service/web", FailureCategory.STALE);
    assertThat(faults.struck())
        .containsExactly(InjectionPoint.BEFORE_FETCH, InjectionPoint.BEFORE_APPLY);
  }

  @Test
  void nothingIsLostWhereverTheProcessDies() {
    int calls = crashAt(FaultPlan.create()).calls().size();
    assertThat(calls).isGreaterThan(10);
    for (int n = 1; n <= calls; n++) {
      assertThat(crashAt(FaultPlan.create().atCall(n, Fault.crash())).struck()).hasSize(1);
    }
  }

  private static FaultPlan crashAt(FaultPlan faults) {
    InMemoryTreeSource source = InMemoryTreeSource.with("web.yaml", "kind: Service\nname: web\n");
    InMemoryTarget target = InMemoryTarget.create();
    CallContext call = CallContext.unbounded();
    try {
      Reconciler.builder(source, faults.around(target)).build().reconcile(call);
    } catch (SimulatedCrash crash) {
      // The process is gone. The next one finds what was stored.
    }
    Reconciler next = Reconciler.builder(source, target).build();
    ReportAssertions.assertThat(next.reconcile(call)).converged();
    assertThat(target.system().resources()).hasSize(1);
    return faults;
  }
}
