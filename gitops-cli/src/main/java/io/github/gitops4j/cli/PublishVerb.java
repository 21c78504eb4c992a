package io.github.gitops4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.forge.publish.Comment;
import io.github.gitops4j.forge.publish.CommitStatus;
import io.github.gitops4j.forge.publish.Deployment;
import io.github.gitops4j.forge.publish.ForgeClient;
import io.github.gitops4j.forge.publish.PublishException;
import io.github.gitops4j.forge.publish.PublishState;
import io.github.gitops4j.forge.publish.TrackedIssue;
import io.github.gitops4j.forge.publish.Written;
import io.github.gitops4j.report.JsonText;
import io.github.gitops4j.report.Printable;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells a Git host what was found and done. */
@Command(
    name = "publish",
    description =
        "Tells a Git host what was found and done. Needs no application file, and changes nothing"
            + " but what is shown there.",
    synopsisSubcommandLabel = "comment|status|deployment|issue")
final class PublishVerb implements Runnable {
  private final Gitops options;

  @Spec CommandSpec self = CommandSpec.create();

  PublishVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public void run() {
    throw new ParameterException(
        self.commandLine(), "expected comment, status, deployment or issue");
  }

  /** Writes the comment. */
  @Command(
      name = "comment",
      description = {
        "Writes one comment on a pull request or merge request, or changes the one of that name.",
        "Deletes it if there is nothing to say."
      })
  int comment(
      @Mixin ForgeOptions forge,
      @Option(
              names = "--number",
              required = true,
              paramLabel = "N",
              converter = PositiveNumber.class,
              description = "The number of the pull request or merge request.")
          int number,
      @Option(
              names = "--name",
              defaultValue = "plan",
              paramLabel = "NAME",
              description = "What it is about (default: ${DEFAULT-VALUE}).")
          String name,
      @Option(
              names = "--body",
              required = true,
              paramLabel = "FILE",
              description = "Its text in Markdown; - is the standard input.")
          String body) {
    Comment comment = made("--name", () -> new Comment(name, text(body)));
    return written("comment " + name, forge, client -> client.publish(number, comment));
  }

  /** Opens, changes or closes the issue. */
  @Command(
      name = "issue",
      description = {
        "Opens one issue, or changes the open one of that name.",
        "Closes it if there is nothing to say."
      })
  int issue(
      @Mixin ForgeOptions forge,
      @Option(
              names = "--name",
              defaultValue = "drift",
              paramLabel = "NAME",
              description = "What it is about (default: ${DEFAULT-VALUE}).")
          String name,
      @Option(names = "--title", required = true, paramLabel = "TEXT", description = "Its title.")
          String title,
      @Option(
              names = "--body",
              required = true,
              paramLabel = "FILE",
              description = "Its text in Markdown; - is the standard input.")
          String body,
      @Option(
              names = "--label",
              paramLabel = "NAME",
              description = "Given to it, and only issues with it are looked through.")
          Optional<String> label) {
    TrackedIssue issue = made("--name", () -> new TrackedIssue(name, title, text(body), label));
    return written("issue " + name, forge, client -> client.publish(issue));
  }

  /** Sets the status. */
  @Command(name = "status", description = "Sets the status of a commit.")
  int status(
      @Mixin ForgeOptions forge,
      @Mixin CommitOptions commit,
      @Option(
              names = "--context",
              defaultValue = "gitops/plan",
              paramLabel = "NAME",
              description = "Who says it (default: ${DEFAULT-VALUE}).")
          String context,
      @Option(
              names = "--target-url",
              paramLabel = "URL",
              description = "Where to read more; Bitbucket demands it.")
          Optional<String> target) {
    PublishState state = commit.state();
    CommitStatus status =
        made(
            "--sha",
            () ->
                new CommitStatus(
                    commit.revision(),
                    context,
                    state,
                    commit.words(),
                    url("--target-url", target)));
    return done("status " + context + ": " + state.word(), forge, client -> client.publish(status));
  }

  /** Sets the state of the deployment. */
  @Command(
      name = "deployment",
      description = "Makes the deployment of a commit to an environment, and sets its state.")
  int deployment(
      @Mixin ForgeOptions forge,
      @Mixin CommitOptions commit,
      @Option(
              names = "--environment",
              required = true,
              paramLabel = "NAME",
              description = "Where it is deployed to.")
          String environment,
      @Option(names = "--log-url", paramLabel = "URL", description = "Where to read more.")
          Optional<String> log) {
    PublishState state = commit.state();
    Deployment deployment =
        made(
            "--sha",
            () ->
                new Deployment(
                    commit.revision(), environment, state, commit.words(), url("--log-url", log)));
    return done(
        "deployment to " + environment + ": " + state.word(),
        forge,
        client -> client.publish(deployment));
  }

  /** What is asked of a client. */
  @FunctionalInterface
  private interface Order<T> {
    T of(ForgeClient client);
  }

  /** What is told to a client. */
  @FunctionalInterface
  private interface Telling {
    void to(ForgeClient client);
  }

  private int written(String what, ForgeOptions forge, Order<Written> order) {
    Written written = sent(forge, order);
    return say(what, written.name().toLowerCase(Locale.ROOT));
  }

  private int done(String what, ForgeOptions forge, Telling telling) {
    sent(
        forge,
        client -> {
          telling.to(client);
          return what;
        });
    return say(what, "published");
  }

  /** Tries again where that may help: each time it looks first what is there. */
  private <T> T sent(ForgeOptions forge, Order<T> order) {
    ForgeClient client = forge.client(options.console());
    CallContext call =
        CallContext.builder()
            .timeout(options.limit())
            .cancellation(options.session().cancellation())
            .build();
    return RetryPolicy.builder().build().run(() -> once(client, order), call);
  }

  private static <T> T once(ForgeClient client, Order<T> order) {
    try {
      return order.of(client);
    } catch (PublishException e) {
      if (e.askedTooOften() || e.retryAfter().isPresent()) {
        throw new PublishException(
            new Failure(e.category(), e.failure().message(), false, Optional.of(e)));
      }
      throw e;
    }
  }

  private int say(String what, String result) {
    String said =
        switch (options.output) {
          case json ->
              JsonText.of(
                  Mapping.builder()
                      .put("published", Text.of(what))
                      .put("result", Text.of(result))
                      .build());
          case text -> Printable.of(what + ": " + result) + "\n";
          default ->
              throw Problems.wrong("--output", "expected text or json, not " + options.output);
        };
    options.console().out().print(said);
    options.console().out().flush();
    return Exit.DONE.code();
  }

  private String text(String file) {
    if (!file.equals("-")) {
      return new String(FileOperand.bytes(file), UTF_8);
    }
    try {
      return new String(
          FileOperand.bytes(FileDocuments.STANDARD_INPUT_NAME, options.console().in()), UTF_8);
    } catch (IOException e) {
      throw Problems.wrong("--body", "reading failed: " + Failure.reasonOf(e));
    }
  }

  private static Optional<URI> url(String option, Optional<String> text) {
    return text.filter(given -> !given.isEmpty())
        .map(
            given -> {
              if (!given.matches("https?://[^\\s\"<>\\\\^`{|}]+")) {
                throw Problems.wrong(option, "expected a URL, not " + given);
              }
              return URI.create(given);
            });
  }

  private static <T> T made(String option, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw Problems.wrong(option, String.valueOf(e.getMessage()));
    }
  }
}
