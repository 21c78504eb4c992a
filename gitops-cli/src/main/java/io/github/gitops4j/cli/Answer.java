package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.source.TreeSource;
import java.nio.file.Path;

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

  /** Returns the same with where the files of the source are, for who looks for them. */
  Answer of(TreeSource source) {
    String directory = directory(source.path());
    return directory.isEmpty() || item instanceof ReportItem.InDirectory
        ? this
        : new Answer(new ReportItem.InDirectory(item, directory), exit);
  }

  /** A path on the disk is shown from where the command was started, if it is below. */
  private static String directory(String path) {
    Path here = Path.of("").toAbsolutePath();
    boolean below = path.startsWith("/") && Path.of(path).startsWith(here);
    return below ? here.relativize(Path.of(path)).toString() : path;
  }

  static Answer failed(String application, Failure failure) {
    return new Answer(new ReportItem.OfFailure(application, failure), Exit.ERROR);
  }
}
