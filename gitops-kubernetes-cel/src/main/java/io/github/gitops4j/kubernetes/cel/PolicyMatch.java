package io.github.gitops4j.kubernetes.cel;

import io.github.gitops4j.resource.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which objects a policy or its binding is about.
 *
 * @param rules which kinds; empty is all, which only a binding has
 * @param excluded which kinds are not
 * @param namespaces the labels of their namespaces
 * @param objects their labels
 */
record PolicyMatch(
    List<Mapping> rules, List<Mapping> excluded, LabelSelector namespaces, LabelSelector objects) {
  /** What a server labels each namespace with. */
  static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private static final String ANY = "*";

  /** Whether an object is meant. */
  enum Fit {
    YES,
    NO,
    /** Its namespace has labels that are not known. */
    UNKNOWN
  }

  static PolicyMatch of(Mapping constraints) {
    return new PolicyMatch(
        Parts.parts(constraints, "resourceRules"),
        Parts.parts(constraints, "excludeResourceRules"),
        new LabelSelector(Parts.part(constraints, "namespaceSelector")),
        new LabelSelector(Parts.part(constraints, "objectSelector")));
  }

  /**
   * Says whether an object is meant.
   *
   * @param labels those of its namespace, if they are known
   */
  Fit on(PolicySubject subject, Optional<Map<String, String>> labels) {
    boolean meant =
        (rules.isEmpty() || rules.stream().anyMatch(rule -> isMeant(rule, subject)))
            && excluded.stream().noneMatch(rule -> isMeant(rule, subject))
            && objects.selects(Parts.labels(subject.object()));
    if (!meant) {
      return Fit.NO;
    }
    boolean everywhere =
        namespaces.isEmpty() || (subject.key().namespace().isEmpty() && !subject.isNamespace());
    if (everywhere) {
      return Fit.YES;
    }
    return around(subject, labels)
        .map(known -> namespaces.selects(known) ? Fit.YES : Fit.NO)
        .orElse(Fit.UNKNOWN);
  }

  /** Returns the labels of the namespace; each has one with its name. */
  private Optional<Map<String, String>> around(
      PolicySubject subject, Optional<Map<String, String>> labels) {
    if (subject.isNamespace()) {
      Map<String, String> own = Parts.labels(subject.object());
      own.put(NAME_LABEL, subject.key().name());
      return Optional.of(own);
    }
    return labels.isEmpty() && namespaces.asksOnlyFor(NAME_LABEL)
        ? Optional.of(Map.of(NAME_LABEL, subject.key().namespace()))
        : labels;
  }

  private static boolean isMeant(Mapping rule, PolicySubject subject) {
    List<String> names = Parts.texts(rule, "resourceNames");
    return has(rule, "operations", "CREATE")
        && has(rule, "apiGroups", subject.key().group())
        && has(rule, "apiVersions", subject.version())
        && isOfKind(Parts.texts(rule, "resources"), subject.plural())
        && isInScope(rule.text("scope").orElse(ANY), subject)
        && (names.isEmpty() || names.contains(subject.key().name()));
  }

  private static boolean has(Mapping rule, String list, String wanted) {
    List<String> given = Parts.texts(rule, list);
    return given.contains(ANY) || given.contains(wanted);
  }

  /** What is behind a slash is not created by itself. */
  private static boolean isOfKind(List<String> resources, String plural) {
    return resources.contains(ANY) || resources.contains("*/*") || resources.contains(plural);
  }

  private static boolean isInScope(String scope, PolicySubject subject) {
    boolean cluster = subject.key().namespace().isEmpty();
    return scope.equals(ANY) || scope.equals(cluster ? "Cluster" : "Namespaced");
  }
}
