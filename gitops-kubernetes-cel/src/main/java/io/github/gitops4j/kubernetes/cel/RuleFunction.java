package io.github.gitops4j.kubernetes.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function that rules can call, in one of the forms that it has.
 *
 * <p>Immutable.
 *
 * @param name what rules call it
 * @param declaration its types; nothing if the library declares it
 * @param binding what it does
 */
record RuleFunction(
    String name, Optional<CelOverloadDecl> declaration, CelFunctionBinding binding) {
  /** Creates a function that is called as {@code name(argument)}. */
  static <T> RuleFunction global(
      String name,
      String id,
      CelType result,
      CelType type,
      Class<T> argument,
      CelFunctionOverload.Unary<T> body) {
    return new RuleFunction(
        name,
        Optional.of(CelOverloadDecl.newGlobalOverload(id, result, type)),
        CelFunctionBinding.from(id, argument, body));
  }

  /** Creates a function that is called as {@code self.name()}. */
  static <T> RuleFunction member(
      String name,
      String id,
      CelType result,
      CelType type,
      Class<T> self,
      CelFunctionOverload.Unary<T> body) {
    return new RuleFunction(
        name,
        Optional.of(CelOverloadDecl.newMemberOverload(id, result, type)),
        CelFunctionBinding.from(id, self, body));
  }

  /** The types and the class of a parameter. */
  record Parameter<T>(CelType type, Class<T> of) {}

  /** Creates a function that is called as {@code self.name(argument)}. */
  static <S, T> RuleFunction member(
      String name,
      String id,
      CelType result,
      Parameter<S> self,
      Parameter<T> argument,
      CelFunctionOverload.Binary<S, T> body) {
    return new RuleFunction(
        name,
        Optional.of(CelOverloadDecl.newMemberOverload(id, result, self.type(), argument.type())),
        CelFunctionBinding.from(id, self.of(), argument.of(), body));
  }

  /** Creates another body for a function that the library declares. */
  static RuleFunction instead(
      String name, String id, List<Class<?>> arguments, CelFunctionOverload body) {
    return new RuleFunction(name, Optional.empty(), binding(id, arguments, body));
  }

  /** Of one and two arguments the library asks for bodies of their own kinds. */
  private static CelFunctionBinding binding(
      String id, List<Class<?>> arguments, CelFunctionOverload body) {
    return switch (arguments.size()) {
      case 1 ->
          CelFunctionBinding.from(id, arguments.get(0), one -> body.apply(new Object[] {one}));
      case 2 ->
          CelFunctionBinding.from(
              id,
              arguments.get(0),
              arguments.get(1),
              (one, two) -> body.apply(new Object[] {one, two}));
      default -> CelFunctionBinding.from(id, ImmutableList.copyOf(arguments), body);
    };
  }

  /** Returns what the compiler has to know of functions. */
  static List<CelFunctionDecl> declarations(List<RuleFunction> functions) {
    Map<String, List<CelOverloadDecl>> byName = new LinkedHashMap<>();
    for (RuleFunction function : functions) {
      function
          .declaration()
          .ifPresent(
              overload ->
                  byName.computeIfAbsent(function.name(), n -> new ArrayList<>()).add(overload));
    }
    return byName.entrySet().stream()
        .map(entry -> CelFunctionDecl.newFunctionDeclaration(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Returns what the runtime has to know of functions. */
  static List<CelFunctionBinding> bindings(List<RuleFunction> functions) {
    Map<String, List<CelFunctionBinding>> byName = new LinkedHashMap<>();
    functions.forEach(
        function ->
            byName
                .computeIfAbsent(function.name(), n -> new ArrayList<>())
                .add(function.binding()));
    List<CelFunctionBinding> bindings = new ArrayList<>();
    byName.forEach(
        (name, overloads) -> bindings.addAll(CelFunctionBinding.fromOverloads(name, overloads)));
    return bindings;
  }
}
