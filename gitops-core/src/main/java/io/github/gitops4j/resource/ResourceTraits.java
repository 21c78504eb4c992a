package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a resource wants to be handled, as its {@code ResourceModel} read it.
 *
 * <p>Most resources have {@link #DEFAULT}, one shared instance.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class ResourceTraits {
  /** Main phase, wave 0, no dependencies, applied and pruned, nothing sensitive. */
  public static final ResourceTraits DEFAULT = new ResourceTraits(new Builder());

  private final Phase phase;
  private final int wave;
  private final int order;
  private final List<ResourceKey> dependsOn;
  private final ApplyPolicy applyPolicy;
  private final PrunePolicy prunePolicy;
  private final ReplacePolicy replacePolicy;
  private final List<FieldPath> sensitivePaths;
  private final @Nullable Hook hook;

  private ResourceTraits(Builder builder) {
    this.phase = builder.phase;
    this.wave = builder.wave;
    this.order = builder.order;
    this.dependsOn = builder.dependsOn;
    this.applyPolicy = builder.applyPolicy;
    this.prunePolicy = builder.prunePolicy;
    this.replacePolicy = builder.replacePolicy;
    this.sensitivePaths = builder.sensitivePaths;
    this.hook = builder.hook;
  }

  /** Returns a builder with the default of each trait. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns when within the operation it is written. */
  public Phase phase() {
    return phase;
  }

  /** Returns the wave within the phase; a wave starts when the one before it is healthy. */
  public int wave() {
    return wave;
  }

  /** Returns the order within the wave, for kinds that others build on; smaller goes first. */
  public int order() {
    return order;
  }

  /** Returns the resources that must be healthy before this one is written; sorted. */
  public List<ResourceKey> dependsOn() {
    return dependsOn;
  }

  /** Returns what may be written of it. */
  public ApplyPolicy applyPolicy() {
    return applyPolicy;
  }

  /** Returns what happens when it is no longer declared. */
  public PrunePolicy prunePolicy() {
    return prunePolicy;
  }

  /** Returns what may be done about an immutable field. */
  public ReplacePolicy replacePolicy() {
    return replacePolicy;
  }

  /** Returns the paths below which values are never shown; the root path hides everything. */
  public List<FieldPath> sensitivePaths() {
    return sensitivePaths;
  }

  /** Returns how it is run, if it is run in place of being kept. */
  public Optional<Hook> hook() {
    return Optional.ofNullable(hook);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceTraits that
        && phase == that.phase
        && wave == that.wave
        && order == that.order
        && dependsOn.equals(that.dependsOn)
        && applyPolicy == that.applyPolicy
        && prunePolicy == that.prunePolicy
        && replacePolicy == that.replacePolicy
        && sensitivePaths.equals(that.sensitivePaths)
        && Objects.equals(hook, that.hook);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        phase,
        wave,
        order,
        dependsOn,
        applyPolicy,
        prunePolicy,
        replacePolicy,
        sensitivePaths,
        hook);
  }

  @Override
  public String toString() {
    return "ResourceTraits[" + phase + " wave " + wave + " order " + order + "]";
  }

  /** Builds {@link ResourceTraits}. Confined to one thread. */
  public static final class Builder {
    private Phase phase = Phase.MAIN;
    private int wave;
    private int order;
    private List<ResourceKey> dependsOn = List.of();
    private ApplyPolicy applyPolicy = ApplyPolicy.APPLY;
    private PrunePolicy prunePolicy = PrunePolicy.PRUNE;
    private ReplacePolicy replacePolicy = ReplacePolicy.NEVER;
    private List<FieldPath> sensitivePaths = List.of();
    private @Nullable Hook hook;

    private Builder() {}

    /** Default {@link Phase#MAIN}. */
    public Builder phase(Phase value) {
      this.phase = requireNonNull(value, "phase");
      return this;
    }

    /** Default 0; may be negative. */
    public Builder wave(int value) {
      this.wave = value;
      return this;
    }

    /** Default 0; may be negative. */
    public Builder order(int value) {
      this.order = value;
      return this;
    }

    /** Default none. */
    public Builder dependsOn(Collection<ResourceKey> value) {
      this.dependsOn = List.copyOf(new TreeSet<>(value));
      return this;
    }

    /** Default {@link ApplyPolicy#APPLY}. */
    public Builder applyPolicy(ApplyPolicy value) {
      this.applyPolicy = requireNonNull(value, "applyPolicy");
      return this;
    }

    /** Default {@link PrunePolicy#PRUNE}. */
    public Builder prunePolicy(PrunePolicy value) {
      this.prunePolicy = requireNonNull(value, "prunePolicy");
      return this;
    }

    /** Default {@link ReplacePolicy#NEVER}. */
    public Builder replacePolicy(ReplacePolicy value) {
      this.replacePolicy = requireNonNull(value, "replacePolicy");
      return this;
    }

    /** Default none. */
    public Builder sensitivePaths(Collection<FieldPath> value) {
      this.sensitivePaths = List.copyOf(value);
      return this;
    }

    /** Default none: it is kept as declared. */
    public Builder hook(Hook value) {
      this.hook = requireNonNull(value, "hook");
      return this;
    }

    /** Builds the traits; all defaults give the shared {@link ResourceTraits#DEFAULT}. */
    public ResourceTraits build() {
      ResourceTraits built = new ResourceTraits(this);
      return built.equals(DEFAULT) ? DEFAULT : built;
    }
  }
}
