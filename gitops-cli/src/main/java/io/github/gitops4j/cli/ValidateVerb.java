package io.github.gitops4j.cli;

import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.git.GitClone;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.kubernetes.cel.AdmissionPolicies;
import io.github.gitops4j.kubernetes.manifest.KubernetesModel;
import io.github.gitops4j.kubernetes.schema.KubernetesSchemas;
import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.CheckedInputs;
import io.github.gitops4j.source.InputCheck;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.source.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether everything is understood, and as it has to be. */
@Command(
    name = "validate",
    description = "Checks the application file and every declared file. Reaches no target.")
final class ValidateVerb implements Callable<Integer> {
  private final Gitops options;
  private final SharedPlaces places = new SharedPlaces();

  @Option(
      names = "--schema",
      paramLabel = "PATH",
      description =
          "Schemas of Kubernetes (OpenAPI, a .json file) or definitions of custom kinds: a file or"
              + " a directory of them; may be given more than once.")
  List<Path> schemas = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "PATH",
      description =
          "Policies of Kubernetes (ValidatingAdmissionPolicy) that are asked too, with what they"
              + " look at: a file or a directory of them; may be given more than once.")
  List<Path> policies = new ArrayList<>();

  @Option(
      names = "--manifests",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Checks these files and directories of Kubernetes manifests instead of applications.")
  List<Path> manifests = new ArrayList<>();

  @Option(
      names = "--tenants",
      paramLabel = "FILE",
      description = "Also checks that each application declares only what its tenant may write.")
  Optional<Path> tenants = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "REV",
      description = "Checks this revision of a clone instead of the tracked one.")
  Optional<String> to = Optional.empty();

  @Option(
      names = "--repository",
      paramLabel = "DIR",
      description =
          "The clone in which --to is (default: the one around the application file; without --to"
              + " its HEAD).")
  Optional<Path> repository = Optional.empty();

  @Option(names = "--strict", description = "Takes warnings for errors.")
  boolean strict;

  ValidateVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    boolean inClone = to.isPresent() || repository.isPresent();
    if (!manifests.isEmpty() && (tenants.isPresent() || inClone)) {
      throw Problems.wrong("--manifests", "expected no option of applications beside it");
    }
    KubernetesSchemas known = RuleFiles.schemas(schemas);
    AdmissionPolicies asked = RuleFiles.policies(policies);
    List<Supplier<? extends InputCheck>> checks = List.of(known::check, asked::check);
    try {
      return manifests.isEmpty()
          ? applications(checks)
          : options.session().once(options, call -> manifests(checks, call));
    } catch (InvalidInputException e) {
      // With the other findings as values, a pipeline shows each at its line.
      List<BrokenInput> broken = new ArrayList<>();
      broken.add(broken(e));
      for (Throwable other : e.getSuppressed()) {
        if (other instanceof InvalidInputException more) {
          broken.add(broken(more));
        }
      }
      ReportItem item = new ReportItem.OfInputs("", 0, broken, List.of(), List.of());
      return options.session().show(options, List.of(new Answer(item, Exit.ERROR)));
    }
  }

  private static BrokenInput broken(InvalidInputException finding) {
    return new BrokenInput(
        new Origin(finding.file(), 0, Math.max(0, finding.line())), finding.failure());
  }

  private Answer manifests(List<Supplier<? extends InputCheck>> checks, CallContext call) {
    CheckedInputs found =
        Validation.of(KubernetesModel.of("default"))
            .with(checks)
            .run(ManifestTree.of(manifests), call);
    return InputAnswer.of("", found, strict);
  }

  private int applications(List<Supplier<? extends InputCheck>> checks) {
    Optional<TenantRules> rules = tenants.map(file -> TenantRules.read(file, options.file));
    if (to.isEmpty() && repository.isEmpty()) {
      return options
          .session()
          .declared(options, (spec, call) -> Optional.of(application(spec, checks, rules, call)));
    }
    Path place = repository.orElseGet(() -> FileOperand.directory(options.file));
    try (GitClone clone = GitClone.open(place, JGitIsolation.install())) {
      CloneSources sources = CloneSources.at(clone, clone.resolve(to.orElse("HEAD")));
      int exit =
          options
              .session()
              .declared(
                  options,
                  sources.backends(),
                  (spec, call) ->
                      sources.has(spec.openSource())
                          ? Optional.of(application(spec, checks, rules, call))
                          : Optional.empty());
      sources.tellElsewhere(options.console());
      return exit;
    }
  }

  private Answer application(
      ApplicationSpec spec,
      List<Supplier<? extends InputCheck>> known,
      Optional<TenantRules> rules,
      CallContext call) {
    TreeSource source = spec.openSource();
    OfflineTarget target = OpenApplication.offline(spec);
    // Of files without objects in them these have nothing to say.
    List<Supplier<? extends InputCheck>> checks = new ArrayList<>(known);
    checks.add(() -> places.check(spec.name(), target.place()));
    rules.map(tenant -> tenant.of(spec, source)).ifPresent(check -> checks.add(() -> check));
    CheckedInputs found =
        Validation.of(target.model())
            .with(checks)
            .run(source.fetch(source.latest(call), call).tree(), call);
    places.add(spec.name(), target.place(), found.declared());
    return InputAnswer.of(spec.name(), found, strict).of(source);
  }
}
