package io.github.gitops4j.forge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.forge.FakeForge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an application stands, as statuses of commits. */
class StatusPublisherTest {
  private static final ResourceKey WEB = ResourceKey.of("apps", "Deployment", "shop", "web");

  private final FakeForge forge = FakeForge.start();
  private final ManualClock clock = ManualClock.create();
  private final Publisher publisher = Publisher.builder(Runnable::run, clock).build();
  private final StatusPublisher listener =
      StatusPublisher.builder(publisher, Told.client(forge, Forge.GITLAB).build())
          .applications(name -> name.startsWith("shop"))
          .deployments()
          .pages(name -> Optional.of(Told.PAGE.resolve("/" + name)))
          .build();

  @AfterEach
  void stop() {
    publisher.close();
    forge.close();
  }

  private static ApplicationStatus status(
      Optional<Revision> head,
      Optional<PassResult> result,
      ApplicationStatus.Sync sync,
      SortedMap<ResourceKey, HealthReport> unhealthy,
      Condition... conditions) {
    return new ApplicationStatus(
        "shop",
        ApplicationStatus.Activity.RESTING,
        sync,
        unhealthy,
        head,
        Optional.empty(),
        result.map(
            known -> ReconcileReport.builder("op", Instant.EPOCH).build(known, Instant.EPOCH)),
        List.of(conditions),
        0,
        Optional.empty());
  }

  private static ApplicationStatus ended(PassResult result, Condition... conditions) {
    return status(
        Optional.of(Told.MAIN),
        Optional.of(result),
        ApplicationStatus.Sync.IN_SYNC,
        new TreeMap<>(),
        conditions);
  }

  private static Optional<String> standing(ApplicationStatus status) {
    return Standing.of(status).map(known -> known.state().word() + ": " + known.words());
  }

  private static Optional<String> afterAPass(
      ApplicationStatus.Sync sync, SortedMap<ResourceKey, HealthReport> unhealthy) {
    return standing(
        status(Optional.of(Told.MAIN), Optional.of(new PassResult.Done()), sync, unhealthy));
  }

  private static PassResult refused(GateVerdict verdict) {
    return new PassResult.Refused(List.of(new GateDecision("window", verdict)));
  }

  private static PassResult failed(FailureCategory category) {
    return new PassResult.Failed("fetch", Failure.of(category, "why"));
  }

  @Test
  void eachEndOfAPassHasAState() {
    assertThat(standing(ended(new PassResult.Done()))).contains("success: in sync");
    assertThat(standing(ended(refused(new GateVerdict.Deny("closed")))))
        .contains("refused: window: closed");
    assertThat(standing(ended(refused(new GateVerdict.Await("not yet", Optional.empty())))))
        .contains("waiting: window: not yet");
    assertThat(standing(ended(new PassResult.Awaiting("wave 1", List.of(WEB), Instant.EPOCH))))
        .contains("running: wave 1 waits for 1");
    assertThat(standing(ended(failed(FailureCategory.INVALID_INPUT))))
        .contains("failed: fetch failed: why");
    assertThat(standing(ended(failed(FailureCategory.UNAVAILABLE))))
        .contains("error: fetch failed: why");
  }

  @Test
  void healthAndDriftAreToldToo() {
    TreeMap<ResourceKey, HealthReport> unhealthy = new TreeMap<>();
    assertThat(afterAPass(ApplicationStatus.Sync.OUT_OF_SYNC, unhealthy))
        .contains("changes: live differs");
    unhealthy.put(WEB, HealthReport.degraded("it crashes"));
    assertThat(afterAPass(ApplicationStatus.Sync.IN_SYNC, unhealthy))
        .contains("failed: applied, and degraded: " + WEB);
    unhealthy.put(WEB, HealthReport.progressing("it starts"));
    assertThat(afterAPass(ApplicationStatus.Sync.IN_SYNC, unhealthy))
        .contains("running: waits for " + WEB);
  }

  @Test
  void whatIsNotOursOrNoCommitIsNotTold() {
    for (Condition.Type type :
        List.of(Condition.Type.SUSPENDED, Condition.Type.ELSEWHERE, Condition.Type.REMOVING)) {
      assertThat(standing(ended(new PassResult.Done(), new Condition(type, "x")))).isEmpty();
    }
    assertThat(
            standing(
                ended(
                    new PassResult.Done(),
                    new Condition(Condition.Type.DEPENDENCY_NOT_READY, "waits for db"))))
        .contains("pending: waits for db");
    Revision directory = Revision.ofId("sha256:1");
    assertThat(
            standing(
                status(
                    Optional.of(directory),
                    Optional.of(new PassResult.Done()),
                    ApplicationStatus.Sync.IN_SYNC,
                    new TreeMap<>())))
        .isEmpty();
    assertThat(
            standing(
                status(
                    Optional.empty(),
                    Optional.empty(),
                    ApplicationStatus.Sync.UNKNOWN,
                    new TreeMap<>())))
        .isEmpty();
  }

  @Test
  void aPassThatWasBrokenOffIsNotTold() {
    assertThat(standing(ended(failed(FailureCategory.CANCELLED)))).isEmpty();

    assertThat(standing(withFailures(FailureCategory.CANCELLED, FailureCategory.CANCELLED)))
        .isEmpty();
    assertThat(standing(withFailures(FailureCategory.CANCELLED, FailureCategory.FORBIDDEN)))
        .contains("failed: 2 failed");
  }

  private static ApplicationStatus withFailures(FailureCategory... categories) {
    List<ApplyOutcome> outcomes = new ArrayList<>();
    for (FailureCategory category : categories) {
      outcomes.add(new ApplyOutcome.Failed(WEB, Failure.of(category, "why")));
    }
    ApplicationStatus done = ended(new PassResult.Done());
    return new ApplicationStatus(
        done.name(),
        done.activity(),
        done.sync(),
        done.unhealthy(),
        done.head(),
        done.reached(),
        Optional.of(
            ReconcileReport.builder("op", Instant.EPOCH)
                .outcomes(outcomes)
                .build(new PassResult.Done(), Instant.EPOCH)),
        done.conditions(),
        done.failures(),
        done.nextTurn());
  }

  @Test
  void theApplicationsThatAreChosenAreToldAndEachStateOnce() {
    listener.onEvent(new ControllerEvent.TurnEnded("other", ended(new PassResult.Done())));
    assertThat(forge.requests()).isEmpty();

    for (int i = 0; i < 3; i++) {
      listener.onEvent(new ControllerEvent.TurnEnded("shop", ended(new PassResult.Done())));
    }
    listener.onEvent(
        new ControllerEvent.TurnEnded("shop", ended(failed(FailureCategory.UNAVAILABLE))));
    listener.onEvent(new ControllerEvent.Missed(3));
    listener.onEvent(new ControllerEvent.ApplicationRemoved("shop"));

    assertThat(forge.statuses(Told.SHA))
        .extracting((Mapping status) -> status.text("state").orElseThrow())
        .containsExactly("success", "failed");
    assertThat(Told.last(forge).json())
        .isEqualTo(
            "{\"description\":\"fetch failed: why\",\"name\":\"gitops/shop\",\"ref\":\"main\","
                + "\"state\":\"failed\",\"target_url\":\"https://ci.example.com/shop\"}");
    assertThat(forge.deployments()).as("nothing was deployed").isEmpty();
  }
}
