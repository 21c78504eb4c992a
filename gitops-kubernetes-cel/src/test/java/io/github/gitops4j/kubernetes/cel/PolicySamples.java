package io.github.gitops4j.kubernetes.cel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.kubernetes.manifest.KubernetesModel;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.Validation;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.List;

/** Policies, and objects whose comments say what is wrong with them. */
final class PolicySamples {
  private static final CallContext CALL = CallContext.unbounded();

  private PolicySamples() {}

  /** Returns the policies of a namespace, their parameters, and the namespace. */
  static String policies(String namespace) {
    return RuleSamples.text("policies.yaml").replace("$NS", namespace);
  }

  static String objects() {
    return RuleSamples.text("asked.yaml");
  }

  /** Returns what is found in objects that are in a namespace. */
  static List<InputFinding> check(String namespace, String given, String objects) {
    AdmissionPolicies.Builder policies = AdmissionPolicies.builder();
    if (!given.isEmpty()) {
      policies.add("policies.yaml", given.getBytes(UTF_8));
    }
    InMemoryTreeSource source = InMemoryTreeSource.empty();
    source.commit("manifests", tree -> tree.put("a.yaml", objects));
    return Validation.of(KubernetesModel.of(namespace))
        .with(List.of(policies.build()::check))
        .run(source.fetch(source.latest(CALL), CALL).tree(), CALL)
        .findings();
  }

  /** Returns findings as the comments have them, with their lines. */
  static List<String> shown(String namespace, List<InputFinding> findings) {
    return findings.stream()
        .map(
            finding ->
                finding.origin().line()
                    + (finding.severity() == InputFinding.Severity.ERROR
                        ? " wrong: "
                        : " warning: ")
                    + finding
                        .message()
                        .replaceFirst("^\\S+: ", "")
                        .replace("." + namespace + ":", ":"))
        .toList();
  }

  /** Returns the comments of objects, with their lines. */
  static List<String> expected(String objects) {
    return RuleSamples.comments(objects, "# ");
  }
}
