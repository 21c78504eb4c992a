package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.resource.Document;

/**
 * Judges the objects of one kind. It is asked only about an object that is there, is not being
 * deleted, and whose content is known.
 *
 * <p>It has to be pure and to take any content, as {@code HA-1} and {@code HA-3} of {@link
 * io.github.gitops4j.health.HealthAssessor} say. To judge as we do in some cases, ask {@link
 * KubernetesHealth#create()} about the same input.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HealthRule {
  /** Judges an object by its content and by the time. */
  HealthReport judge(Document live, HealthInput input);
}
