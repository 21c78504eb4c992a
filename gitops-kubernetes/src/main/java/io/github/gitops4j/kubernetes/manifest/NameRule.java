package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.kubernetes.internal.kinds.KindFacts;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the API server demands of names. Where its version, its options, the rest of an object or
 * the age of an object decide, the widest: what it accepts is never refused.
 */
enum NameRule {
  /** Of namespaces, and of kinds whose names are parts of host names. */
  LABEL(
      "up to 63 lower case letters, digits and -, with a letter or digit at both ends",
      63,
      "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"),

  /** Of most kinds. */
  SUBDOMAIN(
      "up to 253 lower case letters, digits, - and ., with a letter or digit at both ends and on both sides of each .",
      253,
      "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*"),

  /** Of every kind: the name is a segment of a path. */
  SEGMENT("neither . nor .., without / and %", Integer.MAX_VALUE, "(?!\\.{1,2}$)[^/%]+");

  private static final Set<String> LABELS = Set.of("v1 Namespace", "v1 Service");

  /** Kinds of Kubernetes itself that demand no subdomain. */
  private static final Set<String> SEGMENTS =
      Set.of(
          "apiregistration.k8s.io/v1 APIService",
          "certificates.k8s.io/v1 CertificateSigningRequest",
          "networking.k8s.io/v1 IPAddress",
          "policy/v1 PodDisruptionBudget",
          "rbac.authorization.k8s.io/v1 ClusterRole",
          "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
          "rbac.authorization.k8s.io/v1 Role",
          "rbac.authorization.k8s.io/v1 RoleBinding",
          "v1 Event");

  private final String expected;
  private final int longest;
  private final Pattern pattern;

  NameRule(String expected, int longest, String pattern) {
    this.expected = expected;
    this.longest = longest;
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
  }

  /** Returns the rule for the names of a kind; of a kind that is not known, that of all. */
  static NameRule of(String apiVersion, String kind) {
    String known = apiVersion + " " + kind;
    if (LABELS.contains(known)) {
      return LABEL;
    }
    return SEGMENTS.contains(known) || KindFacts.of(apiVersion, kind) == FieldType.UNKNOWN
        ? SEGMENT
        : SUBDOMAIN;
  }

  boolean allows(String name) {
    return name.length() <= longest && pattern.matcher(name).matches();
  }

  /** Says in words what is allowed. */
  String expected() {
    return expected;
  }
}
