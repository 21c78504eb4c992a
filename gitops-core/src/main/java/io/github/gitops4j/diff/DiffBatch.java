package io.github.gitops4j.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.DesiredState;
import java.util.List;

/**
 * What a differ is asked.
 *
 * <p>Immutable.
 *
 * @param comparisons the keys to compare, each with a declared side
 * @param desired where the declared content can be loaded from
 * @param ignoreRules fields that do not count
 * @param maskingKey key under which sensitive values are digested
 * @since 0.1.0
 */
public record DiffBatch(
    List<Comparison> comparisons,
    DesiredState desired,
    List<IgnoreRule> ignoreRules,
    Sensitive<byte[]> maskingKey) {
  /** Copies the lists. */
  public DiffBatch {
    comparisons = List.copyOf(comparisons);
    requireNonNull(desired, "desired");
    ignoreRules = List.copyOf(ignoreRules);
    requireNonNull(maskingKey, "maskingKey");
  }
}
