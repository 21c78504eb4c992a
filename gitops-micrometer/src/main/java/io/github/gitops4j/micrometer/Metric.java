package io.github.gitops4j.micrometer;

import java.util.List;

/** Every metric with its labels; the page about metrics is held against this list. */
enum Metric {
  PASS("gitops.pass", "timer", "result"),
  PASS_FAILURES("gitops.pass.failures", "counter", "stage, category"),
  CONVERGENCE("gitops.convergence", "timer", ""),
  ACTIONS("gitops.actions", "counter", "kind, effect"),
  GATE_DECISIONS("gitops.gate.decisions", "counter", "gate, verdict"),
  DRIFT("gitops.drift", "counter", ""),
  FIGHTS("gitops.fights", "counter", ""),
  TURNS("gitops.turns", "counter", "cause"),
  EVENTS_MISSED("gitops.events.missed", "counter", ""),
  APPLICATIONS_SYNC("gitops.applications.sync", "gauge", "sync"),
  APPLICATIONS_HEALTH("gitops.applications.health", "gauge", "health"),
  APPLICATIONS_CONDITION("gitops.applications.condition", "gauge", "type"),
  TURNS_QUEUED("gitops.turns.queued", "gauge", ""),
  TURNS_RUNNING("gitops.turns.running", "gauge", ""),
  OLDEST_SUCCESS("gitops.pass.oldest.success", "gauge", "");

  private final String meter;
  private final String type;
  private final String labels;

  Metric(String meter, String type, String labels) {
    this.meter = meter;
    this.type = type;
    this.labels = labels;
  }

  String meter() {
    return meter;
  }

  /** Returns timer, counter or gauge. */
  String type() {
    return type;
  }

  List<String> labels() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(", "));
  }

  /** Says whether it may have the name of the application as a label. */
  boolean isOfApplications() {
    return !type.equals("gauge") && this != EVENTS_MISSED;
  }
}
