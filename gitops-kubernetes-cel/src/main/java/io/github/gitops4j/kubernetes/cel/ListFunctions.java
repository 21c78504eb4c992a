package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.instead;
import static io.github.gitops4j.kubernetes.cel.RuleFunction.member;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.exceptions.CelNumericOverflowException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionOverload;
import io.github.gitops4j.kubernetes.cel.RuleFunction.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lists: sums and order, where something is, and what may make or compare a great deal. */
final class ListFunctions {
  private static final CelType ANY = TypeParamType.create("A");
  private static final CelType LIST = ListType.create(ANY);

  private ListFunctions() {}

  static List<RuleFunction> all() {
    List<RuleFunction> functions = new ArrayList<>();
    functions.add(
        member(
            "isSorted",
            "list_is_sorted",
            SimpleType.BOOL,
            LIST,
            Collection.class,
            ListFunctions::isSorted));
    functions.add(
        member("min", "list_min", ANY, LIST, Collection.class, list -> extreme(list, -1)));
    functions.add(member("max", "list_max", ANY, LIST, Collection.class, list -> extreme(list, 1)));
    functions.add(sum("int", SimpleType.INT, list -> sum(list, 0L)));
    functions.add(sum("uint", SimpleType.UINT, list -> sum(list, UnsignedLong.ZERO)));
    functions.add(sum("double", SimpleType.DOUBLE, list -> sum(list, 0.0)));
    functions.add(sum("duration", SimpleType.DURATION, list -> sum(list, Duration.ZERO)));
    functions.addAll(places());
    functions.add(
        instead(
            "lists.range", "lists_range", List.of(Long.class), given -> range((Long) given[0])));
    functions.addAll(sets());
    return List.copyOf(functions);
  }

  @SuppressWarnings("rawtypes") // classes are all that the library knows of them
  private static List<RuleFunction> places() {
    Parameter<List> list = new Parameter<>(LIST, List.class);
    Parameter<Object> item = new Parameter<>(ANY, Object.class);
    return List.of(
        member(
            "indexOf",
            "list_a_index_of_int",
            SimpleType.INT,
            list,
            item,
            (in, sought) -> place(in, sought, false)),
        member(
            "lastIndexOf",
            "list_a_last_index_of_int",
            SimpleType.INT,
            list,
            item,
            (in, sought) -> place(in, sought, true)));
  }

  private static List<RuleFunction> sets() {
    List<Class<?>> two = List.of(List.class, List.class);
    return List.of(
        instead(
            "sets.contains",
            "list_sets_contains_list",
            two,
            given -> contains((List<?>) given[0], (List<?>) given[1])),
        instead(
            "sets.equivalent",
            "list_sets_equivalent_list",
            two,
            given ->
                contains((List<?>) given[0], (List<?>) given[1])
                    && contains((List<?>) given[1], (List<?>) given[0])),
        instead(
            "sets.intersects",
            "list_sets_intersects_list",
            two,
            given -> intersects((List<?>) given[0], (List<?>) given[1])));
  }

  @SuppressWarnings("rawtypes") // classes are all that the library knows of them
  private static RuleFunction sum(
      String name, CelType type, CelFunctionOverload.Unary<Collection> body) {
    return member(
        "sum",
        "list_" + name + "_sum_" + name,
        type,
        ListType.create(type),
        Collection.class,
        body);
  }

  private static Object sum(Collection<?> list, Object zero) {
    Object sum = null;
    for (Object item : list) {
      sum = sum == null ? item : plus(sum, item);
    }
    return sum == null ? zero : sum;
  }

  private static Object plus(Object one, Object other) {
    try {
      if (one instanceof Long a && other instanceof Long b) {
        return Math.addExact(a, b);
      } else if (one instanceof Double a && other instanceof Double b) {
        return a + b;
      } else if (one instanceof Duration a && other instanceof Duration b) {
        return a.plus(b);
      } else if (one instanceof UnsignedLong a && other instanceof UnsignedLong b) {
        return a.plus(b);
      }
    } catch (ArithmeticException e) {
      throw new CelNumericOverflowException(e);
    }
    throw new CelInvalidArgumentException("nothing to add");
  }

  private static boolean isSorted(Collection<?> list) {
    Object before = null;
    for (Object item : list) {
      if (before != null && compare(before, item) > 0) {
        return false;
      }
      before = item;
    }
    return true;
  }

  private static Object extreme(Collection<?> list, int sign) {
    Object found = null;
    for (Object item : list) {
      if (found == null || compare(item, found) * sign > 0) {
        found = item;
      }
    }
    if (found == null) {
      throw new CelInvalidArgumentException("an empty list");
    }
    return found;
  }

  @SuppressWarnings("unchecked") // both are of the same class
  private static int compare(Object one, Object other) {
    if (one instanceof CelByteString a && other instanceof CelByteString b) {
      return CelByteString.unsignedLexicographicalComparator().compare(a, b);
    } else if (one instanceof Comparable<?> && one.getClass() == other.getClass()) {
      return Integer.signum(((Comparable<Object>) one).compareTo(other));
    } else if (one instanceof Number a && other instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    throw new CelInvalidArgumentException("nothing that has an order");
  }

  private static long place(List<?> list, Object sought, boolean last) {
    long place = -1;
    for (int i = 0; i < list.size() && (last || place < 0); i++) {
      if (RuleEquality.areEqual(list.get(i), sought)) {
        place = i;
      }
    }
    return place;
  }

  private static List<Long> range(long end) {
    RuleLimits.check(end);
    List<Long> range = new ArrayList<>();
    for (long i = 0; i < end; i++) {
      range.add(i);
    }
    return range;
  }

  private static boolean contains(List<?> list, List<?> items) {
    RuleLimits.check((long) list.size() * items.size());
    return items.stream().allMatch(item -> RuleEquality.isIn(item, list));
  }

  private static boolean intersects(List<?> one, List<?> other) {
    RuleLimits.check((long) one.size() * other.size());
    return one.stream().anyMatch(item -> RuleEquality.isIn(item, other));
  }
}
