package io.github.gitops4j.kubernetes.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.kubernetes.schema.CompiledRule;
import io.github.gitops4j.kubernetes.schema.RuleBudget;
import io.github.gitops4j.kubernetes.schema.RuleVerdict;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CelSchemaRulesTest {
  private static final CelSchemaRules RULES = CelSchemaRules.create();

  /** What a walk over the schema puts there. */
  private static final Mapping SAMPLE =
      RuleSamples.value().toBuilder()
          .put("preset", Numeral.of(5))
          .put("deep", Mapping.builder().put("preset", Text.of("deep")).build())
          .build();

  @Test
  void everyExpressionSaysWhatAServerSays() {
    List<String> different = new ArrayList<>();
    for (RuleSamples.Sample sample : RuleSamples.all()) {
      String verdict = verdict(sample.expression());
      if (!verdict.equals(sample.verdict().replace("later", "true"))) {
        different.add(verdict + " " + sample);
      }
    }

    assertThat(different).isEmpty();
  }

  private static String verdict(String expression) {
    CompiledRule compiled = compile(expression);
    if (!(compiled instanceof CompiledRule.Ready ready)) {
      return compiled.toString();
    }
    RuleVerdict verdict = ready.program().judge(SAMPLE, RuleBudget.of(100_000_000));
    if (verdict instanceof RuleVerdict.Holds) {
      return "true";
    } else if (verdict instanceof RuleVerdict.Broken) {
      return "false";
    }
    return verdict instanceof RuleVerdict.Failed ? "error" : verdict.toString();
  }

  private static CompiledRule compile(String expression) {
    Mapping rule = Mapping.builder().put("rule", Text.of(expression)).build();
    return RULES.compile(rule, RuleSamples.schema(), false);
  }
}
