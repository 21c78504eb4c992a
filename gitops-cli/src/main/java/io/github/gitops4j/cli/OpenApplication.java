package io.github.gitops4j.cli;

import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.TreeSource;

/**
 * An application whose source and target are open.
 *
 * @param spec what was declared
 * @param source its source
 * @param target its target
 * @param reconciler works on both
 */
record OpenApplication(
    ApplicationSpec spec, TreeSource source, Target target, Reconciler reconciler)
    implements AutoCloseable {
  static OpenApplication open(ApplicationSpec spec) {
    TreeSource source = spec.openSource();
    Target target = spec.openTarget();
    return new OpenApplication(spec, source, target, spec.reconciler(source, target).build());
  }

  /** Returns what is known of the target of an application that is not open. */
  static OfflineTarget offline(ApplicationSpec spec) {
    return spec.offlineTarget()
        .orElseThrow(
            () ->
                new SourceException(
                    FailureCategory.UNSUPPORTED,
                    spec.name() + ": nothing is known of its target without reaching it"));
  }

  String name() {
    return spec.name();
  }

  @Override
  public void close() {
    target.close();
  }
}
