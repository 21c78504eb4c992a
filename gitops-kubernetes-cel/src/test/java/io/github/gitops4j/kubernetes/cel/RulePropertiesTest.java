package io.github.gitops4j.kubernetes.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.kubernetes.schema.CompiledRule;
import io.github.gitops4j.kubernetes.schema.RuleBudget;
import io.github.gitops4j.kubernetes.schema.RuleVerdict;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RulePropertiesTest {
  private static final CelSchemaRules RULES = CelSchemaRules.create();
  private static final Mapping SAMPLE = RuleSamples.value();
  private static final Mapping SCHEMA = RuleSamples.schema();

  @Property(tries = 200)
  void noTextThatIsWrittenAsARuleBreaksTheCheck(@ForAll("rules") String rule) {
    assertThat(judge(rule)).isInstanceOf(Record.class);
  }

  @Property(tries = 300)
  void amountsAreOrderedAsTheirNumbersAre(
      @ForAll @IntRange(min = -2000, max = 2000) int one,
      @ForAll @IntRange(min = -2000, max = 2000) int other,
      @ForAll("units") String unit) {
    Amount first = Amount.parse(one + unit).orElseThrow();
    Amount second = Amount.parse(other + unit).orElseThrow();

    assertThat(Integer.signum(first.compareTo(second))).isEqualTo(Integer.compare(one, other));
    assertThat(first.plus(second).minus(second)).isEqualTo(first).hasSameHashCodeAs(first);
  }

  @Property(tries = 300)
  void aNetworkContainsTheAddressesThatBeginAsItDoes(
      @ForAll byte[] bits, @ForAll @IntRange(max = 32) int length) {
    String address = "%d.%d.%d.%d".formatted(at(bits, 0), at(bits, 1), at(bits, 2), at(bits, 3));
    IpNetwork network = IpNetwork.parse(address + "/" + length).orElseThrow();

    assertThat(network.contains(IpAddress.parse(address).orElseThrow())).isTrue();
    assertThat(network.contains(network.masked())).isTrue();
    assertThat(IpNetwork.parse(network.masked().toString())).contains(network.masked());
    if (length > 0) {
      String outside = ((at(bits, 0) ^ 0x80) + address.substring(address.indexOf('.')));
      assertThat(network.contains(IpAddress.parse(outside).orElseThrow())).isFalse();
    }
  }

  @Property(tries = 300)
  void namesOfFieldsStayDifferent(@ForAll("names") String one, @ForAll("names") String other) {
    assertThat(PropertyNames.escape(one).equals(PropertyNames.escape(other)))
        .isEqualTo(one.equals(other));
  }

  @Provide
  Arbitrary<String> rules() {
    List<String> words =
        RuleSamples.all().stream()
            .flatMap(sample -> List.of(sample.expression().split("(?<=\\W)|(?=\\W)", -1)).stream())
            .distinct()
            .collect(Collectors.toList());
    Arbitrary<String> shuffled =
        Arbitraries.of(words).list().ofMaxSize(12).map(list -> String.join("", list));
    Arbitrary<String> joined =
        Combinators.combine(
                Arbitraries.of(RuleSamples.all()),
                Arbitraries.of(" && ", " || ", " == ", " + ", ".", ", "),
                Arbitraries.of(RuleSamples.all()))
            .as((one, by, other) -> one.expression() + by + other.expression());
    return Arbitraries.oneOf(shuffled, joined, Arbitraries.strings().ofMaxLength(30));
  }

  @Provide
  Arbitrary<String> units() {
    return Arbitraries.of("", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "e2");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars('a', '_', '-', '.', '/')
        .ofMinLength(1)
        .ofMaxLength(5)
        .map(name -> "x" + name);
  }

  private static int at(byte[] bits, int place) {
    return place < bits.length ? bits[place] & 0xff : 0;
  }

  private static Object judge(String rule) {
    CompiledRule compiled =
        RULES.compile(Mapping.builder().put("rule", Text.of(rule)).build(), SCHEMA, false);
    if (compiled instanceof CompiledRule.Ready ready) {
      RuleVerdict verdict = ready.program().judge(SAMPLE, RuleBudget.of(1_000_000));
      return verdict;
    }
    return compiled;
  }
}
