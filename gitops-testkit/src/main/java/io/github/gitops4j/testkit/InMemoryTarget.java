package io.github.gitops4j.testkit;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.ResourceModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A whole target in memory, of {@link ManifestModel} resources.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryTarget implements Target {
  private final String id;
  private final InMemorySystem system = new InMemorySystem();
  private final InMemoryInventoryStore inventory;
  private final InMemoryHistoryStore history = new InMemoryHistoryStore();
  private final InMemoryApplier applier;
  private final StructuredDiffer differ = new StructuredDiffer();
  private final ManifestModel model = ManifestModel.create();
  private final Map<ResourceKey, Health> health = new ConcurrentHashMap<>();

  private InMemoryTarget(String id, List<IgnoreRule> ignoreRules) {
    this.id = requireNonNull(id, "id");
    this.inventory = InMemoryInventoryStore.ownedBy(id);
    this.applier = InMemoryApplier.of(system, ignoreRules);
  }

  /** Creates an empty target. */
  public static InMemoryTarget create() {
    return new InMemoryTarget("memory", List.of());
  }

  /** Creates an empty target that, when it writes, keeps the live value of ignored fields. */
  public static InMemoryTarget ignoring(List<IgnoreRule> ignoreRules) {
    return new InMemoryTarget("memory", ignoreRules);
  }

  /** Returns the live system, to edit it behind the engine's back. */
  public InMemorySystem system() {
    return system;
  }

  /** Sets what health a resource has while it is there. */
  public void health(ResourceKey key, Health value) {
    health.put(key, value);
    system.stir(key);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ResourceModel model() {
    return model;
  }

  @Override
  public InMemorySystem live() {
    return system;
  }

  @Override
  public Differ differ() {
    return differ;
  }

  @Override
  public Applier applier() {
    return applier;
  }

  /** Returns the applier, to see what it kept aside. */
  public InMemoryApplier inMemoryApplier() {
    return applier;
  }

  @Override
  public InMemoryInventoryStore inventory() {
    return inventory;
  }

  @Override
  public InMemoryHistoryStore history() {
    return history;
  }

  @Override
  public HealthAssessor health() {
    return new Programmed();
  }

  private final class Programmed implements HealthAssessor {
    @Override
    public HealthReport assess(HealthInput input) {
      if (input.live() instanceof Observation.Present) {
        Health programmed = health.getOrDefault(input.key(), Health.HEALTHY);
        return programmed == Health.HEALTHY
            ? HealthReport.healthy()
            : HealthReport.of(programmed, "by order of the test");
      }
      return HealthAssessor.presence().assess(input);
    }
  }
}
