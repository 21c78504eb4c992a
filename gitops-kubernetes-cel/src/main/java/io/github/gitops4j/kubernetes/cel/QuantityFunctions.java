package io.github.gitops4j.kubernetes.cel;

import static io.github.gitops4j.kubernetes.cel.RuleFunction.global;
import static io.github.gitops4j.kubernetes.cel.RuleFunction.member;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload;
import io.github.gitops4j.kubernetes.cel.RuleFunction.Parameter;
import java.util.List;
import java.util.stream.Stream;

/** Amounts: {@code quantity('1Gi').isGreaterThan(quantity('500M'))}. */
final class QuantityFunctions {
  private static final CelType TYPE = OpaqueType.create("kubernetes.Quantity");
  private static final Parameter<Amount> AMOUNT = new Parameter<>(TYPE, Amount.class);
  private static final Parameter<Long> NUMBER = new Parameter<>(SimpleType.INT, Long.class);

  private QuantityFunctions() {}

  static List<RuleFunction> all() {
    return Stream.of(parsing(), comparing(), counting()).flatMap(List::stream).toList();
  }

  private static List<RuleFunction> parsing() {
    return List.of(
        global(
            "quantity",
            "string_to_quantity",
            TYPE,
            SimpleType.STRING,
            String.class,
            QuantityFunctions::read),
        global(
            "isQuantity",
            "is_quantity_string",
            SimpleType.BOOL,
            SimpleType.STRING,
            String.class,
            text -> Amount.parse(text).isPresent()));
  }

  private static List<RuleFunction> comparing() {
    return List.of(
        compare(
            "isGreaterThan",
            "quantity_is_greater_than",
            SimpleType.BOOL,
            (one, other) -> one.compareTo(other) > 0),
        compare(
            "isLessThan",
            "quantity_is_less_than",
            SimpleType.BOOL,
            (one, other) -> one.compareTo(other) < 0),
        compare(
            "compareTo",
            "quantity_compare_to",
            SimpleType.INT,
            (one, other) -> (long) one.compareTo(other)),
        compare("add", "quantity_add", TYPE, Amount::plus),
        compare("sub", "quantity_sub", TYPE, Amount::minus));
  }

  private static List<RuleFunction> counting() {
    return List.of(
        // This one is no member.
        global("sign", "quantity_sign", SimpleType.INT, TYPE, Amount.class, a -> (long) a.sign()),
        convert("isInteger", "quantity_is_integer", SimpleType.BOOL, Amount::isInteger),
        convert("asInteger", "quantity_get_int", SimpleType.INT, QuantityFunctions::integer),
        convert("asApproximateFloat", "quantity_get_float", SimpleType.DOUBLE, Amount::toDouble),
        member(
            "add",
            "quantity_add_int",
            TYPE,
            AMOUNT,
            NUMBER,
            (one, other) -> one.plus(Amount.of(other))),
        member(
            "sub",
            "quantity_sub_int",
            TYPE,
            AMOUNT,
            NUMBER,
            (one, other) -> one.minus(Amount.of(other))));
  }

  private static RuleFunction compare(
      String name, String id, CelType result, CelFunctionOverload.Binary<Amount, Amount> body) {
    return member(name, id, result, AMOUNT, AMOUNT, body);
  }

  private static RuleFunction convert(
      String name, String id, CelType result, CelFunctionOverload.Unary<Amount> body) {
    return member(name, id, result, TYPE, Amount.class, body);
  }

  private static Amount read(String text) {
    return Amount.parse(text).orElseThrow(() -> new CelInvalidArgumentException("no quantity"));
  }

  private static long integer(Amount amount) {
    if (!amount.isInteger()) {
      throw new CelInvalidArgumentException("no integer");
    }
    return amount.toInteger().orElseThrow();
  }
}
