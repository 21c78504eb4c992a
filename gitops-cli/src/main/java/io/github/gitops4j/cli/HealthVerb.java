package io.github.gitops4j.cli;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.kubernetes.health.KubernetesHealth;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** How healthy objects in files are. */
@Command(
    name = "health",
    description =
        "Judges live Kubernetes objects, as kubectl get -o yaml prints them, by their conditions."
            + " Needs no application file and no target.")
final class HealthVerb implements Callable<Integer> {
  private final Gitops options;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "YAML or JSON files, or directories of them; - is the standard input.")
  List<String> files = new ArrayList<>();

  HealthVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    SortedMap<ResourceKey, HealthReport> health = new TreeMap<>();
    FileDocuments.read(files, options.console().in())
        .forEach((key, document) -> health.put(key, judge(document)));
    if (health.isEmpty()) {
      throw new InvalidInputException(String.join(" ", files), 0, 0, "no object in it to judge");
    }
    boolean well =
        health.values().stream()
            .allMatch(
                report -> report.health() == Health.HEALTHY || report.health() == Health.SUSPENDED);
    return options
        .session()
        .show(
            options,
            List.of(
                new Answer(new ReportItem.OfHealth("", health), well ? Exit.DONE : Exit.CHANGES)));
  }

  private static HealthReport judge(FileDocument file) {
    if (file.form() != FileDocument.Form.MANIFEST) {
      return HealthReport.of(Health.UNKNOWN, file.origin() + " is no Kubernetes object");
    }
    LiveResource live =
        new LiveResource(
            file.key(), "", file.document().digest(), "", "", Optional.of(file.document()));
    Instant now = Instant.now();
    return KubernetesHealth.create()
        .assess(new HealthInput(file.key(), new Observation.Present(live), now, now));
  }
}
