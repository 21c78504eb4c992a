package io.github.gitops4j.examples.flags;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.diff.Masking;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.source.DesiredEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares flags. Equal digests are equal flags; only where they differ is the value loaded.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FlagDiffer implements Differ {
  /** Creates the differ. */
  public FlagDiffer() {}

  @Override
  public List<Drift> diff(DiffBatch batch, CallContext call) {
    List<Drift> drifts = new ArrayList<>();
    for (Comparison sides : batch.comparisons()) {
      call.checkActive("compare flags");
      drifts.add(drift(sides, batch, call));
    }
    return drifts;
  }

  private static Drift drift(Comparison sides, DiffBatch batch, CallContext call) {
    if (sides.live() instanceof Observation.Unreadable unreadable) {
      return new Drift.Undecided(unreadable.failure());
    } else if (!(sides.live() instanceof Observation.Present present)) {
      return Drift.Missing.INSTANCE;
    } else if (sides.desired().isEmpty()) {
      return Drift.Extra.INSTANCE;
    } else {
      return compare(sides.desired().get(), present.resource(), batch, call);
    }
  }

  private static Drift compare(
      DesiredEntry desired, LiveResource live, DiffBatch batch, CallContext call) {
    if (desired.digest().equals(live.digest())) {
      return Drift.InSync.INSTANCE;
    }
    try {
      Content declared = batch.desired().load(desired.key(), call).content();
      Document document = ((Content.Structured) declared).document();
      List<FieldChange> changes =
          DocumentDiffer.builder()
              .ignoring(IgnoreRule.pathsFor(batch.ignoreRules(), desired.key()))
              .masking(Masking.of(desired.traits().sensitivePaths(), batch.maskingKey()))
              .build()
              .diff(document, live.document().orElseThrow());
      return changes.isEmpty() ? Drift.InSync.INSTANCE : new Drift.Changed(changes);
    } catch (RuntimeException e) {
      return new Drift.Undecided(Failure.from(e));
    }
  }
}
