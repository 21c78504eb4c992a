package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.health.ConditionHealth;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class ConditionHealthContractTest extends HealthAssessorContract {
  private static final ResourceKey DEPLOYMENT = ResourceKey.of("apps", "Deployment", "shop", "web");

  @Override
  protected HealthAssessor createAssessor() {
    return ConditionHealth.create();
  }

  @Override
  protected List<LiveResource> examples() {
    return Stream.of(
            "metadata: {deletionTimestamp: '2024-01-01T00:00:00Z', generation: 2}",
            "metadata: {generation: 2}\nstatus: {observedGeneration: 1}",
            conditions("{type: Available, status: 'True', observedGeneration: 1}"),
            conditions(
                "{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded},"
                    + " {type: Ready, status: 'False', message: no node}"),
            conditions("{type: Reconciling, status: 'True'}, {type: Stalled, status: 'True'}"))
        .map(yaml -> live(DEPLOYMENT, yaml))
        .toList();
  }

  @Override
  protected List<LiveResource> notUnderstood() {
    ResourceKey set = ResourceKey.of("apps", "StatefulSet", "shop", "db");
    return List.of(
        live(set, "status: {readyReplicas: 1}"),
        live(DEPLOYMENT, conditions("{type: Available, status: Perhaps}")),
        live(DEPLOYMENT, conditions("{type: Ready}")));
  }

  private static String conditions(String conditions) {
    return "metadata: {generation: 1}\nstatus: {conditions: [" + conditions + "]}";
  }

  private static LiveResource live(ResourceKey key, String yaml) {
    Document document =
        YamlReader.create()
            .read("live.yaml", yaml.getBytes(StandardCharsets.UTF_8))
            .get(0)
            .document();
    return new LiveResource(key, "1", document.digest(), "uid", "", Optional.of(document));
  }
}
