package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.stream.Stream;

/** CEL as Kubernetes has it: its functions, and the limits of one expression. */
final class RuleLanguage {
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

  /** Runs what was compiled. */
  static final CelRuntime RUNTIME =
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

  private RuleLanguage() {}

  /** Begins a compiler, which has no variables yet. */
  static CelCompilerBuilder compiler() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addLibraries(
            CelExtensions.strings(),
            CelExtensions.lists(),
            CelExtensions.sets(OPTIONS),
            CelExtensions.optional(),
            CelExtensions.comprehensions())
        .addFunctionDeclarations(RuleFunction.declarations(FUNCTIONS));
  }
}
