package io.github.gitops4j.kubernetes.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is demanded of the size of a value and of its text. Patterns are those of the server: they
 * take time in proportion to the text, whoever wrote them.
 *
 * <p>Immutable.
 */
final class Limits {
  private static final Limits NONE = new Limits(List.of());

  private final List<Limit> all;

  private Limits(List<Limit> all) {
    this.all = List.copyOf(all);
  }

  /** One thing that is demanded; it says what is wrong. */
  @FunctionalInterface
  private interface Limit {
    Optional<String> problem(Value value);
  }

  static Limits of(Mapping schema) {
    List<Limit> limits = new ArrayList<>();
    number(schema, "minimum")
        .ifPresent(least -> limits.add(least(least, is(schema, "exclusiveMinimum"))));
    number(schema, "maximum")
        .ifPresent(most -> limits.add(most(most, is(schema, "exclusiveMaximum"))));
    number(schema, "multipleOf")
        .filter(unit -> unit.signum() > 0)
        .ifPresent(unit -> limits.add(multiple(unit)));
    size(schema, "Length", "characters", limits);
    size(schema, "Items", "items", limits);
    size(schema, "Properties", "fields", limits);
    schema.text("pattern").flatMap(Limits::pattern).ifPresent(limits::add);
    return limits.isEmpty() ? NONE : new Limits(limits);
  }

  /** Returns what is wrong with a value. */
  List<String> problems(Value value) {
    List<String> problems = new ArrayList<>();
    for (Limit limit : all) {
      limit.problem(value).ifPresent(problems::add);
    }
    return problems;
  }

  private static Limit least(BigDecimal least, boolean exclusive) {
    String expected =
        "expected " + (exclusive ? "more than " : "at least ") + least.toPlainString();
    return value ->
        value instanceof Numeral number
                && number.toBigDecimal().compareTo(least) < (exclusive ? 1 : 0)
            ? Optional.of(expected)
            : Optional.empty();
  }

  private static Limit most(BigDecimal most, boolean exclusive) {
    String expected = "expected " + (exclusive ? "less than " : "at most ") + most.toPlainString();
    return value ->
        value instanceof Numeral number
                && number.toBigDecimal().compareTo(most) > (exclusive ? -1 : 0)
            ? Optional.of(expected)
            : Optional.empty();
  }

  private static Limit multiple(BigDecimal unit) {
    String expected = "expected a multiple of " + unit.toPlainString();
    return value ->
        value instanceof Numeral number && number.toBigDecimal().remainder(unit).signum() != 0
            ? Optional.of(expected)
            : Optional.empty();
  }

  private static void size(Mapping schema, String of, String unit, List<Limit> limits) {
    number(schema, "min" + of)
        .ifPresent(
            least ->
                limits.add(
                    value ->
                        size(value, of) >= 0
                                && least.compareTo(BigDecimal.valueOf(size(value, of))) > 0
                            ? Optional.of("expected at least " + least.toPlainString() + " " + unit)
                            : Optional.empty()));
    number(schema, "max" + of)
        .ifPresent(
            most ->
                limits.add(
                    value ->
                        most.compareTo(BigDecimal.valueOf(size(value, of))) < 0
                            ? Optional.of("expected at most " + most.toPlainString() + " " + unit)
                            : Optional.empty()));
  }

  private static int size(Value value, String of) {
    if (value instanceof Text text && of.equals("Length")) {
      return text.value().codePointCount(0, text.value().length());
    } else if (value instanceof Sequence items && of.equals("Items")) {
      return items.size();
    } else if (value instanceof Mapping fields && of.equals("Properties")) {
      return fields.size();
    }
    return -1;
  }

  /** One that is none is refused with the definition, and not here. */
  private static Optional<Limit> pattern(String text) {
    try {
      Pattern pattern = Pattern.compile(text);
      return Optional.of(
          value ->
              value instanceof Text given && !pattern.matcher(given.value()).find()
                  ? Optional.of("expected text that matches " + text)
                  : Optional.empty());
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> number(Mapping schema, String key) {
    return schema.get(key).orElse(null) instanceof Numeral number
        ? Optional.of(number.toBigDecimal())
        : Optional.empty();
  }

  private static boolean is(Mapping schema, String key) {
    return Bool.TRUE.equals(schema.get(key).orElse(null));
  }
}
