package io.github.gitops4j.kubernetes.cel;

import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.kubernetes.health.KubernetesHealth;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.YamlReader;
import io.github.gitops4j.testkit.contract.HealthAssessorContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class CelHealthContractTest extends HealthAssessorContract {
  private static final ResourceKey KEY =
      ResourceKey.of("example.com", "Database", "shop", "orders");

  @Override
  protected HealthAssessor createAssessor() {
    return KubernetesHealth.builder()
        .rule(
            "example.com",
            "Database",
            CelHealthRule.builder("status.state == 'ready' && status.ready >= spec.size")
                .suspended("spec.paused")
                .degraded("status.conditions.exists(c, c.type == 'Failed' && c.status == 'True')")
                .reason("status.message")
                .build())
        .build();
  }

  @Override
  protected List<LiveResource> examples() {
    return Stream.of(
            "{spec: {size: 2, paused: true}, status: {state: ready, ready: 2}}",
            "{spec: {size: 2}, status: {state: ready, ready: 2, message: well}}",
            "{spec: {size: 2}, status: {conditions: [{type: Failed, status: 'True'}]}}")
        .map(CelHealthContractTest::live)
        .toList();
  }

  @Override
  protected List<LiveResource> notUnderstood() {
    return Stream.of(
            "{}", "{spec: {paused: 7}}", "{spec: {size: two}, status: {state: ready, ready: 2}}")
        .map(CelHealthContractTest::live)
        .toList();
  }

  private static LiveResource live(String yaml) {
    Document document =
        YamlReader.create()
            .read("live.yaml", yaml.getBytes(StandardCharsets.UTF_8))
            .get(0)
            .document();
    return new LiveResource(KEY, "1", document.digest(), "uid", "", Optional.of(document));
  }
}
