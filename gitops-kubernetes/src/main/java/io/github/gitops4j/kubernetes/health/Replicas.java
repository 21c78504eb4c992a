package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthReport;
import java.util.Optional;

/**
 * Holds the numbers of a status against how many pods are wanted.
 *
 * @param live the object
 * @param wanted how many
 */
record Replicas(LiveView live, long wanted) {
  /** The server fills in 1 where nobody says how many. */
  static Replicas of(LiveView live) {
    return new Replicas(live, live.number("spec", "replicas").orElse(1));
  }

  /** Returns the report of a number that is too small. */
  Optional<HealthReport> fewer(String field, String what) {
    return fewer(field, what, wanted);
  }

  Optional<HealthReport> fewer(String field, String what, long needed) {
    long have = live.count("status", field);
    return have >= needed
        ? Optional.empty()
        : Optional.of(HealthReport.progressing(have + " of " + needed + " pods " + what));
  }

  /** Returns the report of pods that are too many. */
  Optional<HealthReport> surplus(long needed, String what) {
    long surplus = live.count("status", "replicas") - needed;
    return surplus <= 0
        ? Optional.empty()
        : Optional.of(HealthReport.progressing(surplus + " " + what + " still there"));
  }
}
