package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.application.FailedRevisionPolicy;
import io.github.gitops4j.gate.Soak;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.source.TreeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One source and one target under a name, for a {@link Controller}.
 *
 * <p>Source and target stay the caller's, who learns by {@link Builder#whenDone} when the
 * controller uses them no more.
 *
 * <p>Immutable; what it holds is not.
 *
 * @since 0.1.0
 */
public final class Application {
  final DesiredStateSource source;
  final Optional<TreeSource> tree;
  final UnaryOperator<Reconciler.Builder> reconciler;
  final Runnable whenDone;
  private final String name;
  private final Target target;
  private final Duration interval;
  private final Duration passTimeout;
  private final List<String> dependsOn;
  private final boolean suspended;
  private final FailedRevisionPolicy failed;
  private final List<String> near;

  private Application(Builder builder) {
    this.name = builder.name;
    this.source = builder.source;
    this.tree = builder.tree;
    this.target = builder.target;
    this.reconciler = builder.reconciler;
    this.whenDone = builder.whenDone;
    this.interval = builder.interval;
    this.passTimeout = builder.passTimeout;
    this.dependsOn = builder.dependsOn;
    this.suspended = builder.suspended;
    this.failed = builder.failed;
    this.near = Stream.concat(builder.dependsOn.stream(), builder.near.stream()).toList();
  }

  /**
   * Returns a builder for a source of files, read with the target's model.
   *
   * @param name unique in its controller
   */
  public static Builder builder(String name, TreeSource source, Target target) {
    return new Builder(
        name, TreeDesiredStateSource.of(source, target.model()), Optional.of(source), target);
  }

  /**
   * Opens a declared application, and closes its target in the end.
   *
   * @throws io.github.gitops4j.error.GitOpsException if its source or target cannot be opened
   */
  public static Builder open(ApplicationSpec spec) {
    TreeSource source = spec.openSource();
    Target target = spec.openTarget();
    Builder builder =
        builder(spec.name(), source, target)
            .reconciler(spec::choose)
            .whenDone(target::close)
            .interval(spec.policy().interval())
            .failed(spec.policy().failed())
            .near(soaking(spec))
            .dependsOn(spec.dependsOn());
    return spec.suspended() ? builder.suspended() : builder;
  }

  private static List<String> soaking(ApplicationSpec spec) {
    return spec.policy().gates().stream()
        .filter(Soak.class::isInstance)
        .map(gate -> ((Soak) gate).application())
        .toList();
  }

  /**
   * Returns a builder for a source of resources.
   *
   * @param name unique in its controller
   */
  public static Builder builder(String name, DesiredStateSource source, Target target) {
    return new Builder(name, source, Optional.empty(), target);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the target. */
  public Target target() {
    return target;
  }

  /** Returns how often it has a turn even if nothing tells of a change. */
  public Duration interval() {
    return interval;
  }

  /** Returns how long one pass may take. */
  public Duration passTimeout() {
    return passTimeout;
  }

  /** Returns the names of the applications that have to be ready first. */
  public List<String> dependsOn() {
    return dependsOn;
  }

  /** Returns the names of the applications that are taken care of by the same process. */
  public List<String> near() {
    return near;
  }

  /** Returns what is done about a revision that failed. */
  public FailedRevisionPolicy failed() {
    return failed;
  }

  /** Says whether it is left alone until it is resumed. */
  public boolean suspended() {
    return suspended;
  }

  @Override
  public String toString() {
    return "Application[" + name + "]";
  }

  /** Builds an {@link Application}. Confined to one thread. */
  public static final class Builder {
    private final String name;
    private final DesiredStateSource source;
    private final Optional<TreeSource> tree;
    private final Target target;
    private UnaryOperator<Reconciler.Builder> reconciler = UnaryOperator.identity();
    private Runnable whenDone = () -> {};
    private Duration interval = Duration.ofSeconds(60);
    private Duration passTimeout = Duration.ofMinutes(10);
    private List<String> dependsOn = List.of();
    private boolean suspended;
    private FailedRevisionPolicy failed = FailedRevisionPolicy.retry();
    private List<String> near = List.of();

    private Builder(
        String name, DesiredStateSource source, Optional<TreeSource> tree, Target target) {
      this.name = requireNonNull(name, "name");
      this.source = requireNonNull(source, "source");
      this.tree = tree;
      this.target = requireNonNull(target, "target");
      if (name.isEmpty()) {
        throw new IllegalArgumentException("an application needs a name");
      }
    }

    /**
     * Default as it comes: chooses policy, gates, listener and whatever else a reconciler has; each
     * call adds to what was chosen before.
     */
    public Builder reconciler(UnaryOperator<Reconciler.Builder> value) {
      requireNonNull(value, "reconciler");
      UnaryOperator<Reconciler.Builder> before = reconciler;
      this.reconciler = builder -> value.apply(before.apply(builder));
      return this;
    }

    /** Default nothing: runs once, when the controller is done with source and target. */
    public Builder whenDone(Runnable value) {
      this.whenDone = requireNonNull(value, "whenDone");
      return this;
    }

    /** Default 60 s: how often it has a turn even if nothing tells of a change. */
    public Builder interval(Duration value) {
      this.interval = positive(value, "interval");
      return this;
    }

    /** Default 10 minutes: how long one pass may take, which does not wait for health. */
    public Builder passTimeout(Duration value) {
      this.passTimeout = positive(value, "passTimeout");
      return this;
    }

    /** Default none: applications that have to be ready first. */
    public Builder dependsOn(List<String> value) {
      this.dependsOn = List.copyOf(value);
      return this;
    }

    /**
     * Default none, beside those that it depends on: applications of which a gate asks how they
     * stand. Where processes share the work, one takes care of all of them.
     */
    public Builder near(List<String> value) {
      this.near = List.copyOf(value);
      return this;
    }

    /** Default {@link FailedRevisionPolicy#retry}. */
    public Builder failed(FailedRevisionPolicy value) {
      this.failed = requireNonNull(value, "failed");
      return this;
    }

    /** Default not: it is left alone until it is {@linkplain Controller#resume resumed}. */
    public Builder suspended() {
      this.suspended = true;
      return this;
    }

    /** Returns the name. */
    public String name() {
      return name;
    }

    private static Duration positive(Duration value, String what) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(what + " has to be positive: " + value);
      }
      return value;
    }

    /** Builds the application. */
    public Application build() {
      return new Application(this);
    }
  }
}
