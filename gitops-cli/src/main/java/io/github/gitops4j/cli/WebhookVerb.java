package io.github.gitops4j.cli;

import io.github.gitops4j.forge.webhook.RefUpdate;
import io.github.gitops4j.forge.webhook.Verdict;
import io.github.gitops4j.forge.webhook.Webhook;
import io.github.gitops4j.report.JsonText;
import io.github.gitops4j.report.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a webhook would say. */
@Command(
    name = "webhook",
    description =
        "Judges a delivery of a webhook that was kept in files, as gitops run would. Needs no"
            + " application file, connects to nothing, and exits with 0 whatever the verdict.")
final class WebhookVerb implements Callable<Integer> {
  private final Gitops options;

  @Option(
      names = "--provider",
      required = true,
      paramLabel = "PROVIDER",
      description = "Who sent it, such as github or gitlab.")
  String provider = "";

  @Option(
      names = "--secret-file",
      required = true,
      paramLabel = "FILE",
      description =
          "Holds the secret; given more than once while a secret is changed, any of them is good.")
  List<String> secrets = new ArrayList<>();

  @Option(
      names = "--headers",
      required = true,
      paramLabel = "FILE",
      description = "The headers: a line for each such as Name: value, or a JSON object.")
  String headers = "";

  @Option(
      names = "--body",
      required = true,
      paramLabel = "FILE",
      description = "The body, as it came.")
  String body = "";

  @Option(
      names = "--now",
      paramLabel = "EPOCH",
      description = "The time at which it came, in seconds since 1970 (default: now).")
  Optional<Long> now = Optional.empty();

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description = "The largest body that is taken (default: 3 MiB).")
  Optional<Integer> maxBytes = Optional.empty();

  WebhookVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    options.refuseReports("webhook");
    Webhook webhook = webhook();
    Verdict verdict =
        webhook.judge(HeaderFile.read(headers), FileOperand.atMost(webhook.maxBytes() + 1, body));
    String said =
        switch (options.output) {
          case json -> JsonText.of(VerdictJson.of(verdict));
          case text -> lines(verdict);
          default ->
              throw Problems.wrong("--output", "expected text or json, not " + options.output);
        };
    options.console().out().print(said);
    options.console().out().flush();
    return Exit.DONE.code();
  }

  private Webhook webhook() {
    Webhook.Builder builder =
        Webhook.builder(
            SecretFile.provider("--provider", provider),
            secrets.stream().map(SecretFile::read).toList());
    try {
      now.map(Instant::ofEpochSecond).ifPresent(time -> builder.clock(() -> time));
    } catch (DateTimeException e) {
      throw Problems.wrong("--now", "expected seconds since 1970, not " + now.get());
    }
    try {
      maxBytes.ifPresent(builder::maxBytes);
    } catch (IllegalArgumentException e) {
      throw Problems.wrong("--max-bytes", String.valueOf(e.getMessage()));
    }
    return SecretFile.build(builder, secrets);
  }

  private static String lines(Verdict verdict) {
    StringBuilder lines = new StringBuilder();
    lines.append(verdict.kind()).append(", answer ").append(verdict.httpStatus());
    if (verdict instanceof Verdict.Ignored || verdict instanceof Verdict.Refused) {
      lines.append(": ").append(Printable.of(verdict.message()));
    }
    lines.append('\n');
    for (RefUpdate update : VerdictJson.updates(verdict)) {
      lines.append("  ").append(update.change().name().toLowerCase(Locale.ROOT));
      lines.append("  ").append(Printable.of(update.ref())).append('\n');
    }
    return lines.toString();
  }
}
