package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.global;
import static io.github.gitops4j.kubernetes.cel.RuleFunction.member;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.github.gitops4j.kubernetes.cel.RuleFunction.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Formats by name: {@code !format.dns1123Label().validate(self.name).hasValue()}. */
final class FormatFunctions {
  private static final CelType TYPE = OpaqueType.create("kubernetes.NamedFormat");

  private FormatFunctions() {}

  static List<RuleFunction> all() {
    List<RuleFunction> functions = new ArrayList<>();
    functions.add(
        global(
            "format.named",
            "format-named",
            OptionalType.create(TYPE),
            SimpleType.STRING,
            String.class,
            NamedFormat::named));
    functions.add(
        member(
            "validate",
            "format-validate",
            OptionalType.create(ListType.create(SimpleType.STRING)),
            new Parameter<>(TYPE, NamedFormat.class),
            new Parameter<>(SimpleType.STRING, String.class),
            FormatFunctions::problems));
    for (NamedFormat format : NamedFormat.values()) {
      String name = "format." + format.title();
      functions.add(
          new RuleFunction(
              name,
              Optional.of(CelOverloadDecl.newGlobalOverload(name, TYPE, ImmutableList.of())),
              CelFunctionBinding.from(name, ImmutableList.of(), none -> format)));
    }
    return List.copyOf(functions);
  }

  private static Optional<List<String>> problems(NamedFormat format, String text) {
    return format.takes(text)
        ? Optional.empty()
        : Optional.of(List.of("expected the format " + format.title()));
  }
}
