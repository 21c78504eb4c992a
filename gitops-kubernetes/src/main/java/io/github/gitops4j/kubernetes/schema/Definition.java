package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * A custom kind in one of its versions. Its rules are compiled when the first object is looked at.
 *
 * <p>Thread-safe.
 */
final class Definition {
  private final Schema schema;
  private final Mapping written;
  private final @Nullable RuleCompiler compiler;
  private volatile @Nullable RuleTree rules;

  Definition(Schema schema, Mapping written, @Nullable RuleCompiler compiler) {
    this.schema = schema;
    this.written = written;
    this.compiler = compiler;
  }

  Schema schema() {
    return schema;
  }

  /** Returns an object with what the schema says is there if nothing else is. */
  Mapping withDefaults(Mapping object) {
    return (Mapping) Defaults.in(object, written);
  }

  RuleTree rules() {
    RuleTree known = rules;
    if (known == null) {
      // Two threads may both compile them: they are the same.
      known = compiler == null ? RuleTree.NONE : RuleTree.of(written, compiler);
      rules = known;
    }
    return known;
  }
}
