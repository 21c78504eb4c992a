package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.github.gitops4j.error.InvalidInputException;
import java.util.List;
import java.util.Map;

/** A compiled expression over an object, with a bound on what it may cost. Immutable. */
final class CelExpression {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(4096)
          .maxParseRecursionDepth(100)
          .comprehensionMaxIterations(10_000)
          .maxRegexProgramSize(1000)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private final String name;
  private final CelRuntime.Program program;

  private CelExpression(String name, CelRuntime.Program program) {
    this.name = name;
    this.program = program;
  }

  /**
   * Compiles what is true or false.
   *
   * @throws InvalidInputException for the first thing that is wrong, the others are suppressed
   */
  static CelExpression condition(String name, String source) {
    return compile(name, source, SimpleType.BOOL);
  }

  /**
   * Compiles what is a text.
   *
   * @throws InvalidInputException for the first thing that is wrong, the others are suppressed
   */
  static CelExpression text(String name, String source) {
    return compile(name, source, SimpleType.STRING);
  }

  private static CelExpression compile(String name, String source, CelType result) {
    CelCompilerBuilder compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(result);
    ObjectVariables.NAMES.forEach(variable -> compiler.addVar(variable, SimpleType.DYN));
    try {
      return new CelExpression(
          name, RUNTIME.createProgram(compiler.build().compile(source, name).getAst()));
    } catch (CelValidationException e) {
      throw invalid(name, e.getErrors());
    } catch (CelEvaluationException e) {
      throw new InvalidInputException(name, 0, 0, "the expression cannot be used");
    }
  }

  private static InvalidInputException invalid(String name, List<CelIssue> issues) {
    List<InvalidInputException> findings =
        issues.stream()
            .map(
                issue ->
                    new InvalidInputException(
                        name,
                        Math.max(0, issue.getSourceLocation().getLine()),
                        Math.max(0, issue.getSourceLocation().getColumn() + 1),
                        issue.getMessage()))
            .toList();
    InvalidInputException first = findings.get(0);
    findings.stream().skip(1).forEach(first::addSuppressed);
    return first;
  }

  String name() {
    return name;
  }

  boolean isTrue(Map<String, Object> variables) throws CelEvaluationException {
    Object value = program.eval(variables);
    if (value instanceof Boolean verdict) {
      return verdict;
    }
    throw new CelEvaluationException("neither true nor false");
  }

  String text(Map<String, Object> variables) throws CelEvaluationException {
    return program.eval(variables) instanceof String text ? text : "";
  }
}
