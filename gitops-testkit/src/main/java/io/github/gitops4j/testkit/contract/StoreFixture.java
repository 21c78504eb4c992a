package io.github.gitops4j.testkit.contract;

/**
 * A store under test, and what can happen to it behind its back.
 *
 * <p>Confined to one test.
 *
 * @param <T> the store's interface
 * @since 0.1.0
 */
public interface StoreFixture<T> extends AutoCloseable {
  /** Returns the store, the same each time; it is empty when the fixture is new. */
  T store();

  /**
   * Returns another object on the same store, as a new process would make it after the old one was
   * killed. Needs {@link Capability#REOPEN}.
   */
  default T reopen() {
    throw Lacking.undeclared(Capability.REOPEN);
  }

  /**
   * Damages what was written first, so that it cannot be understood, and returns a store that has
   * to notice it: a new one if this one may go by what it remembers. Needs {@link
   * Capability#DAMAGE}.
   */
  default T damage() {
    throw Lacking.undeclared(Capability.DAMAGE);
  }

  /**
   * Cuts the last byte of what is kept, as a crash in the middle of a write does. Needs {@link
   * Capability#TORN_WRITE}.
   */
  default void tear() {
    throw Lacking.undeclared(Capability.TORN_WRITE);
  }

  /** Returns the number of bytes kept. Needs {@link Capability#MEASURED_SIZE}. */
  default long size() {
    throw Lacking.undeclared(Capability.MEASURED_SIZE);
  }

  /** Gives back what the fixture holds; by default nothing. */
  @Override
  default void close() {}
}
