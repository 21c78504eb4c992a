package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredStateSource;
import java.util.Set;
import java.util.SortedMap;

/**
 * A source of desired states under test, and somebody else who declares in it.
 *
 * <p>Resources have short names of lower-case letters and contents of short texts; the fixture
 * turns them into whatever the source reads. Resources of one name and content are equal.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public interface DesiredStateFixture extends KitFixture {
  /** Returns the source, the same each time. */
  DesiredStateSource source();

  /** Returns another source object on the same place, as a new process would make it. */
  DesiredStateSource reopen();

  /** Returns the key of a resource. */
  ResourceKey key(String name);

  /**
   * Makes these resources, and no others, what is declared.
   *
   * @param contents contents by name
   * @param broken names of further inputs, one each, that cannot be understood; not empty only if
   *     {@link Capability#BROKEN_INPUT} is not lacking
   */
  void declare(SortedMap<String, String> contents, Set<String> broken);

  /** Returns the digest of loaded content; by default that of a document. */
  default ContentDigest digest(Content content) {
    return Contents.digest(content);
  }

  /** Makes the source unreachable. Needs {@link Capability#UNREACHABLE}. */
  default void makeUnreachable() {
    throw Lacking.undeclared(Capability.UNREACHABLE);
  }

  /** Returns a source that has nothing to track. Needs {@link Capability#EMPTY_SOURCE}. */
  default DesiredStateSource emptySource() {
    throw Lacking.undeclared(Capability.EMPTY_SOURCE);
  }
}
