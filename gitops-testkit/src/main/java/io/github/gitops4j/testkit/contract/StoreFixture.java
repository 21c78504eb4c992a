package io.github.gitops4j.testkit.contract;

/**
 * A store under test, and what can happen to it behind its back.
 *
 * <p>Confined to one test.
 *
 * @param <T> the store's interface
 * @since 0.1.0
 */
public interface StoreFixture<T> extends KitFixture {
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
   * Turns one bit of what is kept, and returns a store that has to notice it: a new one if this one
   * may go by what it remembers. Needs {@link Capability#DAMAGE}.
   *
   * @param position the byte in which the bit is, counted from 0 in the order of writing, below
   *     {@link #size()}; a store that keeps no bytes is damaged as a whole
   */
  default T damage(long position) {
    throw Lacking.undeclared(Capability.DAMAGE);
  }

  /**
   * Cuts the last bytes of what is kept, as a crash in the middle of a write does. Needs {@link
   * Capability#TORN_WRITE}.
   *
   * @param bytes how many
   */
  default void tear(long bytes) {
    throw Lacking.undeclared(Capability.TORN_WRITE);
  }

  /**
   * Returns the number of bytes kept; 0 if none are. Needs {@link Capability#MEASURED_SIZE} or
   * {@link Capability#TORN_WRITE}.
   */
  default long size() {
    return 0;
  }
}
