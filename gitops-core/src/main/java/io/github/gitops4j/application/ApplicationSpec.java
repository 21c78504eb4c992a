package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.reconcile.Preview;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.TreeSource;
import java.util.List;
import java.util.Optional;

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
  private final Run run;

  ApplicationSpec(
      String name,
      Backend.Opener<TreeSource> source,
      Backend.Opener<Target> target,
      ApplicationPolicy policy,
      List<String> dependsOn,
      Run run) {
    this.name = requireNonNull(name, "name");
    this.source = requireNonNull(source, "source");
    this.target = requireNonNull(target, "target");
    this.policy = requireNonNull(policy, "policy");
    this.dependsOn = List.copyOf(dependsOn);
    this.run = requireNonNull(run, "run");
  }

  /** What only a controller looks at. */
  record Run(
      ContentDigest digest,
      Origin origin,
      Optional<Origin> element,
      boolean suspended,
      RemovalPolicy onRemoval) {}

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

  /** Returns where it is declared; of a set, that is where the set is. */
  public Origin origin() {
    return run.origin();
  }

  /** Returns where a generator of a set has found what it is made of. */
  public Optional<Origin> element() {
    return run.element();
  }

  /** Returns what is wrong with another application that is declared under the name of this one. */
  public InvalidInputException nameIsTaken(ApplicationSpec other) {
    return new InvalidInputException(
        other.origin().file(),
        other.origin().line(),
        0,
        "expected another name"
            + other.element().map(element -> " for " + element).orElse("")
            + ": the application in "
            + run.origin()
            + run.element().map(element -> " for " + element).orElse("")
            + " is called "
            + name
            + " too");
  }

  /** Returns the digest of all that is declared of it. */
  public ContentDigest digest() {
    return run.digest();
  }

  /** Says whether a controller leaves it alone. */
  public boolean suspended() {
    return run.suspended();
  }

  /** Returns what becomes of its resources once it is no longer declared. */
  public RemovalPolicy onRemoval() {
    return run.onRemoval();
  }

  /** Opens the source. */
  public TreeSource openSource() {
    return source.open();
  }

  /** Opens the target; the caller closes it. */
  public Target openTarget() {
    return target.open();
  }

  /**
   * Returns what is known of the target without reaching it; nothing if its backend cannot tell.
   */
  public Optional<OfflineTarget> offlineTarget() {
    return target instanceof TargetOpener opener ? Optional.of(opener.offline()) : Optional.empty();
  }

  /** Returns what says under this policy what going from one revision to another does. */
  public Preview preview(TreeSource openedSource, OfflineTarget offline) {
    return Preview.of(openedSource, offline, policy.plan());
  }

  /** Returns a builder of the reconciler of a source and a target under this policy. */
  public Reconciler.Builder reconciler(TreeSource openedSource, Target openedTarget) {
    return choose(Reconciler.builder(openedSource, openedTarget));
  }

  /** Chooses in a builder what this policy says, and returns it. */
  public Reconciler.Builder choose(Reconciler.Builder reconciler) {
    return reconciler
        .policy(policy.plan())
        .gates(policy.gates())
        .rollback(policy.failed().rollbackPolicy());
  }

  @Override
  public String toString() {
    return "ApplicationSpec[" + name + "]";
  }
}
