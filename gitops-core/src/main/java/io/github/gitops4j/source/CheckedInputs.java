package io.github.gitops4j.source;

import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a {@link Validation} has found, each list ordered by file and line.
 *
 * <p>Immutable.
 *
 * @param declared where each resource is declared; of several places the first
 * @param broken what cannot be understood
 * @param warnings what other tools may understand otherwise
 * @param findings what the checks say
 * @since 0.1.0
 */
public record CheckedInputs(
    SortedMap<ResourceKey, Origin> declared,
    List<BrokenInput> broken,
    List<InputWarning> warnings,
    List<InputFinding> findings) {
  /** Copies the collections. */
  public CheckedInputs {
    declared = Collections.unmodifiableSortedMap(new TreeMap<>(declared));
    broken = List.copyOf(broken);
    warnings = List.copyOf(warnings);
    findings = List.copyOf(findings);
  }
}
