package io.github.gitops4j.report;

import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.plan.ChangeJson;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.util.Locale;

/** One difference as JSON. */
final class DriftJson {
  private DriftJson() {}

  static Mapping write(Difference difference) {
    Drift drift = difference.drift();
    Mapping.Builder json =
        Mapping.builder()
            .put("key", KeyJson.write(difference.key()))
            .put("drift", Text.of(Wording.drift(drift).toUpperCase(Locale.ROOT)));
    if (drift instanceof Drift.Changed changed) {
      Sequence.Builder changes = Sequence.builder();
      changed.changes().forEach(change -> changes.add(ChangeJson.write(change)));
      json.put("changes", changes.build());
    } else if (drift instanceof Drift.Undecided undecided) {
      json.put("reason", Text.of(undecided.failure().message()));
    }
    return json.build();
  }
}
