package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

/**
 * Selects resources by globs over the parts of their key, in which {@code *} stands for any text
 * and {@code ?} for one character. An empty glob takes everything.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class ResourceSelector {
  private static final ResourceSelector ALL = builder().build();

  private final Glob group;
  private final Glob kind;
  private final Glob namespace;
  private final Glob name;

  private ResourceSelector(Builder builder) {
    this.group = new Glob(builder.group);
    this.kind = new Glob(builder.kind);
    this.namespace = new Glob(builder.namespace);
    this.name = new Glob(builder.name);
  }

  /** Returns the selector of everything. */
  public static ResourceSelector all() {
    return ALL;
  }

  /** Returns a builder that selects everything so far. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that selects what this does so far. */
  public Builder toBuilder() {
    return builder()
        .group(group.pattern())
        .kind(kind.pattern())
        .namespace(namespace.pattern())
        .name(name.pattern());
  }

  /** Says whether it takes this resource. */
  public boolean selects(ResourceKey key) {
    return group.takes(key.group())
        && kind.takes(key.kind())
        && namespace.takes(key.namespace())
        && name.takes(key.name());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceSelector that
        && group.equals(that.group)
        && kind.equals(that.kind)
        && namespace.equals(that.namespace)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return (group.hashCode() * 31 + kind.hashCode()) * 31 + name.hashCode();
  }

  /** Returns the four globs in one canonical line. */
  @Override
  public String toString() {
    return String.join("|", group.pattern(), kind.pattern(), namespace.pattern(), name.pattern());
  }

  /**
   * Collects the globs.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private String group = "";
    private String kind = "";
    private String namespace = "";
    private String name = "";

    private Builder() {}

    /** Default: any. Selects by API group. */
    public Builder group(String glob) {
      this.group = requireNonNull(glob, "glob");
      return this;
    }

    /** Default: any. Selects by kind. */
    public Builder kind(String glob) {
      this.kind = requireNonNull(glob, "glob");
      return this;
    }

    /** Default: any. Selects by namespace. */
    public Builder namespace(String glob) {
      this.namespace = requireNonNull(glob, "glob");
      return this;
    }

    /** Default: any. Selects by name, for a file by its path. */
    public Builder name(String glob) {
      this.name = requireNonNull(glob, "glob");
      return this;
    }

    /** Returns the selector. */
    public ResourceSelector build() {
      return new ResourceSelector(this);
    }
  }
}
