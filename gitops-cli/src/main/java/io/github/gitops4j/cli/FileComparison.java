package io.github.gitops4j.cli;

import io.github.gitops4j.diff.AdditionPolicy;
import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.kubernetes.diff.OfflineDiffer;
import io.github.gitops4j.report.Difference;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * Compares documents with their counterparts.
 *
 * <p>Immutable.
 *
 * @param manifests compares Kubernetes manifests
 * @param additions what is said of fields that only live has, in other documents
 * @param namespace of a live object whose declaration names none; empty if that is all
 * @param ignored what does not count
 */
record FileComparison(
    OfflineDiffer manifests, AdditionPolicy additions, String namespace, List<IgnoreRule> ignored) {

  /** Returns what differs, by key. */
  List<Difference> compare(
      SortedMap<ResourceKey, FileDocument> desired, SortedMap<ResourceKey, FileDocument> live) {
    List<Difference> differences = new ArrayList<>();
    Set<ResourceKey> met = new HashSet<>();
    for (FileDocument declared : desired.values()) {
      ResourceKey key = counterpart(declared.key(), live);
      FileDocument found = live.get(key);
      met.add(key);
      Drift drift = found == null ? Drift.Missing.INSTANCE : drift(declared, found);
      if (!(drift instanceof Drift.InSync)) {
        differences.add(new Difference(key, drift));
      }
    }
    for (ResourceKey key : live.keySet()) {
      if (!met.contains(key)) {
        differences.add(new Difference(key, Drift.Extra.INSTANCE));
      }
    }
    return differences.stream().sorted(Comparator.comparing(Difference::key)).toList();
  }

  private ResourceKey counterpart(ResourceKey key, SortedMap<ResourceKey, FileDocument> live) {
    ResourceKey inNamespace = ResourceKey.of(key.group(), key.kind(), namespace, key.name());
    boolean moved =
        key.namespace().isEmpty() && !live.containsKey(key) && live.containsKey(inNamespace);
    return moved ? inNamespace : key;
  }

  private Drift drift(FileDocument desired, FileDocument live) {
    if (live.form() == FileDocument.Form.MANIFEST) {
      return manifests.compare(live.key(), desired.document(), live.document(), ignored);
    }
    List<FieldChange> changes =
        DocumentDiffer.builder()
            .additions(additions)
            .ignoring(IgnoreRule.pathsFor(ignored, live.key()))
            .build()
            .diff(desired.document(), live.document());
    return changes.isEmpty() ? Drift.InSync.INSTANCE : new Drift.Changed(changes);
  }
}
