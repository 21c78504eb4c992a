package io.github.gitops4j.cli;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.report.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows errors in one line each. */
final class Problems {
  private Problems() {}

  static Failure failure(Exception problem) {
    if (problem instanceof IOException) {
      return Failure.of(
          FailureCategory.UNAVAILABLE, "input or output failed: " + reasonBelow(problem), problem);
    }
    return Failure.from(problem);
  }

  /** Returns what to throw for an option, or for the file that it names. */
  static InvalidInputException wrong(String option, String problem) {
    return new InvalidInputException(option, 0, 0, problem);
  }

  /** Returns why reading a directory failed, with the path of what below it cannot be read. */
  static String reasonBelow(Exception problem) {
    Throwable cause = problem instanceof UncheckedIOException ? problem.getCause() : problem;
    return cause instanceof FileSystemException file && file.getFile() != null
        ? file.getFile() + ": " + Failure.reasonOf(file)
        : Failure.reasonOf(problem);
  }

  /** Shows what is wrong with a command line. */
  static void showUsage(ParameterException problem, PrintStream err) {
    err.println("gitops: " + Printable.of(complaint(problem)));
    String verb = problem.getCommandLine().getCommandSpec().qualifiedName();
    err.println("gitops: see " + verb + " --help");
  }

  private static String complaint(ParameterException problem) {
    boolean outside = problem.getCommandLine().getParent() == null;
    if (outside && problem instanceof UnmatchedArgumentException unmatched) {
      return "unknown: " + String.join(" ", unmatched.getUnmatched());
    }
    return String.valueOf(problem.getMessage());
  }

  /** Shows a problem, and those that were found with it. */
  static void show(Exception problem, PrintStream err) {
    err.println("gitops: " + Printable.of(failure(problem).message()));
    for (Throwable other : problem.getSuppressed()) {
      if (other instanceof Exception more) {
        err.println("gitops: " + Printable.of(failure(more).message()));
      }
    }
  }
}
