package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;

/**
 * An expression of a rule, with the functions that Kubernetes has. Immutable.
 *
 * @param tree what it is made of
 */
record RuleExpression(CelAbstractSyntaxTree tree) {
  private static final String OLD_SELF = "oldSelf";

  /**
   * Compiles what is true or false.
   *
   * @throws CelValidationException if it is no such expression, or has functions that are not known
   */
  static RuleExpression condition(String source, SelfSchema self, boolean optionalOldSelf)
      throws CelValidationException {
    return compile(source, self, optionalOldSelf, SimpleType.BOOL);
  }

  /**
   * Compiles what is a text.
   *
   * @throws CelValidationException if it is no such expression, or has functions that are not known
   */
  static RuleExpression text(String source, SelfSchema self, boolean optionalOldSelf)
      throws CelValidationException {
    return compile(source, self, optionalOldSelf, SimpleType.STRING);
  }

  private static RuleExpression compile(
      String source, SelfSchema self, boolean optionalOldSelf, CelType result)
      throws CelValidationException {
    return new RuleExpression(
        RuleLanguage.compiler()
            .setTypeProvider(self.types())
            .addVar("self", self.type())
            .addVar(OLD_SELF, optionalOldSelf ? OptionalType.create(self.type()) : self.type())
            .setResultType(result)
            .build()
            .compile(source)
            .getAst());
  }

  /** Says whether it looks at what was there before. */
  boolean isOnChange() {
    return tree.getReferenceMap().values().stream()
        .anyMatch(reference -> reference.name().equals(OLD_SELF));
  }

  /** Returns the text that it is, if that is written in it. */
  Optional<String> constant() {
    CelExpr whole = tree.getExpr();
    return whole.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && whole.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(whole.constant().stringValue())
        : Optional.empty();
  }

  /**
   * Makes it ready to run.
   *
   * @throws CelEvaluationException if a function has no body
   */
  CelRuntime.Program program() throws CelEvaluationException {
    return RuleLanguage.RUNTIME.createProgram(tree);
  }
}
