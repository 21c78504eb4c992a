package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.testkit.InMemoryTreeSource;

/**
 * A model under test, and files for it.
 *
 * <p>Resources have short names of lower-case letters and contents of short texts; the fixture
 * turns them into whatever the model reads.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public interface ResourceModelFixture extends KitFixture {
  /** Makes a model; all that the fixture makes have the same options. */
  ResourceModel createModel();

  /** Returns the key of a resource. */
  ResourceKey key(String name);

  /** Returns the path of the file that declares a resource. */
  String path(String name);

  /** Puts a file that declares one resource into a commit, at its path. */
  void declare(InMemoryTreeSource.Files files, String name, String content);

  /**
   * Puts a file that cannot be understood into a commit. Needs {@link Capability#BROKEN_INPUT}.
   *
   * @return its path
   */
  default String declareBroken(InMemoryTreeSource.Files files, String name) {
    throw Lacking.undeclared(Capability.BROKEN_INPUT);
  }

  /**
   * Puts another file that declares the same resource into a commit. Needs {@link
   * Capability#DUPLICATE_KEYS}.
   */
  default void declareAgain(InMemoryTreeSource.Files files, String name, String content) {
    throw Lacking.undeclared(Capability.DUPLICATE_KEYS);
  }

  /** Returns the digest of content; by default that of a document. */
  default ContentDigest digest(Content content) {
    return Contents.digest(content);
  }
}
