package io.github.gitops4j.application;

/**
 * What becomes of the resources of an application that is removed from its controller.
 *
 * @since 0.1.0
 */
public enum RemovalPolicy {
  /** They stay, with the inventory that says whose they are. */
  ORPHAN,
  /**
   * They are removed first, in the reverse order, after those of applications that depend on them;
   * what is protected stays.
   */
  PRUNE
}
