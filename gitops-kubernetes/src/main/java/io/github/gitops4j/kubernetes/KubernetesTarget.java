package io.github.gitops4j.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.kubernetes.apply.DeletePropagation;
import io.github.gitops4j.kubernetes.apply.KnownObjects;
import io.github.gitops4j.kubernetes.apply.ServerSideApplier;
import io.github.gitops4j.kubernetes.diff.ServerSideDiffer;
import io.github.gitops4j.kubernetes.health.KubernetesHealth;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.inventory.SecretStores;
import io.github.gitops4j.kubernetes.live.ClusterLive;
import io.github.gitops4j.kubernetes.manifest.KindScopes;
import io.github.gitops4j.kubernetes.manifest.KubernetesModel;
import io.github.gitops4j.kubernetes.plan.ClusterArrangement;
import io.github.gitops4j.kubernetes.plan.ClusterRemovalGuard;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.plan.ConflictPolicy;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PrunedDriftPolicy;
import io.github.gitops4j.plan.RemovalGuard;
import io.github.gitops4j.reconcile.Ledger;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.ResourceModel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster as live system.
 *
 * <p>Everything is asked and written through the client that is handed in, with its address and its
 * credentials; the target does not close it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KubernetesTarget implements Target {
  private static final PlanPolicy POLICY =
      PlanPolicy.builder()
          .conflict(ConflictPolicy.PREFER_DESIRED)
          .prunedDrift(PrunedDriftPolicy.PRUNE)
          .build();

  private final String id;
  private final KubernetesModel model;
  private final ClusterLive live;
  private final Differ differ;
  private final Applier applier;
  private final SecretStores stores;
  private final InventoryStore inventory;
  private final HistoryStore history;
  private final Optional<Ledger> ledger;
  private final HealthAssessor health;
  private final Arrangement arrangement = new ClusterArrangement();
  private final RemovalGuard removalGuard;
  private final AtomicReference<Runnable> closing;

  private KubernetesTarget(Builder builder) {
    KubernetesCluster cluster = builder.cluster.apply(builder.retry);
    ApiServer server = cluster.server().with(builder.retry, builder.requestLimit);
    Discovery discovery = cluster.discovery().through(server);
    ManagerName manager = ManagerName.of(builder.owner);
    this.id = "kubernetes:" + server.address() + "#" + builder.owner;
    this.model = KubernetesModel.of(builder.defaultNamespace, scopes(discovery));
    this.live =
        new ClusterLive(
            server, discovery, manager, cluster.watches(), cluster.contents(), builder.sweep);
    this.removalGuard = new ClusterRemovalGuard(server, discovery);
    this.differ = new ServerSideDiffer(server, discovery, manager);
    this.applier =
        ServerSideApplier.builder(server, discovery, manager)
            .known(new SeenObjects(live))
            .propagation(builder.propagation)
            .retry(builder.retry)
            .inFlight(builder.inFlight)
            .build();
    this.stores =
        new SecretStores(
                server, builder.retry, builder.stateNamespace(), builder.stateName(), builder.owner)
            .watching(cluster.heads());
    this.inventory = builder.inventory == null ? stores.inventory() : builder.inventory;
    this.history = builder.history == null ? stores.history() : builder.history;
    this.ledger =
        builder.inventory == null && builder.history == null
            ? Optional.of(stores.ledger())
            : Optional.empty();
    this.health = builder.health;
    this.closing = new AtomicReference<>(() -> builder.closing.accept(cluster));
  }

  private static KindScopes scopes(Discovery discovery) {
    return (group, kind, call) ->
        discovery.kinds(call).find(group, kind).map(found -> !found.namespaced()).orElse(false);
  }

  /**
   * Returns a builder of a target beside others on the same cluster.
   *
   * @param cluster what it shares with them
   * @param owner who owns what is applied, as in {@link #builder(KubernetesClient, String)}
   */
  public static Builder builder(KubernetesCluster cluster, String owner) {
    requireNonNull(cluster, "cluster");
    return new Builder(retry -> cluster, owner, shared -> {});
  }

  /**
   * Returns a builder of a target that is alone on its cluster.
   *
   * @param client the way to the cluster
   * @param owner who owns what is applied: installation and application, such as {@code
   *     platform/shop}; no other application in the cluster may have the same
   */
  public static Builder builder(KubernetesClient client, String owner) {
    requireNonNull(client, "client");
    return new Builder(
        retry -> KubernetesCluster.over(client, retry), owner, KubernetesCluster::close);
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
  public LiveStateProvider live() {
    return live;
  }

  @Override
  public Differ differ() {
    return differ;
  }

  @Override
  public Arrangement arrangement() {
    return arrangement;
  }

  @Override
  public RemovalGuard removalGuard() {
    return removalGuard;
  }

  @Override
  public Applier applier() {
    return applier;
  }

  @Override
  public InventoryStore inventory() {
    return inventory;
  }

  @Override
  public HistoryStore history() {
    return history;
  }

  /** Returns that of the Secrets, unless one of the stores was handed in. */
  @Override
  public Optional<Ledger> ledger() {
    return ledger;
  }

  @Override
  public HealthAssessor health() {
    return health;
  }

  /**
   * Returns a policy for a place where others write too: what is declared wins, and what is no
   * longer declared is removed although somebody has touched it.
   */
  @Override
  public PlanPolicy defaultPolicy() {
    return POLICY;
  }

  /**
   * Deletes inventory and history from the cluster for good; what was applied stays and is nobody's
   * any more. Does nothing to stores that were handed in.
   *
   * @throws io.github.gitops4j.error.InventoryException if a Secret cannot be deleted; calling it
   *     again goes on
   */
  public void forget(CallContext call) {
    stores.forget(call);
  }

  /** Ends the watches that nobody else needs, and gives back a client that was not handed in. */
  @Override
  public void close() {
    live.close();
    stores.close();
    closing.getAndSet(() -> {}).run();
  }

  /**
   * What the looks and watches have seen, for writes.
   *
   * @param live has seen it
   */
  private record SeenObjects(ClusterLive live) implements KnownObjects {
    @Override
    public Optional<LiveResource> find(ResourceKey key) {
      return live.find(key);
    }

    @Override
    public void note(LiveResource seen, boolean terminating) {
      live.written(seen, terminating);
    }

    @Override
    public void gone(ResourceKey key) {
      live.gone(key);
    }
  }

  /** Builds a {@link KubernetesTarget}. Confined to one thread. */
  public static final class Builder {
    private final Function<RetryPolicy, KubernetesCluster> cluster;
    private final String owner;
    private Consumer<KubernetesCluster> closing;
    private @Nullable InventoryStore inventory;
    private @Nullable HistoryStore history;
    private @Nullable String stateNamespace;
    private String defaultNamespace = "default";
    private DeletePropagation propagation = DeletePropagation.BACKGROUND;
    private HealthAssessor health = KubernetesHealth.create();
    private RetryPolicy retry = RetryPolicy.builder().build();
    private Duration requestLimit = Duration.ofSeconds(30);
    private Duration sweep = Duration.ofMinutes(30);
    private int inFlight = 16;

    private Builder(
        Function<RetryPolicy, KubernetesCluster> cluster,
        String owner,
        Consumer<KubernetesCluster> closing) {
      this.cluster = cluster;
      this.closing = closing;
      this.owner = requireNonNull(owner, "owner");
      if (owner.isBlank()) {
        throw new IllegalArgumentException("owner is blank");
      }
    }

    /** Default {@code default}: the namespace of objects that name none. */
    public Builder defaultNamespace(String value) {
      this.defaultNamespace = requireNonNull(value, "defaultNamespace");
      return this;
    }

    /**
     * Default that of {@link #defaultNamespace}: where the Secrets with inventory and history are.
     * It has to exist.
     */
    public Builder stateNamespace(String value) {
      this.stateNamespace = requireNonNull(value, "stateNamespace");
      return this;
    }

    /** Default Secrets of the cluster. */
    public Builder inventory(InventoryStore value) {
      this.inventory = requireNonNull(value, "inventory");
      return this;
    }

    /** Default Secrets of the cluster. */
    public Builder history(HistoryStore value) {
      this.history = requireNonNull(value, "history");
      return this;
    }

    /** What to do with the cluster when the target is closed. */
    Builder closing(Consumer<KubernetesCluster> value) {
      this.closing = value;
      return this;
    }

    /** Default {@link DeletePropagation#BACKGROUND}. */
    public Builder propagation(DeletePropagation value) {
      this.propagation = requireNonNull(value, "propagation");
      return this;
    }

    /**
     * Default {@link KubernetesHealth#create()}. With {@link HealthAssessor#presence()} nothing
     * waits for pods to be ready or for a Job to be done.
     */
    public Builder health(HealthAssessor value) {
      this.health = requireNonNull(value, "health");
      return this;
    }

    /** Default the default of {@link RetryPolicy}; for reads that fail for a reason that passes. */
    public Builder retry(RetryPolicy value) {
      this.retry = requireNonNull(value, "retry");
      return this;
    }

    /** Default 30 seconds: the longest wait for one answer. */
    public Builder requestLimit(Duration value) {
      this.requestLimit = requireNonNull(value, "requestLimit");
      return this;
    }

    /** Default 16: how many writes are under way at most. */
    public Builder inFlight(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one request in flight, not " + value);
      }
      this.inFlight = value;
      return this;
    }

    /** Default 30 minutes: how often everything is looked at although it is watched. */
    public Builder sweepEvery(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("sweepEvery must be positive: " + value);
      }
      this.sweep = value;
      return this;
    }

    private String stateNamespace() {
      return stateNamespace == null ? defaultNamespace : stateNamespace;
    }

    /** Names of objects are shorter than owner ids, and have fewer signs. */
    private String stateName() {
      return "gitops4j-" + ContentDigest.of(owner).abbreviated();
    }

    /** Builds the target. It asks nothing yet. */
    public KubernetesTarget build() {
      return new KubernetesTarget(this);
    }
  }
}
