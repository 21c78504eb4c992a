package io.github.gitops4j.gate;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Globs;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceSelector;
import io.github.gitops4j.source.InputCheck;
import io.github.gitops4j.source.InputFinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the applications of one tenant may use and write. A plan with anything else in it is
 * refused, whole, with all that is wrong: every object that it would write, adopt or remove is
 * looked at, and every hook, also one that is run only if something fails. No approval overrules
 * that.
 *
 * <p>What is not allowed is forbidden, save that objects in an allowed namespace may be of any kind
 * unless kinds are named. Files of an allowed directory are all allowed.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Tenant implements Gate {
  private static final int SHOWN = 5;

  private final String name;
  private final Globs sources;
  private final Globs targets;
  private final Globs namespaces;
  private final List<ResourceSelector> kinds;
  private final List<ResourceSelector> deniedKinds;
  private final List<ResourceSelector> clusterKinds;

  private Tenant(Builder builder) {
    this.name = builder.name;
    this.sources = builder.sources;
    this.targets = builder.targets;
    this.namespaces = builder.namespaces;
    this.kinds = builder.kinds;
    this.deniedKinds = builder.deniedKinds;
    this.clusterKinds = builder.clusterKinds;
  }

  /** Returns a builder of a tenant that may nothing so far. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Returns the name of the tenant. */
  public String tenant() {
    return name;
  }

  @Override
  public String name() {
    return "tenant";
  }

  @Override
  public GateVerdict evaluate(Plan plan, GateFacts facts) {
    List<String> wrong = new ArrayList<>();
    objection(plan.header().source(), plan.header().target()).ifPresent(wrong::add);
    Set<ResourceKey> keys = new LinkedHashSet<>();
    plan.actions().stream()
        .filter(Tenant::isForTheTenantToDo)
        .map(PlannedAction::key)
        .forEach(keys::add);
    keys.addAll(new TreeSet<>(facts.hooks()));
    keys.forEach(key -> objection(key).ifPresent(wrong::add));
    if (wrong.isEmpty()) {
      return GateVerdict.allow();
    }
    String more = wrong.size() <= SHOWN ? "" : "; and " + (wrong.size() - SHOWN) + " more";
    return new GateVerdict.Deny(
        String.join("; ", wrong.subList(0, Math.min(SHOWN, wrong.size()))) + more);
  }

  private static boolean isForTheTenantToDo(PlannedAction action) {
    return !(action instanceof PlannedAction.Hold || action instanceof PlannedAction.Release);
  }

  /** Returns why a source or a target may not be used, named by their ids. */
  public Optional<String> objection(String source, String target) {
    Optional<String> toSource = objectionToSource(source);
    if (toSource.isPresent()) {
      return toSource;
    }
    return isEvasive(target) || !targets.take(target)
        ? Optional.of("tenant " + name + " may not use target " + target)
        : Optional.empty();
  }

  /** Returns why a source, named by its id, may not be used. */
  public Optional<String> objectionToSource(String source) {
    return isEvasive(source) || !sources.take(source)
        ? Optional.of("tenant " + name + " may not use source " + source)
        : Optional.empty();
  }

  /** A path that goes up may be another place than the one that a glob sees. */
  private static boolean isEvasive(String id) {
    String plain = id.replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f|%5c|\\\\", "/");
    return (plain + "/").contains("/../") || (plain + "/").contains("/./");
  }

  /** Returns why a resource may not be written or removed. */
  public Optional<String> objection(ResourceKey key) {
    boolean allowed =
        key.namespace().isEmpty()
            ? key.isFile() || takes(clusterKinds, key)
            : namespaces.take(key.namespace()) && (kinds.isEmpty() || takes(kinds, key));
    return allowed && !takes(deniedKinds, key)
        ? Optional.empty()
        : Optional.of("tenant " + name + " may not write " + key);
  }

  /** Returns what says of each declared resource whether this tenant may write it. */
  public InputCheck inputCheck() {
    return (resource, call) ->
        objection(resource.key())
            .map(
                objection ->
                    List.of(
                        new InputFinding(
                            InputFinding.Rule.POLICY,
                            InputFinding.Severity.ERROR,
                            resource.origin(),
                            FieldPath.root(),
                            objection)))
            .orElse(List.of());
  }

  private static boolean takes(List<ResourceSelector> selectors, ResourceKey key) {
    return selectors.stream().anyMatch(selector -> selector.selects(key));
  }

  /**
   * Builds a {@link Tenant}. Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final String name;
    private Globs sources = Globs.of(List.of());
    private Globs targets = Globs.of(List.of());
    private Globs namespaces = Globs.of(List.of());
    private List<ResourceSelector> kinds = List.of();
    private List<ResourceSelector> deniedKinds = List.of();
    private List<ResourceSelector> clusterKinds = List.of();

    private Builder(String name) {
      this.name = requireNonNull(name, "name");
    }

    /** Default none: ids of sources, such as {@code https://git.example.com/team-a/*}. */
    public Builder sources(Globs value) {
      this.sources = requireNonNull(value, "sources");
      return this;
    }

    /** Default none: ids of targets, such as {@code filesystem:/srv/team-a/*}. */
    public Builder targets(Globs value) {
      this.targets = requireNonNull(value, "targets");
      return this;
    }

    /** Default none: namespaces. */
    public Builder namespaces(Globs value) {
      this.namespaces = requireNonNull(value, "namespaces");
      return this;
    }

    /** Default any: what may be in these namespaces. */
    public Builder kinds(List<ResourceSelector> value) {
      this.kinds = List.copyOf(value);
      return this;
    }

    /** Default none: what may be nowhere, whatever else is allowed. */
    public Builder deniedKinds(List<ResourceSelector> value) {
      this.deniedKinds = List.copyOf(value);
      return this;
    }

    /** Default none: what may be outside of namespaces. */
    public Builder clusterKinds(List<ResourceSelector> value) {
      this.clusterKinds = List.copyOf(value);
      return this;
    }

    /** Builds the tenant. */
    public Tenant build() {
      return new Tenant(this);
    }
  }
}
