package io.github.gitops4j.cli;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.report.ReportItem;

/**
 * What a verb has to say about one application.
 *
 * @param item what to show
 * @param exit how it ended
 */
record Answer(ReportItem item, Exit exit) {
  static Answer failed(String application, Failure failure) {
    return new Answer(new ReportItem.OfFailure(application, failure), Exit.ERROR);
  }
}
