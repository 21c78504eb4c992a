package io.github.gitops4j.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How to test deployment logic: source, target and time are in the hands of the test. */
class DeploymentServiceTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-03-02T23:00:00Z");
  private static final ResourceKey DATABASE = ResourceKey.of("", "Database", "", "db");
  private static final ResourceKey WEB = ResourceKey.of("", "Service", "", "web");

  private final InMemoryTarget target = InMemoryTarget.create();
  private final RecordingListener events = new RecordingListener();
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();

  private void commitShop() {
    source.commit(
        "Open the shop",
        files ->
            files
                .put("db.yaml", "kind: Database\nname: db\nspec: {size: 1}\n")
                .put("web.yaml", "kind: Service\nname: web\ngitops: {dependsOn: [Database/db]}\n"));
  }

  private DeploymentService service(Instant now) {
    return new DeploymentService(source, target, ManualClock.at(now), events);
  }

  @Test
  void writesNothingAtNight() {
    commitShop();
    ReconcileReport report = service(NIGHT).pass();
    assertThat(report.result()).isInstanceOf(PassResult.Refused.class);
    assertThat(report.decisions())
        .filteredOn(decision -> !decision.allows())
        .singleElement()
        .extracting(decision -> decision.verdict())
        .isEqualTo(
            new GateVerdict.Await(
                "the office is closed", Optional.of(Instant.parse("2026-03-03T08:00:00Z"))));
    assertThat(target.system().resources()).isEmpty();
  }

  @Test
  void waitsForTheDatabaseBeforeItWritesWhatNeedsIt() {
    commitShop();
    target.health(DATABASE, Health.PROGRESSING);
    DeploymentService service = service(NOON);
    assertThat(service.pass().result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(target.system().resources()).containsOnlyKeys(DATABASE);

    target.health(DATABASE, Health.HEALTHY);
    assertThat(service.pass().converged()).isTrue();
    assertThat(target.system().resources()).containsOnlyKeys(DATABASE, WEB);
    assertThat(events.events(ReconcileEvent.ResourceApplied.class)).hasSize(2);
  }

  @Test
  void putsRightWhatSomebodyChanged() {
    commitShop();
    DeploymentService service = service(NOON);
    service.pass();
    target.system().put(DATABASE, "kind: Database\nname: db\nspec: {size: 9}\n");
    assertThat(service.pass().outcomes()).hasSize(1);
    assertThat(service.pass().changedAnything()).isFalse();
  }

  @Test
  void passesOnTheExecutorOfTheService() throws InterruptedException {
    commitShop();
    CountDownLatch ended = new CountDownLatch(2);
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    try (DeploymentService service =
        new DeploymentService(
            source,
            target,
            ManualClock.at(NOON),
            event -> {
              if (event instanceof ReconcileEvent.PassEnded) {
                ended.countDown();
              }
            })) {
      Future<?> passes = service.schedule(executor, Duration.ofMillis(1));
      assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(passes).isNotDone();
    } finally {
      executor.shutdownNow();
    }
    assertThat(target.system().resources()).containsOnlyKeys(DATABASE, WEB);
  }

  @Test
  void aClosedServiceWritesNothing() {
    commitShop();
    DeploymentService service = service(NOON);
    service.close();
    assertThat(service.pass().result()).isInstanceOf(PassResult.Failed.class);
    assertThat(target.system().resources()).isEmpty();
  }
}
