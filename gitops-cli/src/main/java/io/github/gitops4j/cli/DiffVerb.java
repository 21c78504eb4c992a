package io.github.gitops4j.cli;

import io.github.gitops4j.diff.AdditionPolicy;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.kubernetes.diff.OfflineDiffer;
import io.github.gitops4j.report.Difference;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How two sets of files differ. */
@Command(
    name = "diff",
    description =
        "Compares declared files with live ones. Needs no application file and no target."
            + " Kubernetes manifests are matched by group, kind, namespace and name, other"
            + " documents by their place.")
final class DiffVerb implements Callable<Integer> {
  private static final Pattern MANAGER =
      Pattern.compile("(?:(?<kind>[A-Z][A-Za-z0-9]*):)?+(?<name>.+)");

  private final Gitops options;

  @Option(
      names = "--desired",
      required = true,
      paramLabel = "PATH",
      description = "A YAML or JSON file, or a directory of them; may be given more than once.")
  List<String> desired = new ArrayList<>();

  @Option(
      names = "--live",
      required = true,
      paramLabel = "PATH",
      description = "The same for the other side; - is the standard input.")
  List<String> live = new ArrayList<>();

  @Option(
      names = "--applied",
      paramLabel = "PATH",
      description =
          "What was applied last, for Kubernetes manifests: what it declares and --desired does"
              + " not is removed. Without it the managed fields of the live objects say so.")
  List<String> applied = new ArrayList<>();

  @Option(
      names = "--manager",
      paramLabel = "NAME",
      description =
          "The field manager whose managed fields say what was applied (default: any of gitops4j).")
  Optional<String> manager = Optional.empty();

  @Option(
      names = "--ignore",
      paramLabel = "[KIND:]PATH",
      description = "A field that does not count, such as Deployment:/spec/replicas.")
  List<String> ignored = new ArrayList<>();

  @Option(
      names = "--ignore-manager",
      paramLabel = "[KIND:]NAME",
      description =
          "A field manager whose fields do not count, in Kubernetes manifests with managed fields,"
              + " such as Deployment:kube-controller-manager.")
  List<String> ignoredManagers = new ArrayList<>();

  @Option(
      names = "--additions",
      paramLabel = "WHAT",
      description =
          "Fields that only live has: one of ${COMPLETION-CANDIDATES} (default: ignore in"
              + " Kubernetes manifests, report elsewhere).")
  Optional<Additions> additions = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where live objects are whose manifest names no namespace.")
  String namespace = "default";

  DiffVerb(Gitops options) {
    this.options = options;
  }

  /** The words of the option. */
  enum Additions {
    ignore(AdditionPolicy.IGNORE),
    report(AdditionPolicy.REPORT);

    private final AdditionPolicy policy;

    Additions(AdditionPolicy policy) {
      this.policy = policy;
    }
  }

  @Override
  public Integer call() {
    if (Stream.of(desired, live, applied)
            .filter(side -> side.contains(FileDocuments.STANDARD_INPUT))
            .count()
        > 1) {
      throw new InvalidInputException("-", 0, 0, "only one side can be the standard input");
    }
    InputStream in = options.console().in();
    SortedMap<ResourceKey, FileDocument> declared = FileDocuments.read(desired, in);
    SortedMap<ResourceKey, FileDocument> found = FileDocuments.read(live, in);
    FileComparison comparison =
        new FileComparison(
            manifests(FileDocuments.read(applied, in)),
            additions.map(word -> word.policy).orElse(AdditionPolicy.REPORT),
            namespace,
            Stream.concat(
                    ignored.stream().map(DiffVerb::rule),
                    ignoredManagers.stream().map(DiffVerb::managerRule))
                .toList());
    List<Difference> differences = comparison.compare(declared, found);
    return options
        .session()
        .show(
            options,
            List.of(
                new Answer(
                    new ReportItem.OfDiff("", differences),
                    differences.isEmpty() ? Exit.DONE : Exit.CHANGES)));
  }

  private OfflineDiffer manifests(SortedMap<ResourceKey, FileDocument> before) {
    OfflineDiffer.Builder differ =
        OfflineDiffer.builder()
            .additions(additions.map(word -> word.policy).orElse(AdditionPolicy.IGNORE))
            .applied(key -> before(key, before).map(FileDocument::document));
    manager.ifPresent(differ::manager);
    return differ.build();
  }

  /** Finds what was applied, which may have named no namespace. */
  private Optional<FileDocument> before(
      ResourceKey key, SortedMap<ResourceKey, FileDocument> applied) {
    FileDocument found = applied.get(key);
    if (found == null && key.namespace().equals(namespace)) {
      found = applied.get(ResourceKey.of(key.group(), key.kind(), "", key.name()));
    }
    return Optional.ofNullable(found);
  }

  private static IgnoreRule rule(String text) {
    int slash = text.indexOf('/');
    String kind = slash > 0 && text.charAt(slash - 1) == ':' ? text.substring(0, slash - 1) : "";
    String path = kind.isEmpty() ? text : text.substring(slash);
    try {
      if (path.isEmpty()) {
        throw new IllegalArgumentException("it is empty");
      }
      return IgnoreRule.builder(List.of(FieldPath.parse(path))).kind(kind).build();
    } catch (IllegalArgumentException e) {
      throw Problems.wrong(
          "--ignore", "expected [KIND:]PATH such as Deployment:/spec/replicas: " + e.getMessage());
    }
  }

  /** Names of managers may have colons too, names of kinds begin with a capital letter. */
  private static IgnoreRule managerRule(String text) {
    Matcher parts = MANAGER.matcher(text);
    if (!parts.matches()) {
      throw Problems.wrong(
          "--ignore-manager", "expected [KIND:]NAME such as Deployment:kube-controller-manager");
    }
    String kind = Optional.ofNullable(parts.group("kind")).orElse("");
    return IgnoreRule.builder(List.of()).managers(List.of(parts.group("name"))).kind(kind).build();
  }
}
