package io.github.gitops4j.application;

import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.gate.ApprovalRequired;
import io.github.gitops4j.gate.DeletionLimit;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.SignedBy;
import io.github.gitops4j.gate.Soak;
import io.github.gitops4j.gate.Windows;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.plan.ConflictPolicy;
import io.github.gitops4j.plan.DriftPolicy;
import io.github.gitops4j.plan.DriftRule;
import io.github.gitops4j.plan.IncompletePolicy;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.resource.FieldPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the policy part of an application file. */
final class PolicyReader {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

  private PolicyReader() {}

  static ApplicationPolicy defaults() {
    return new ApplicationPolicy(
        DEFAULT_INTERVAL,
        PlanPolicy.defaults(),
        List.of(DeletionLimit.relative()),
        FailedRevisionPolicy.retry());
  }

  static ApplicationPolicy read(Settings settings) {
    ApplicationPolicy policy =
        new ApplicationPolicy(
            settings.duration("interval").orElse(DEFAULT_INTERVAL),
            plan(settings),
            gates(settings),
            failed(settings));
    settings.done();
    return policy;
  }

  private static PlanPolicy plan(Settings settings) {
    return PlanPolicy.builder()
        .pruning(settings.flag("prune", true) ? PlanPolicy.Pruning.ON : PlanPolicy.Pruning.OFF)
        .drift(selfHeal(settings))
        .driftRules(
            settings.mappings("selfHealRules").stream().map(PolicyReader::driftRule).toList())
        .conflict(
            settings.flag("overwriteConflicts", false)
                ? ConflictPolicy.PREFER_DESIRED
                : ConflictPolicy.HOLD)
        .ownership(
            settings.flag("adopt", false)
                ? OwnershipPolicy.ADOPT_UNOWNED
                : OwnershipPolicy.MUST_MATCH)
        .incomplete(
            settings.flag("isolateBroken", false)
                ? IncompletePolicy.ISOLATE
                : IncompletePolicy.REFUSE)
        .ignoreRules(settings.mappings("ignore").stream().map(PolicyReader::ignoreRule).toList())
        .build();
  }

  private static DriftPolicy selfHeal(Settings settings) {
    if (settings.isFlag("selfHeal")) {
      return settings.flag("selfHeal", true) ? DriftPolicy.CORRECT : DriftPolicy.REPORT;
    }
    return settings
        .optionalText("selfHeal")
        .map(word -> driftPolicy(settings, "selfHeal", word))
        .orElse(DriftPolicy.CORRECT);
  }

  private static DriftPolicy driftPolicy(Settings settings, String key, String word) {
    return settings.constant(key, word, DriftPolicy.class).orElse(DriftPolicy.CORRECT);
  }

  private static DriftRule driftRule(Settings settings) {
    DriftRule rule =
        new DriftRule(
            settings.selector(),
            paths(settings),
            driftPolicy(settings, "mode", settings.text("mode")));
    settings.done();
    return rule;
  }

  private static List<Gate> gates(Settings settings) {
    List<Gate> gates = new ArrayList<>();
    OptionalInt deletions = settings.count("maxDeletions");
    gates.add(
        deletions.isPresent() ? DeletionLimit.of(deletions.getAsInt()) : DeletionLimit.relative());
    List<String> signers = settings.texts("signers");
    if (!signers.isEmpty()) {
      gates.add(SignedBy.anyOf(Set.copyOf(signers)));
    }
    if (settings.has("windows")) {
      gates.add(
          Windows.of(
              settings.mappings("windows").stream()
                  .flatMap(window -> WindowReader.read(window).stream())
                  .toList()));
    }
    settings.mappings("soak").forEach(soak -> gates.add(soak(soak)));
    if (settings.flag("requireApproval", false)) {
      gates.add(new ApprovalRequired());
    }
    return gates;
  }

  private static Soak soak(Settings settings) {
    String application = settings.text("application");
    Optional<Duration> time = settings.duration("for");
    if (time.isEmpty()) {
      settings.wrong("for", "a duration such as 30m");
    }
    settings.done();
    return Soak.in(application, time.orElse(Duration.ZERO));
  }

  private static FailedRevisionPolicy failed(Settings settings) {
    FailedRevisionPolicy retry =
        settings
            .optionalChild("retry")
            .map(PolicyReader::retry)
            .orElseGet(FailedRevisionPolicy::retry);
    return settings
        .optionalChild("rollback")
        .map(rollback -> retry.rollingBack(within(rollback)))
        .orElse(retry);
  }

  private static FailedRevisionPolicy retry(Settings settings) {
    OptionalInt attempts = settings.count("attempts");
    if (attempts.isEmpty() || attempts.getAsInt() < 1) {
      settings.wrong("attempts", "at least 1");
      attempts = OptionalInt.empty();
    }
    boolean rescuedByDrift = settings.flag("rescuedByDrift", false);
    settings.done();
    return new FailedRevisionPolicy(attempts, rescuedByDrift, Optional.empty());
  }

  private static Duration within(Settings settings) {
    Optional<Duration> within = settings.duration("within");
    if (within.isEmpty()) {
      settings.wrong("within", "how long after it became healthy a revision may fail, such as 10m");
    }
    settings.done();
    return within.orElse(Duration.ZERO);
  }

  private static IgnoreRule ignoreRule(Settings settings) {
    List<FieldPath> paths = paths(settings);
    List<String> managers = settings.texts("managers");
    if (paths.isEmpty() && managers.isEmpty()) {
      settings.wrong("paths", "at least one field path, or a field manager in managers");
      paths.add(FieldPath.root());
    }
    IgnoreRule.Builder rule =
        IgnoreRule.builder(paths).managers(managers).resources(settings.selector());
    settings.done();
    return rule.build();
  }

  private static List<FieldPath> paths(Settings settings) {
    List<FieldPath> paths = new ArrayList<>();
    for (String text : settings.texts("paths")) {
      try {
        paths.add(FieldPath.parse(text));
      } catch (IllegalArgumentException e) {
        settings.wrong("paths", "a field path: " + e.getMessage());
      }
    }
    return paths;
  }
}
