package io.github.gitops4j.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HealthTableTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  static List<HealthTable.Case> cases() {
    return HealthTable.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void kindsAreJudgedByTheirTable(HealthTable.Case row) {
    Optional<Instant> until =
        row.until().isEmpty() ? Optional.empty() : Optional.of(Instant.parse(row.until()));

    Instant waited =
        row.waited().isEmpty() ? NOW.minus(Duration.ofDays(10)) : Instant.parse(row.waited());

    assertThat(
            KubernetesHealth.create()
                .assess(
                    new HealthInput(
                        row.live().key(), new Observation.Present(row.live()), NOW, waited)))
        .isEqualTo(new HealthReport(row.health(), row.reason(), until));
  }
}
