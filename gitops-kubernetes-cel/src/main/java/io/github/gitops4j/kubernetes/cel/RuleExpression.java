package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An expression of a rule, with the functions that Kubernetes has. Immutable.
 *
 * @param tree what it is made of
 */
record RuleExpression(CelAbstractSyntaxTree tree) {
  private static final String OLD_SELF = "oldSelf";
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(20_000)
          .maxParseRecursionDepth(250)
          .comprehensionMaxIterations(1_000_000)
          .maxRegexProgramSize(10_000)
          .enableOptionalSyntax(true)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final List<RuleFunction> FUNCTIONS =
      Stream.of(
              CoreFunctions.all(),
              TextPlaces.all(),
              TextFunctions.all(),
              ListFunctions.all(),
              QuantityFunctions.all(),
              NetworkFunctions.all(),
              UrlFunctions.all(),
              VersionFunctions.all(),
              FormatFunctions.all())
          .flatMap(List::stream)
          .toList();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .setStandardFunctions(CoreFunctions.standard())
          .addFunctionBindings(RuleFunction.bindings(FUNCTIONS))
          .addLibraries(
              CelExtensions.strings(),
              CelExtensions.lists(),
              CelExtensions.sets(OPTIONS),
              CelExtensions.optional(),
              CelExtensions.comprehensions())
          .build();

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
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                CelExtensions.strings(),
                CelExtensions.lists(),
                CelExtensions.sets(OPTIONS),
                CelExtensions.optional(),
                CelExtensions.comprehensions())
            .addFunctionDeclarations(RuleFunction.declarations(FUNCTIONS))
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
    return RUNTIME.createProgram(tree);
  }
}
