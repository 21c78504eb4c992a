package io.github.gitops4j.testkit;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.AdditionPolicy;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.diff.Masking;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares documents field by field; what live has beyond the declaration counts as a difference.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class StructuredDiffer implements Differ {
  /** Creates the differ. */
  public StructuredDiffer() {}

  @Override
  public List<Drift> diff(DiffBatch batch, CallContext call) {
    List<Drift> drifts = new ArrayList<>();
    for (Comparison comparison : batch.comparisons()) {
      call.checkActive("diff");
      drifts.add(drift(comparison, batch, call));
    }
    return drifts;
  }

  private static Drift drift(Comparison sides, DiffBatch batch, CallContext call) {
    if (sides.live() instanceof Observation.Unreadable unreadable) {
      return new Drift.Undecided(unreadable.failure());
    } else if (sides.live() instanceof Observation.Present present) {
      return sides.desired().isEmpty()
          ? Drift.Extra.INSTANCE
          : compare(sides, present.resource().document().orElse(null), batch, call);
    }
    return Drift.Missing.INSTANCE;
  }

  private static Drift compare(
      Comparison sides, @Nullable Document live, DiffBatch batch, CallContext call) {
    try {
      Content declared = batch.desired().load(sides.key(), call).content();
      if (live == null || !(declared instanceof Content.Structured structured)) {
        return new Drift.Undecided(
            Failure.of(FailureCategory.UNSUPPORTED, sides.key() + ": not a document"));
      }
      DocumentDiffer differ =
          DocumentDiffer.builder()
              .additions(AdditionPolicy.REPORT)
              .ignoring(IgnoreRule.pathsFor(batch.ignoreRules(), sides.key()))
              .masking(
                  Masking.of(
                      sides.desired().orElseThrow().traits().sensitivePaths(), batch.maskingKey()))
              .build();
      List<FieldChange> changes = differ.diff(structured.document(), live);
      return changes.isEmpty() ? Drift.InSync.INSTANCE : new Drift.Changed(changes);
    } catch (RuntimeException e) {
      return new Drift.Undecided(Failure.from(e));
    }
  }
}
