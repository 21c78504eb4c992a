package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs the rules of custom kinds. A rule that cannot be run, or that is given up, is named once and
 * not run again.
 *
 * <p>Confined to one run of a check.
 */
final class RuleWalk {
  /** As much as ten rules may cost alone; a server has such a limit too. */
  private static final long BUDGET = 30_000_000;

  private final Set<SchemaRule> leftOut = new HashSet<>();

  /**
   * What is found in one object.
   *
   * @param problems what is wrong
   * @param notChecked the rules that are not run, and why, each the first time
   */
  record Found(List<Problem> problems, List<String> notChecked) {}

  /**
   * Runs the rules of a kind for an object of it, which has its defaults and is of the form that
   * its schema demands.
   */
  Found run(Mapping object, Definition definition, int line, CallContext call) {
    RuleTree rules = definition.rules();
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    if (rules.isEmpty()) {
      return found;
    }
    new Run(found, RuleBudget.of(BUDGET), call).value(applied(object), rules, Place.root(line));
    return found;
  }

  /** Status is not applied. */
  private static Mapping applied(Mapping object) {
    Mapping.Builder applied = Mapping.builder();
    for (int i = 0; i < object.size(); i++) {
      if (!object.key(i).equals("status")) {
        applied.put(object.key(i), object.value(i), object.line(i));
      }
    }
    return applied.build();
  }

  /** The rules of one object. */
  private final class Run {
    private final Found found;
    private final RuleBudget budget;
    private final CallContext call;

    Run(Found found, RuleBudget budget, CallContext call) {
      this.found = found;
      this.budget = budget;
      this.call = call;
    }

    void value(Value value, RuleTree tree, Place at) {
      if (value == Null.INSTANCE) {
        return;
      }
      tree.rules().forEach(rule -> rule(value, rule, at));
      if (value instanceof Mapping object) {
        object(object, tree, at);
      } else if (value instanceof Sequence items && tree.items().isPresent()) {
        for (int i = 0; i < items.size(); i++) {
          value(items.get(i), tree.items().get(), at.item(i, items.line(i)));
        }
      }
    }

    private void object(Mapping object, RuleTree tree, Place at) {
      for (int i = 0; i < object.size(); i++) {
        String name = object.key(i);
        RuleTree below = tree.fields().getOrDefault(name, tree.others().orElse(null));
        if (below != null) {
          value(object.value(i), below, at.field(name, object.line(i)));
        }
      }
    }

    private void rule(Value value, SchemaRule rule, Place at) {
      if (leftOut.contains(rule)) {
        return;
      }
      if (rule.compiled() instanceof CompiledRule.NotUnderstood not) {
        leaveOut(rule, not.reason());
      } else if (rule.compiled() instanceof CompiledRule.Ready ready) {
        call.checkActive("validate");
        verdict(ready.program().judge(value, budget), value, rule, at);
      }
    }

    private void verdict(RuleVerdict verdict, Value value, SchemaRule rule, Place at) {
      if (verdict instanceof RuleVerdict.Broken) {
        found.problems().add(new Problem(at(value, rule, at), rule.message()));
      } else if (verdict instanceof RuleVerdict.Failed failed) {
        String message = rule.message() + " (the rule fails: " + failed.reason() + ")";
        found.problems().add(new Problem(at, message));
      } else if (verdict instanceof RuleVerdict.GivenUp givenUp) {
        leaveOut(rule, givenUp.reason());
      }
    }

    private Place at(Value value, SchemaRule rule, Place at) {
      Place place = at;
      Value of = value;
      for (String name : rule.field()) {
        int position = of instanceof Mapping object ? object.indexOf(name) : -1;
        place = place.field(name, position < 0 ? 0 : ((Mapping) of).line(position));
        of = position < 0 ? Null.INSTANCE : ((Mapping) of).value(position);
      }
      return place;
    }

    private void leaveOut(SchemaRule rule, String reason) {
      leftOut.add(rule);
      found
          .notChecked()
          .add("the rule at " + rule.at() + " is not checked: " + reason + ": " + rule.text());
    }
  }
}
