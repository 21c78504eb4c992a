package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;

/** A Service: one with a load balancer waits for its addresses, any other is there at once. */
final class ServiceHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    if (!live.text("spec", "type").equals("LoadBalancer")) {
      return HealthReport.healthy();
    }
    if (live.text("spec", "clusterIP").isEmpty()) {
      return HealthReport.progressing("it has no cluster address yet");
    }
    return live.hasAnyIn("status", "loadBalancer", "ingress")
        ? HealthReport.healthy()
        : HealthReport.progressing("its load balancer has no address yet");
  }
}
