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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** How healthy objects in files are. */
@Command(
    name = "health",
    description =
        "Judges live Kubernetes objects, as kubectl get -o yaml prints them. As text, a line for each:"
            + " file, group/kind, namespace/name, health and reason, with tabs between."
            + " Needs no application file and no target.")
final class HealthVerb implements Callable<Integer> {
  /** What would end a column or a line. */
  private static final Pattern BLANKS = Pattern.compile("[\\p{Cntrl}\\s]+");

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
    FileDocuments documents = FileDocuments.all(files, options.console().in());
    int exit = options.output == OutputFormat.text ? lines(documents) : report(documents);
    if (documents.inOrder().isEmpty()) {
      throw new InvalidInputException(String.join(" ", files), 0, 0, "no object in it to judge");
    }
    return exit;
  }

  /** Shows a line for each object, also if something else cannot be read. */
  private int lines(FileDocuments documents) {
    List<HealthReport> reports = new ArrayList<>();
    for (FileDocument document : documents.inOrder()) {
      HealthReport report = judge(document);
      reports.add(report);
      options.console().out().print(line(document, report) + "\n");
    }
    options.console().out().flush();
    documents.refuseFindings();
    if (!options.reports().isEmpty()) {
      options.session().report(options, List.of(answer(documents)));
    }
    return exit(reports).code();
  }

  private int report(FileDocuments documents) {
    return options.session().show(options, List.of(answer(documents)));
  }

  private static Answer answer(FileDocuments documents) {
    SortedMap<ResourceKey, HealthReport> health = new TreeMap<>();
    documents.byKey().forEach((key, document) -> health.put(key, judge(document)));
    return new Answer(new ReportItem.OfHealth("", health), exit(health.values()));
  }

  private static Exit exit(Collection<HealthReport> reports) {
    boolean well =
        reports.stream()
            .allMatch(
                report -> report.health() == Health.HEALTHY || report.health() == Health.SUSPENDED);
    return well ? Exit.DONE : Exit.CHANGES;
  }

  private static String line(FileDocument document, HealthReport report) {
    String file = document.origin().file();
    ResourceKey key = document.key();
    return Stream.of(
            file.equals(FileDocuments.STANDARD_INPUT_NAME) ? FileDocuments.STANDARD_INPUT : file,
            key.group() + "/" + key.kind(),
            key.namespace() + "/" + key.name(),
            report.health().name(),
            report.reason())
        .map(part -> BLANKS.matcher(part).replaceAll(" "))
        .collect(Collectors.joining("\t"));
  }

  private static HealthReport judge(FileDocument file) {
    if (file.form() != FileDocument.Form.MANIFEST) {
      return HealthReport.of(Health.UNKNOWN, file.origin() + " is no Kubernetes object");
    }
    LiveResource live =
        new LiveResource(
            file.key(), "", file.document().digest(), "", "", Optional.of(file.document()));
    // Nobody says since when a file is as it is: it is at rest.
    return KubernetesHealth.create()
        .assess(
            new HealthInput(
                file.key(), new Observation.Present(live), Instant.now(), Instant.EPOCH));
  }
}
