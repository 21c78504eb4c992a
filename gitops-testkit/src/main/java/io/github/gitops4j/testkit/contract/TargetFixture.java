package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A live system under test, the target that the engine sees it through, and somebody else who works
 * on it behind the engine's back.
 *
 * <p>Resources have short names of lower-case letters and contents of short texts; the fixture
 * turns them into whatever the backend has. Two resources of one name and content are equal,
 * whether they were declared or written.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public interface TargetFixture extends KitFixture {
  /** Returns the target, the same each time; nothing is live when the fixture is new. */
  Target target();

  /** Returns another target of the same live system, as a new process would make it. */
  Target reopen();

  /** Returns the key of a resource. */
  ResourceKey key(String name);

  /** Declares a resource: puts a file into a commit that the target's model takes for it. */
  void declare(InMemoryTreeSource.Files files, String name, String content);

  /** Takes a declaration out of a commit. */
  void withdraw(InMemoryTreeSource.Files files, String name);

  /** Writes a live resource, as somebody else does. */
  void write(String name, String content);

  /** Removes a live resource, as somebody else does. */
  void remove(String name);

  /** Returns all live resources by name, each with its content. */
  SortedMap<String, String> contents();

  /**
   * Returns the content of one live resource, by one read of it; by default out of {@link
   * #contents()}.
   */
  default Optional<String> content(String name) {
    return Optional.ofNullable(contents().get(name));
  }

  /** Returns all contents that were kept aside so far. Needs {@link Capability#KEPT_ASIDE}. */
  default List<String> keptAside() {
    throw Lacking.undeclared(Capability.KEPT_ASIDE);
  }

  /**
   * Makes a live resource stay when it is asked to go, until it is let go. Needs {@link
   * Capability#SLOW_REMOVAL}.
   */
  default void hold(String name) {
    throw Lacking.undeclared(Capability.SLOW_REMOVAL);
  }

  /**
   * Lets a resource go that was held; if it was asked to go, it is gone then. Needs {@link
   * Capability#SLOW_REMOVAL}.
   */
  default void letGo(String name) {
    throw Lacking.undeclared(Capability.SLOW_REMOVAL);
  }

  /** Makes a resource unreadable. Needs {@link Capability#UNREADABLE_RESOURCE}. */
  default void makeUnreadable(String name) {
    throw Lacking.undeclared(Capability.UNREADABLE_RESOURCE);
  }

  /** Makes the live system unreachable as a whole. Needs {@link Capability#UNREACHABLE}. */
  default void makeUnreachable() {
    throw Lacking.undeclared(Capability.UNREACHABLE);
  }

  /** Makes the change feed lose track. Needs {@link Capability#CHANGE_FEED}. */
  default void confuseFeed() {
    throw Lacking.undeclared(Capability.CHANGE_FEED);
  }

  /** Returns the path of the field that holds the content. Needs {@link Capability#FIELDS}. */
  default FieldPath contentField() {
    throw Lacking.undeclared(Capability.FIELDS);
  }
}
