package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.call.Pause;

/**
 * Locks under test.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public interface LockFixture extends KitFixture {
  /**
   * Returns a new lock object of a target, as another pass would have it.
   *
   * @param target a name of the target: one name, one target
   * @param pause what the lock waits with
   */
  TargetLock lock(String target, Pause pause);
}
