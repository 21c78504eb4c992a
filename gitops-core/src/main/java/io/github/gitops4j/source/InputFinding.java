package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Resource;

/**
 * Something that a check has to say about a declared resource.
 *
 * <p>Immutable.
 *
 * @param rule what was looked at
 * @param severity how bad it is
 * @param origin file and line
 * @param path the field within the resource; the root for all of it
 * @param message what is wrong and what was expected; never a value, as it may be secret
 * @since 0.1.0
 */
public record InputFinding(
    Rule rule, Severity severity, Origin origin, FieldPath path, String message) {
  /** Checks the parts. */
  public InputFinding {
    requireNonNull(rule, "rule");
    requireNonNull(severity, "severity");
    requireNonNull(origin, "origin");
    requireNonNull(path, "path");
    requireNonNull(message, "message");
  }

  /** Creates an error about all of a resource. */
  public static InputFinding error(Rule rule, Resource resource, String message) {
    return new InputFinding(
        rule, Severity.ERROR, resource.origin(), FieldPath.root(), resource.key() + ": " + message);
  }

  /** Creates a warning about all of a resource. */
  public static InputFinding warning(Rule rule, Resource resource, String message) {
    return new InputFinding(
        rule,
        Severity.WARNING,
        resource.origin(),
        FieldPath.root(),
        resource.key() + ": " + message);
  }

  /** Returns the same as an error. */
  public InputFinding asError() {
    return new InputFinding(rule, Severity.ERROR, origin, path, message);
  }

  /** What was looked at. */
  public enum Rule {
    /** Whether the fields are those of the kind. */
    SCHEMA,
    /** Whether it is allowed. */
    POLICY,
    /** Whether it is declared once. */
    DUPLICATE,
    /** What a user's own check looks at. */
    CHECK
  }

  /** How bad it is. */
  public enum Severity {
    /** It may be meant so. */
    WARNING,
    /** It is wrong. */
    ERROR
  }
}
