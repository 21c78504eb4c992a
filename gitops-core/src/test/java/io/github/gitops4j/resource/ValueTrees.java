package io.github.gitops4j.resource;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Random trees for property tests. */
public final class ValueTrees {
  private static final List<String> AWKWARD =
      List.of(
          "",
          " ",
          "yes",
          "y",
          "null",
          "~",
          "1",
          "0x1F",
          "1e3",
          ".5",
          "<<",
          "- a",
          "a: b",
          "#",
          "{}",
          "[",
          "*",
          "&a",
          "!t",
          "|",
          ">",
          "'",
          "\"",
          "\\",
          "\t",
          "\n",
          "a\nb\n",
          " x",
          "x ",
          "é",
          "\u2028",
          "\u0085",
          "😀",
          "\u0000",
          "\u0007",
          "---",
          "...",
          "%YAML 1.2",
          "=",
          "@");

  private ValueTrees() {}

  /** Returns texts, among them those that YAML takes for something else. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(AWKWARD),
        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8),
        Arbitraries.strings()
            .all()
            .excludeChars('\ufffe', '\uffff')
            .ofMaxLength(6)
            .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c))));
  }

  /** Returns numbers of each form. */
  public static Arbitrary<Numeral> numerals() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Numeral::of),
        Arbitraries.integers().between(-5, 5).map(Numeral::of),
        Arbitraries.bigIntegers()
            .between(BigInteger.ONE.shiftLeft(63), BigInteger.ONE.shiftLeft(64))
            .map(Numeral::of),
        Arbitraries.longs()
            .map(Double::longBitsToDouble)
            .filter(Double::isFinite)
            .map(Numeral::of));
  }

  /** Returns values without children. */
  public static Arbitrary<Value> leaves() {
    return Arbitraries.oneOf(
        texts().map(Text::of),
        numerals().map(Value.class::cast),
        Arbitraries.of(Bool.TRUE, Bool.FALSE, Null.INSTANCE));
  }

  /** Returns trees over the given keys and leaves. */
  public static Arbitrary<Value> trees(Arbitrary<String> keys, Arbitrary<Value> leaves, int depth) {
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Value> below = trees(keys, leaves, depth - 1);
    return Arbitraries.oneOf(leaves, mappings(keys, below), sequences(below));
  }

  /** Returns trees of any content. */
  public static Arbitrary<Value> trees() {
    return trees(texts(), leaves(), 3);
  }

  /** Returns trees of few keys and values, so that two of them have much in common. */
  public static Arbitrary<Value> similar() {
    Arbitrary<Value> few =
        Arbitraries.of(Numeral.of(1), Numeral.of(2), Text.of("a"), Text.of("secret"), Bool.TRUE);
    Arbitrary<String> keys = Arbitraries.of("a", "b", "c", "name", "0", "*", "x/y");
    return mappings(keys, trees(keys, few, 3));
  }

  private static Arbitrary<Value> mappings(Arbitrary<String> keys, Arbitrary<Value> below) {
    return Arbitraries.maps(keys, below)
        .ofMaxSize(5)
        .map(
            fields -> {
              Mapping.Builder builder = Mapping.builder();
              fields.forEach(builder::put);
              return builder.build();
            });
  }

  private static Arbitrary<Value> sequences(Arbitrary<Value> below) {
    return below.list().ofMaxSize(4).map(items -> Sequence.of(items.toArray(new Value[0])));
  }

  /** Returns pairs of trees that have much in common. */
  public static Arbitrary<Tuple.Tuple2<Value, Value>> pairs() {
    return similar().flatMap(one -> similar().map(two -> Tuple.of(one, two)));
  }
}
