package io.github.gitops4j.cli;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.CheckedInputs;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.InputWarning;
import java.util.ArrayList;
import java.util.List;

/** What a validation has found, as an answer. */
final class InputAnswer {
  private InputAnswer() {}

  /**
   * Returns the answer.
   *
   * @param strict whether warnings are errors
   */
  static Answer of(String application, CheckedInputs found, boolean strict) {
    ReportItem.OfInputs item =
        strict
            ? new ReportItem.OfInputs(
                application,
                found.declared().size(),
                strictly(found),
                List.of(),
                found.findings().stream().map(InputFinding::asError).toList())
            : new ReportItem.OfInputs(
                application,
                found.declared().size(),
                found.broken(),
                found.warnings(),
                found.findings());
    return new Answer(item, item.hasErrors() ? Exit.ERROR : Exit.DONE);
  }

  private static List<BrokenInput> strictly(CheckedInputs found) {
    List<BrokenInput> all = new ArrayList<>(found.broken());
    for (InputWarning warning : found.warnings()) {
      all.add(
          new BrokenInput(
              warning.origin(), Failure.of(FailureCategory.INVALID_INPUT, warning.message())));
    }
    return all;
  }
}
