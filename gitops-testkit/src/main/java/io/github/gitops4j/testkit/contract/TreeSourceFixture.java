package io.github.gitops4j.testkit.contract;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.TreeSource;
import java.util.SortedMap;

/**
 * A source of trees under test, and somebody else who publishes in it.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public interface TreeSourceFixture extends KitFixture {
  /**
   * A file to publish.
   *
   * <p>Immutable.
   *
   * @param mode a regular file, an executable one or a symbolic link
   * @param content its bytes in UTF-8; for a link where it leads to
   */
  record Published(FileMode mode, String content) {
    /** Checks the parts. */
    public Published {
      requireNonNull(mode, "mode");
      requireNonNull(content, "content");
    }

    /** Returns a regular file. */
    public static Published regular(String content) {
      return new Published(FileMode.REGULAR, content);
    }
  }

  /** Returns the source, the same each time. */
  TreeSource source();

  /** Makes these files, and no others, the tree that is tracked. */
  void publish(SortedMap<String, Published> files);

  /**
   * Returns a number that grows when file content is read from where it was published. Needs {@link
   * Capability#MEASURED_READS}.
   */
  default long contentRead() {
    throw Lacking.undeclared(Capability.MEASURED_READS);
  }

  /** Makes the source unreachable. Needs {@link Capability#UNREACHABLE}. */
  default void makeUnreachable() {
    throw Lacking.undeclared(Capability.UNREACHABLE);
  }

  /** Returns a source that has nothing to track. Needs {@link Capability#EMPTY_SOURCE}. */
  default TreeSource emptySource() {
    throw Lacking.undeclared(Capability.EMPTY_SOURCE);
  }

  /**
   * Returns a source that was given a credential, which is refused where the source is asked. Needs
   * {@link Capability#CREDENTIALS}.
   */
  default TreeSource refusing(String credential) {
    throw Lacking.undeclared(Capability.CREDENTIALS);
  }
}
