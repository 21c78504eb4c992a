package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Compares files by their digests. A change names the digests of both sides, and the mode if that
 * is all that differs.
 *
 * <p>Thread-safe.
 */
final class FileDiffer implements Differ {
  private static final FieldPath CONTENT = FieldPath.root().field("content");

  @Override
  public List<Drift> diff(DiffBatch batch, CallContext call) {
    List<Drift> drifts = new ArrayList<>(batch.comparisons().size());
    for (Comparison comparison : batch.comparisons()) {
      call.checkActive("diff");
      drifts.add(drift(comparison));
    }
    return drifts;
  }

  private static Drift drift(Comparison sides) {
    if (sides.live() instanceof Observation.Unreadable unreadable) {
      return new Drift.Undecided(unreadable.failure());
    } else if (!(sides.live() instanceof Observation.Present)) {
      return Drift.Missing.INSTANCE;
    } else if (sides.desired().isEmpty()) {
      return Drift.Extra.INSTANCE;
    }
    LiveResource live = ((Observation.Present) sides.live()).resource();
    ContentDigest desired = sides.desired().get().digest();
    return desired.equals(live.digest())
        ? Drift.InSync.INSTANCE
        : new Drift.Changed(List.of(change(live, desired)));
  }

  private static FieldChange change(LiveResource live, ContentDigest desired) {
    return new FieldChange(
        CONTENT,
        new FieldValue.Hashed(live.digest(), size(live)),
        new FieldValue.Hashed(desired, OptionalLong.empty()));
  }

  /** The size is the second part of a stat token. */
  private static OptionalLong size(LiveResource live) {
    String[] parts = live.token().split("-", 3);
    return parts.length < 3 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(parts[1]));
  }
}
