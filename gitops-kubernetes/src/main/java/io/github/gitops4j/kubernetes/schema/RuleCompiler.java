package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Mapping;

/**
 * Understands the rules that definitions of custom kinds have beside their schemas, {@code
 * x-kubernetes-validations}.
 *
 * <p>It MUST NOT throw for what is written in a rule or a schema, and MUST NOT run the rule.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RuleCompiler {
  /**
   * Compiles a rule.
   *
   * @param rule the rule, as it is written
   * @param schema the structural schema of what the rule is about, as it is written
   * @param resource whether that is an object of its own, with {@code apiVersion}, {@code kind} and
   *     {@code metadata}
   */
  CompiledRule compile(Mapping rule, Mapping schema, boolean resource);
}
