package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;

/** An Ingress: it waits for the address that its controller publishes. */
final class IngressHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    return live.hasAnyIn("status", "loadBalancer", "ingress")
        ? HealthReport.healthy()
        : HealthReport.progressing("no controller has published an address for it yet");
  }
}
