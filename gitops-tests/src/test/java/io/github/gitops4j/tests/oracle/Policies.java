package io.github.gitops4j.tests.oracle;

import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.plan.ConflictPolicy;
import io.github.gitops4j.plan.DriftPolicy;
import io.github.gitops4j.plan.IncompletePolicy;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PrunedDriftPolicy;
import io.github.gitops4j.resource.FieldPath;
import java.util.List;
import java.util.Random;

/** Random policies. */
final class Policies {
  private static final List<List<IgnoreRule>> IGNORED =
      List.of(
          List.of(),
          List.of(),
          List.of(
              IgnoreRule.builder(List.of(FieldPath.parse("/spec/value"))).name("[a-c]").build()),
          List.of(IgnoreRule.builder(List.of(FieldPath.parse("/spec/value"))).name("a").build()),
          List.of(IgnoreRule.builder(List.of(FieldPath.parse("/spec/list/[name=x]/port"))).build()),
          List.of(IgnoreRule.builder(List.of(FieldPath.parse("/spec/list/*/port"))).build()));

  private Policies() {}

  static PlanPolicy any(Random random) {
    return PlanPolicy.builder()
        .pruning(pick(random, PlanPolicy.Pruning.values()))
        .drift(pick(random, DriftPolicy.values()))
        .conflict(pick(random, ConflictPolicy.values()))
        .ownership(pick(random, OwnershipPolicy.values()))
        .prunedDrift(pick(random, PrunedDriftPolicy.values()))
        .incomplete(pick(random, IncompletePolicy.values()))
        .ignoreRules(IGNORED.get(random.nextInt(IGNORED.size())))
        .build();
  }

  private static <T> T pick(Random random, T[] from) {
    return from[random.nextInt(from.length)];
  }
}
