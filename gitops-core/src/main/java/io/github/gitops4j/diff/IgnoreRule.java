package io.github.gitops4j.diff;

import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields that do not count in some resources: they are in no change and are never overwritten.
 *
 * <p>Resources are selected as a {@link ResourceSelector} does. A path takes everything below it
 * too. A manager takes the fields that it owns, in live systems that know who wrote what; elsewhere
 * nobody owns anything.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class IgnoreRule {
  private final List<FieldPath> paths;
  private final List<String> managers;
  private final ResourceSelector resources;

  private IgnoreRule(Builder builder) {
    this.paths = builder.paths;
    this.managers = builder.managers;
    this.resources = builder.resources.build();
  }

  /** Starts a rule that ignores these paths in every resource. */
  public static Builder builder(List<FieldPath> paths) {
    return new Builder(paths);
  }

  /** Returns the paths that the rules ignore in one resource. */
  public static List<FieldPath> pathsFor(List<IgnoreRule> rules, ResourceKey key) {
    List<FieldPath> ignored = new ArrayList<>();
    for (IgnoreRule rule : rules) {
      if (rule.selects(key)) {
        ignored.addAll(rule.paths);
      }
    }
    return List.copyOf(ignored);
  }

  /** Returns the managers whose fields the rules ignore in one resource. */
  public static List<String> managersFor(List<IgnoreRule> rules, ResourceKey key) {
    List<String> ignored = new ArrayList<>();
    for (IgnoreRule rule : rules) {
      if (!rule.managers.isEmpty() && rule.selects(key)) {
        ignored.addAll(rule.managers);
      }
    }
    return List.copyOf(ignored);
  }

  /** Returns what the rules ignore in one resource as one line; empty text if nothing. */
  public static String lineFor(List<IgnoreRule> rules, ResourceKey key) {
    if (rules.isEmpty()) {
      return "";
    }
    List<FieldPath> ignored = pathsFor(rules, key);
    List<String> whose = managersFor(rules, key);
    return (ignored.isEmpty() ? "" : ignored.toString()) + (whose.isEmpty() ? "" : "by" + whose);
  }

  /** Returns the ignored paths. */
  public List<FieldPath> paths() {
    return paths;
  }

  /** Returns the managers whose fields are ignored. */
  public List<String> managers() {
    return managers;
  }

  /** Says whether the rule is about this resource. */
  public boolean selects(ResourceKey key) {
    return resources.selects(key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IgnoreRule that
        && paths.equals(that.paths)
        && managers.equals(that.managers)
        && resources.equals(that.resources);
  }

  @Override
  public int hashCode() {
    return paths.hashCode() * 31 + resources.hashCode();
  }

  /** Returns the selectors and the paths in one canonical line. */
  @Override
  public String toString() {
    return "IgnoreRule["
        + resources
        + " "
        + paths
        + (managers.isEmpty() ? "" : " by " + managers)
        + "]";
  }

  /**
   * Collects the parts of a rule.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final List<FieldPath> paths;
    private List<String> managers = List.of();
    private ResourceSelector.Builder resources = ResourceSelector.builder();

    private Builder(List<FieldPath> paths) {
      this.paths = List.copyOf(paths);
    }

    /** Default none. Ignores what these managers own too. */
    public Builder managers(List<String> names) {
      this.managers = List.copyOf(names);
      return this;
    }

    /** Default all. Selects what this selects. */
    public Builder resources(ResourceSelector value) {
      this.resources = value.toBuilder();
      return this;
    }

    /** Default: any. Selects by API group. */
    public Builder group(String glob) {
      resources.group(glob);
      return this;
    }

    /** Default: any. Selects by kind. */
    public Builder kind(String glob) {
      resources.kind(glob);
      return this;
    }

    /** Default: any. Selects by namespace. */
    public Builder namespace(String glob) {
      resources.namespace(glob);
      return this;
    }

    /** Default: any. Selects by name, for a file by its path. */
    public Builder name(String glob) {
      resources.name(glob);
      return this;
    }

    /**
     * Returns the rule.
     *
     * @throws IllegalArgumentException if it has neither a path nor a manager
     */
    public IgnoreRule build() {
      if (paths.isEmpty() && managers.isEmpty()) {
        throw new IllegalArgumentException("an ignore rule needs a path or a manager");
      }
      return new IgnoreRule(this);
    }
  }
}
