package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.github.gitops4j.kubernetes.schema.RuleBudget;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An expression of a policy. Immutable.
 *
 * @param source the expression
 * @param program makes its value
 */
record PolicyExpression(String source, CelRuntime.Program program) {
  private static final List<String> NAMES =
      List.of("object", "oldObject", "request", "params", "namespaceObject", "variables");

  private static final Pattern WRITER = Pattern.compile("\\buserInfo\\b");

  /** An expression that cannot be run; the message says why. */
  static final class NotUnderstoodException extends Exception {
    private static final long serialVersionUID = 1L;

    private NotUnderstoodException(String reason) {
      super(reason);
    }
  }

  static PolicyExpression condition(String source) throws NotUnderstoodException {
    return compile(source, SimpleType.BOOL);
  }

  static PolicyExpression value(String source) throws NotUnderstoodException {
    return compile(source, SimpleType.DYN);
  }

  private static PolicyExpression compile(String source, CelType result)
      throws NotUnderstoodException {
    if (WRITER.matcher(source).find()) {
      throw new NotUnderstoodException("it asks who writes: " + source);
    }
    CelCompilerBuilder compiler = RuleLanguage.compiler().setResultType(result);
    NAMES.forEach(name -> compiler.addVar(name, SimpleType.DYN));
    try {
      CelAbstractSyntaxTree tree = compiler.build().compile(source).getAst();
      return new PolicyExpression(source, RuleLanguage.RUNTIME.createProgram(tree));
    } catch (CelValidationException e) {
      throw new NotUnderstoodException(e.getErrors().get(0).getMessage() + ": " + source);
    } catch (CelEvaluationException e) {
      throw new NotUnderstoodException(RuleRun.said(e.getErrorCode()) + ": " + source);
    }
  }

  RuleRun.Outcome run(Map<String, Object> variables, RuleBudget budget) {
    return RuleRun.of(program, variables, budget);
  }
}
