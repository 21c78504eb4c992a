package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.report.ReportItem;

/**
 * What a verb has to say about one application.
 *
 * @param item what to show
 * @param exit how it ended
 */
record Answer(ReportItem item, Exit exit) {
  /** Shows what was recorded just now. */
  static Answer recorded(OpenApplication application, CallContext call) {
    return new Answer(
        new ReportItem.OfHistory(application.name(), application.reconciler().history(1, call)),
        Exit.DONE);
  }

  static Answer failed(String application, Failure failure) {
    return new Answer(new ReportItem.OfFailure(application, failure), Exit.ERROR);
  }
}
