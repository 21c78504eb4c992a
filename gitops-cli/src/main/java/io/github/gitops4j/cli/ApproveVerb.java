package io.github.gitops4j.cli;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.ContentDigest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Approves a plan. */
@Command(
    name = "approve",
    description = "Approves a plan by its digest, for applications that require it.")
final class ApproveVerb implements Callable<Integer> {
  private final Gitops options;

  @Parameters(paramLabel = "DIGEST", description = "The digest that plan shows.")
  String digest = "";

  @Option(
      names = "--by",
      required = true,
      paramLabel = "NAME",
      converter = SomeText.class,
      description = "Who approves it, for the history.")
  String by = "";

  ApproveVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    ContentDigest plan;
    try {
      plan = ContentDigest.parse(digest);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("DIGEST", 0, 0, "expected the 64 digits that plan shows");
    }
    return options
        .session()
        .one(
            options,
            (application, call) -> {
              application.reconciler().approve(plan, by, call);
              return Answer.recorded(application, call);
            });
  }
}
