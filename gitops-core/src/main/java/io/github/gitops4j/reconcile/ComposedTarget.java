package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.RemovalGuard;
import io.github.gitops4j.plan.Veto;
import io.github.gitops4j.source.ResourceModel;
import java.util.List;
import java.util.Optional;

/**
 * A target with some of its parts replaced.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ComposedTarget implements Target {
  private final Target base;
  private final Builder parts;

  private ComposedTarget(Builder parts) {
    this.base = parts.base;
    this.parts = new Builder(parts);
  }

  /** Returns a builder that starts with all parts of a target. */
  public static Builder from(Target target) {
    return new Builder(requireNonNull(target, "target"));
  }

  @Override
  public String id() {
    return base.id();
  }

  @Override
  public ResourceModel model() {
    return parts.model;
  }

  @Override
  public LiveStateProvider live() {
    return parts.live;
  }

  @Override
  public Differ differ() {
    return parts.differ;
  }

  @Override
  public Applier applier() {
    return parts.applier;
  }

  @Override
  public InventoryStore inventory() {
    return parts.inventory;
  }

  @Override
  public HistoryStore history() {
    return parts.history;
  }

  @Override
  public Optional<Ledger> ledger() {
    return parts.ledger;
  }

  @Override
  public HealthAssessor health() {
    return parts.health;
  }

  @Override
  public TargetLock lock() {
    return base.lock();
  }

  @Override
  public List<Veto> vetoes() {
    return base.vetoes();
  }

  @Override
  public RemovalGuard removalGuard() {
    return base.removalGuard();
  }

  @Override
  public Arrangement arrangement() {
    return base.arrangement();
  }

  @Override
  public PlanPolicy defaultPolicy() {
    return base.defaultPolicy();
  }

  /** Closes the target that this one was made from. */
  @Override
  public void close() {
    base.close();
  }

  /** Builds a {@link ComposedTarget}. Confined to one thread. */
  public static final class Builder {
    private final Target base;
    private ResourceModel model;
    private LiveStateProvider live;
    private Differ differ;
    private Applier applier;
    private InventoryStore inventory;
    private HistoryStore history;
    private Optional<Ledger> ledger;
    private HealthAssessor health;

    private Builder(Target base) {
      this.base = base;
      this.model = base.model();
      this.live = base.live();
      this.differ = base.differ();
      this.applier = base.applier();
      this.inventory = base.inventory();
      this.history = base.history();
      this.ledger = base.ledger();
      this.health = base.health();
    }

    private Builder(Builder from) {
      this.base = from.base;
      this.model = from.model;
      this.live = from.live;
      this.differ = from.differ;
      this.applier = from.applier;
      this.inventory = from.inventory;
      this.history = from.history;
      this.ledger = from.ledger;
      this.health = from.health;
    }

    /** Default the base's. */
    public Builder model(ResourceModel value) {
      this.model = requireNonNull(value, "model");
      return this;
    }

    /** Default the base's. */
    public Builder live(LiveStateProvider value) {
      this.live = requireNonNull(value, "live");
      return this;
    }

    /** Default the base's. */
    public Builder differ(Differ value) {
      this.differ = requireNonNull(value, "differ");
      return this;
    }

    /** Default the base's. */
    public Builder applier(Applier value) {
      this.applier = requireNonNull(value, "applier");
      return this;
    }

    /** Default the base's; another one has nothing to do with the base's ledger. */
    public Builder inventory(InventoryStore value) {
      this.inventory = requireNonNull(value, "inventory");
      this.ledger = Optional.empty();
      return this;
    }

    /** Default the base's; another one has nothing to do with the base's ledger. */
    public Builder history(HistoryStore value) {
      this.history = requireNonNull(value, "history");
      this.ledger = Optional.empty();
      return this;
    }

    /** Default the base's, unless inventory or history is another one. */
    public Builder ledger(Ledger value) {
      this.ledger = Optional.of(value);
      return this;
    }

    /** Default the base's. */
    public Builder health(HealthAssessor value) {
      this.health = requireNonNull(value, "health");
      return this;
    }

    /** Builds the target. */
    public ComposedTarget build() {
      return new ComposedTarget(this);
    }
  }
}
