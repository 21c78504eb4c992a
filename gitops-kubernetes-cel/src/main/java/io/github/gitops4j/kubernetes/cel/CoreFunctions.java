package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.instead;

import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Kubernetes has other than the language: lists of which the order says nothing. */
final class CoreFunctions {
  private static final Set<StandardFunction> OURS =
      Set.of(StandardFunction.EQUALS, StandardFunction.NOT_EQUALS, StandardFunction.IN);

  private CoreFunctions() {}

  /** Returns those that are as in the language. */
  static CelStandardFunctions standard() {
    return CelStandardFunctions.newBuilder()
        .filterFunctions(
            (function, overload) ->
                !OURS.contains(function) && !overload.equals(AddOverload.ADD_LIST))
        .build();
  }

  static List<RuleFunction> all() {
    List<Class<?>> two = List.of(Object.class, Object.class);
    return List.of(
        instead("_==_", "equals", two, given -> RuleEquality.areEqual(given[0], given[1])),
        instead("_!=_", "not_equals", two, given -> !RuleEquality.areEqual(given[0], given[1])),
        instead(
            "@in",
            "in_list",
            List.of(Object.class, List.class),
            given -> RuleEquality.isIn(given[0], (List<?>) given[1])),
        instead(
            "@in",
            "in_map",
            List.of(Object.class, Map.class),
            given -> RuleEquality.isKey(given[0], (Map<?, ?>) given[1])),
        instead(
            "_+_",
            "add_list",
            List.of(List.class, List.class),
            given -> plus((List<?>) given[0], (List<?>) given[1])),
        // With two of them the library puts them beside the other sums.
        instead(
            "_+_",
            "add_keyed_list",
            List.of(KeyedList.class, List.class),
            given -> plus((List<?>) given[0], (List<?>) given[1])));
  }

  private static List<?> plus(List<?> one, List<?> other) {
    return one instanceof KeyedList keyed ? keyed.plus(other) : concat(one, other);
  }

  @SuppressWarnings("unchecked") // it only reads them
  private static List<?> concat(List<?> one, List<?> other) {
    return RuntimeHelpers.concat((List<Object>) one, (List<Object>) other);
  }
}
