package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.TreeSource;
import java.util.List;

/**
 * One declared application: a source, a target and a policy.
 *
 * <p>Immutable; what it opens is not.
 *
 * @since 0.1.0
 */
public final class ApplicationSpec {
  private final String name;
  private final Backend.Opener<TreeSource> source;
  private final Backend.Opener<Target> target;
  private final ApplicationPolicy policy;
  private final List<String> dependsOn;

  ApplicationSpec(
      String name,
      Backend.Opener<TreeSource> source,
      Backend.Opener<Target> target,
      ApplicationPolicy policy,
      List<String> dependsOn) {
    this.name = requireNonNull(name, "name");
    this.source = requireNonNull(source, "source");
    this.target = requireNonNull(target, "target");
    this.policy = requireNonNull(policy, "policy");
    this.dependsOn = List.copyOf(dependsOn);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the policy. */
  public ApplicationPolicy policy() {
    return policy;
  }

  /** Returns the applications that have to be healthy first; for the controller. */
  public List<String> dependsOn() {
    return dependsOn;
  }

  /** Opens the source. */
  public TreeSource openSource() {
    return source.open();
  }

  /** Opens the target; the caller closes it. */
  public Target openTarget() {
    return target.open();
  }

  /** Returns a builder of the reconciler of a source and a target under this policy. */
  public Reconciler.Builder reconciler(TreeSource openedSource, Target openedTarget) {
    return Reconciler.builder(openedSource, openedTarget)
        .policy(policy.plan())
        .gates(policy.gates());
  }

  @Override
  public String toString() {
    return "ApplicationSpec[" + name + "]";
  }
}
