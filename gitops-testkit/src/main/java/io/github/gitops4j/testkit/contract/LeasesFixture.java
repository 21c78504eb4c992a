package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.control.Leases;

/**
 * Leases under test, without a record at first.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public interface LeasesFixture extends KitFixture {
  /** Returns the leases as one more process would have them. */
  Leases open();
}
