package io.github.gitops4j.git;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks for secrets whoever was handed in to supply them. */
final class Secrets {
  private Secrets() {}

  /**
   * Returns what a supplier gives. What it throws may hold a secret, and is the cause only.
   *
   * @param getting the beginning of the message if there is nothing: what could not be had
   * @param failing makes the exception that says so
   */
  static <T> T ask(
      String getting, Supplier<T> supplier, Function<Failure, GitOpsException> failing) {
    T given;
    try {
      given = supplier.get();
    } catch (GitOpsException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failing.apply(
          Failure.of(
              FailureCategory.UNAUTHENTICATED,
              getting + " failed: " + Failure.from(e).message(),
              e));
    }
    if (given == null) {
      throw failing.apply(
          Failure.of(FailureCategory.UNAUTHENTICATED, getting + " failed: the supplier gave null"));
    }
    return given;
  }
}
