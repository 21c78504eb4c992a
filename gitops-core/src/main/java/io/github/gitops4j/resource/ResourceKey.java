package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

/**
 * Identity of a resource. The API version is no part of it, so a version bump is no delete.
 *
 * <p>A file is {@code ("", "File", "", "relative/path")}. Ordered by group, kind, namespace, name,
 * by UTF-16 code unit.
 *
 * <p>Immutable.
 *
 * @param group API group; empty for the core group and for files
 * @param kind kind; never empty
 * @param namespace namespace; empty if there is none
 * @param name name; never empty
 * @since 0.1.0
 */
public record ResourceKey(String group, String kind, String namespace, String name)
    implements Comparable<ResourceKey> {

  /** The kind of a file in a directory. */
  public static final String FILE_KIND = "File";

  /** Checks the parts and shares the text of group, kind and namespace between keys. */
  public ResourceKey {
    group = shared(requireNonNull(group, "group"));
    kind = shared(requireNonNull(kind, "kind"));
    namespace = shared(requireNonNull(namespace, "namespace"));
    requireNonNull(name, "name");
    if (kind.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("a resource key needs a kind and a name");
    }
  }

  /** Creates a key. */
  public static ResourceKey of(String group, String kind, String namespace, String name) {
    return new ResourceKey(group, kind, namespace, name);
  }

  /** Creates the key of a file from its path relative to the root, with {@code /} between parts. */
  public static ResourceKey file(String path) {
    return new ResourceKey("", FILE_KIND, "", path);
  }

  /** Says whether this is the key of a file. */
  public boolean isFile() {
    return FILE_KIND.equals(kind) && group.isEmpty() && namespace.isEmpty();
  }

  /** Files are made by the hundred thousand, and looking their two words up each time shows. */
  private static String shared(String text) {
    if (text.isEmpty()) {
      return "";
    }
    return text.equals(FILE_KIND) ? FILE_KIND : text.intern();
  }

  @Override
  public int compareTo(ResourceKey other) {
    int order = compare(group, other.group);
    order = order == 0 ? compare(kind, other.kind) : order;
    order = order == 0 ? compare(namespace, other.namespace) : order;
    return order == 0 ? name.compareTo(other.name) : order;
  }

  /** Most are equal, and often the same object. */
  private static int compare(String one, String other) {
    return one.equals(other) ? 0 : one.compareTo(other);
  }

  /** Returns {@code kind.group/namespace/name} without its empty parts; a file is just its path. */
  @Override
  public String toString() {
    if (isFile()) {
      return name;
    }
    StringBuilder text = new StringBuilder(kind);
    if (!group.isEmpty()) {
      text.append('.').append(group);
    }
    if (!namespace.isEmpty()) {
      text.append('/').append(namespace);
    }
    return text.append('/').append(name).toString();
  }
}
