package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link HealthAssessor} against its rules {@code HA-1} to {@code HA-4}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class HealthAssessorContract extends ContractKit {
  private static final Instant NOW = Instant.parse("2024-01-01T12:00:00Z");
  private static final List<Duration> WAITED =
      List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofDays(1000));

  /** Creates the kit. */
  protected HealthAssessorContract() {}

  /** Makes an assessor; all that are made have the same options. */
  protected abstract HealthAssessor createAssessor();

  /** Returns live resources of every kind and in every state that the assessor tells apart. */
  protected abstract List<LiveResource> examples();

  /**
   * Returns live resources of kinds that the assessor knows, in states that it does not understand.
   * Needs {@link Capability#JUDGED_CONTENT}.
   */
  protected List<LiveResource> notUnderstood() {
    throw Lacking.undeclared(Capability.JUDGED_CONTENT);
  }

  private static HealthInput input(LiveResource live, Observation observed, Duration waited) {
    return new HealthInput(live.key(), observed, NOW, NOW.minus(waited));
  }

  private static HealthInput present(LiveResource live, Duration waited) {
    return input(live, new Observation.Present(live), waited);
  }

  @Test
  @ContractRule("HA-1")
  final void theSameInputGivesTheSameReport() {
    HealthAssessor assessor = createAssessor();
    List<HealthInput> inputs = new ArrayList<>();
    for (LiveResource live : examples()) {
      WAITED.forEach(waited -> inputs.add(present(live, waited)));
      inputs.add(input(live, Observation.Absent.INSTANCE, Duration.ZERO));
    }
    assertFalse(inputs.isEmpty(), "there are examples");
    List<HealthReport> reports = inputs.stream().map(assessor::assess).toList();
    HealthAssessor other = createAssessor();
    for (int i = inputs.size() - 1; i >= 0; i--) {
      assertEquals(reports.get(i), assessor.assess(inputs.get(i)));
      assertEquals(reports.get(i), other.assess(inputs.get(i)));
    }
  }

  @Test
  @ContractRule("HA-2")
  final void absentIsMissingAndUnreadableIsUnknown() {
    Failure failure = Failure.of(FailureCategory.FORBIDDEN, "reading failed: not allowed");
    for (LiveResource live : examples()) {
      for (Duration waited : WAITED) {
        HealthReport absent =
            createAssessor().assess(input(live, Observation.Absent.INSTANCE, waited));
        assertEquals(Health.MISSING, absent.health());
        HealthReport unreadable =
            createAssessor().assess(input(live, new Observation.Unreadable(failure), waited));
        assertEquals(Health.UNKNOWN, unreadable.health());
        assertTrue(unreadable.reason().contains(failure.message()), unreadable::reason);
      }
    }
  }

  @Test
  @ContractRule("HA-3")
  final void nothingFoundInAResourceMakesItThrow() {
    HealthAssessor assessor = createAssessor();
    for (LiveResource live : examples()) {
      check(assessor, live);
      check(assessor, with(live, Optional.empty()));
      live.document()
          .ifPresent(
              document -> {
                for (Value spoiled : Spoiled.of(document.root())) {
                  check(assessor, with(live, Optional.of(Document.of(spoiled))));
                }
              });
    }
  }

  private static LiveResource with(LiveResource live, Optional<Document> document) {
    return new LiveResource(
        live.key(), live.token(), live.digest(), live.uid(), live.owner(), document);
  }

  private static void check(HealthAssessor assessor, LiveResource live) {
    for (Duration waited : WAITED) {
      HealthReport report = assessor.assess(present(live, waited));
      assertNotEquals(Health.MISSING, report.health(), "it is there");
      assertEquals(report.health() == Health.HEALTHY, report.reason().isBlank(), report::toString);
      report.reassessAt().ifPresent(at -> assertTrue(at.isAfter(NOW), report::toString));
    }
  }

  @Test
  @ContractRule(value = "HA-3", needs = Capability.JUDGED_CONTENT)
  final void whatIsNotUnderstoodIsNotHealthy() {
    assertFalse(notUnderstood().isEmpty(), "there are examples");
    for (LiveResource live : notUnderstood()) {
      HealthReport report = createAssessor().assess(present(live, Duration.ZERO));
      assertTrue(
          Set.of(Health.UNKNOWN, Health.PROGRESSING).contains(report.health()), report::toString);
    }
  }

  @Test
  @ContractRule("HA-4")
  final void whoJudgesPresenceOnlyFindsAllHealthyThatIsThere() {
    HealthAssessor assessor = createAssessor();
    for (LiveResource live : examples()) {
      if (assessor.judgesPresenceOnly(live.key())) {
        Health health = assessor.assess(present(live, Duration.ZERO)).health();
        assertTrue(Set.of(Health.HEALTHY, Health.TERMINATING).contains(health), live::toString);
      }
    }
  }
}
