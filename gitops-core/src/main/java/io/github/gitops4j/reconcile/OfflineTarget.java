package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.plan.Veto;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.ResourceModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is known of a target without reaching it: how files are understood, and how declared content
 * is compared.
 *
 * <p>Immutable and thread-safe if its parts are.
 *
 * @since 0.1.0
 */
public final class OfflineTarget {
  private final String id;
  private final String place;
  private final ResourceModel model;
  private final Differ differ;
  private final List<Veto> vetoes;
  private final Arrangement arrangement;
  private final Function<Set<ResourceKey>, Set<String>> related;
  private final Set<String> hooks;
  private final Function<ResourceKey, Optional<String>> doubts;

  private OfflineTarget(Builder builder) {
    this.id = builder.id;
    this.place = builder.place;
    this.model = builder.model;
    this.differ = builder.differ;
    this.vetoes = builder.vetoes;
    this.arrangement = builder.arrangement;
    this.related = builder.related;
    this.hooks = builder.hooks;
    this.doubts = builder.doubts;
  }

  /**
   * Returns a builder.
   *
   * @param id a name for reports, without credentials
   * @param model how files are understood; it asks nobody
   * @param differ compares what is declared with what was declared before: of a live resource it is
   *     given key, digest and document, and an empty uid
   */
  public static Builder builder(String id, ResourceModel model, Differ differ) {
    return new Builder(id, model, differ);
  }

  /** Returns a name for reports. */
  public String id() {
    return id;
  }

  /** Returns a name that targets share which write to the same place. */
  public String place() {
    return place;
  }

  /** Returns how files are understood. */
  public ResourceModel model() {
    return model;
  }

  /** Returns what compares. */
  public Differ differ() {
    return differ;
  }

  /** Returns the target's own vetoes. */
  public List<Veto> vetoes() {
    return vetoes;
  }

  /** Returns the target's last word on the order. */
  public Arrangement arrangement() {
    return arrangement;
  }

  /** Returns what gives words that a file must hold to say how these keys are understood. */
  public Function<Set<ResourceKey>, Set<String>> related() {
    return related;
  }

  /** Returns words of which a file must hold one to declare a hook. */
  public Set<String> hooks() {
    return hooks;
  }

  /** Returns what is not known of a declared resource as the target is not reached. */
  public Optional<String> doubt(ResourceKey key) {
    return doubts.apply(key);
  }

  /** Builds an {@link OfflineTarget}. Confined to one thread. */
  public static final class Builder {
    private final String id;
    private final ResourceModel model;
    private final Differ differ;
    private String place;
    private List<Veto> vetoes = List.of();
    private Arrangement arrangement = Arrangement.asPlanned();
    private Function<Set<ResourceKey>, Set<String>> related = keys -> Set.of();
    private Set<String> hooks = Set.of();
    private Function<ResourceKey, Optional<String>> doubts = key -> Optional.empty();

    private Builder(String id, ResourceModel model, Differ differ) {
      this.id = requireNonNull(id, "id");
      this.place = id;
      this.model = requireNonNull(model, "model");
      this.differ = requireNonNull(differ, "differ");
    }

    /** Default the id: a name that targets share which write to the same place. */
    public Builder place(String value) {
      this.place = requireNonNull(value, "place");
      return this;
    }

    /** Default none. */
    public Builder vetoes(List<Veto> value) {
      this.vetoes = List.copyOf(value);
      return this;
    }

    /** Default as planned. */
    public Builder arrangement(Arrangement value) {
      this.arrangement = requireNonNull(value, "arrangement");
      return this;
    }

    /**
     * Default none: words of which a file must hold one to say how resources of these keys are
     * understood, as the definition of a kind does.
     */
    public Builder related(Function<Set<ResourceKey>, Set<String>> value) {
      this.related = requireNonNull(value, "related");
      return this;
    }

    /**
     * Default none: words of which a file must hold one to declare a hook. Hooks are run again
     * where anything is to do, so they are looked for in files that do not differ too.
     */
    public Builder hooks(Set<String> value) {
      this.hooks = Set.copyOf(value);
      return this;
    }

    /** Default nothing: says in words what is not known of a declared resource. */
    public Builder doubts(Function<ResourceKey, Optional<String>> value) {
      this.doubts = requireNonNull(value, "doubts");
      return this;
    }

    /** Builds it. */
    public OfflineTarget build() {
      return new OfflineTarget(this);
    }
  }
}
