package io.github.gitops4j.testkit.contract;

/**
 * What a kit works on in one test.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public interface KitFixture extends AutoCloseable {
  /** Gives back what the fixture holds; by default nothing. */
  @Override
  default void close() {}
}
