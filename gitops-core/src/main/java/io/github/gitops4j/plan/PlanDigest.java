package io.github.gitops4j.plan;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;

/** The digest under which a plan is approved. */
final class PlanDigest {
  private PlanDigest() {}

  static ContentDigest of(Plan plan) {
    Sequence.Builder actions = Sequence.builder();
    plan.actions().forEach(action -> actions.add(ActionJson.stable(action).build()));
    Mapping covered =
        Mapping.builder()
            .put("target", Text.of(plan.header().target()))
            .put("contentId", Text.of(plan.header().contentId()))
            .put("policy", Text.of(plan.header().policy()))
            .put("actions", actions.build())
            .put("broken", PlanJson.broken(plan.broken()))
            .build();
    return Document.of(covered).digest();
  }
}
