package io.github.gitops4j.cli;

import io.github.gitops4j.report.MarkdownFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options that every verb understands. */
@Command(
    name = "gitops",
    description = "Makes a live system equal to what a repository declares.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB")
final class Gitops implements Runnable {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private static final int LEAST_COMMENT = 1_000;

  private final Console console;
  private final Session session;

  @Option(
      names = {"-f", "--file"},
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      converter = SomeText.class,
      description =
          "The application file, or a directory of such files (default: ${DEFAULT-VALUE}).")
  String file = "app.yaml";

  @Option(
      names = "--app",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "Only this application of the file; may be given more than once.")
  List<String> applications = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  OutputFormat output = OutputFormat.text;

  @Option(
      names = "--report",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT=FILE",
      description =
          "Also writes the report to a file: a format of --output, or comment, summary, outputs or"
              + " dotenv; may be given more than once.")
  List<String> reports = new ArrayList<>();

  @Option(
      names = "--comment-limit",
      scope = ScopeType.INHERIT,
      paramLabel = "BYTES",
      description = "How long --report comment=FILE may be (default: ${DEFAULT-VALUE}).")
  int comment = MarkdownFormat.GITHUB_COMMENT;

  @Option(
      names = "--limit-lines",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      converter = PositiveNumber.class,
      description = "How many entries of a list are shown (default: ${DEFAULT-VALUE}).")
  int lines = 200;

  @Option(
      names = "--cache-dir",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Where repositories are kept (default: gitops4j in the user's cache).")
  Optional<Path> cache = Optional.empty();

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME",
      description = "When to give up, such as 30s or 5m (default: ${DEFAULT-VALUE}).")
  String timeout = "10m";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this and does nothing else.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version and does nothing else.")
  boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Shows where an error comes from.")
  boolean debug;

  @Spec CommandSpec self = CommandSpec.create();

  Gitops(Console console, Session session) {
    this.console = console;
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(self.commandLine(), "expected a verb");
  }

  Console console() {
    return console;
  }

  Session session() {
    return session;
  }

  int lines() {
    return lines;
  }

  int commentLimit() {
    if (comment < LEAST_COMMENT) {
      throw Problems.wrong("--comment-limit", "expected at least " + LEAST_COMMENT);
    }
    return comment;
  }

  /** Refuses reports where there is nothing to report. */
  void refuseReports(String verb) {
    if (!reports.isEmpty()) {
      throw Problems.wrong("--report", "gitops " + verb + " makes no report");
    }
  }

  List<ReportFile> reports() {
    return reports.stream().map(ReportFile::parse).toList();
  }

  Duration limit() {
    return time("--timeout", timeout);
  }

  /** Returns the time that an option gives. */
  static Duration time(String option, String given) {
    Matcher matcher = DURATION.matcher(given);
    if (!matcher.matches()) {
      throw Problems.wrong(option, "expected a time such as 30s or 5m, not " + given);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** Returns the cache: the option's, XDG_CACHE_HOME's, HOME's, or that of the temporary files. */
  Path cacheDirectory() {
    if (cache.isPresent()) {
      return cache.get();
    }
    String xdg = console.variable("XDG_CACHE_HOME");
    if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg, "gitops4j");
    }
    String home = console.variable("HOME");
    return home.isEmpty()
        ? Path.of(System.getProperty("java.io.tmpdir"), "gitops4j-" + user())
        : Path.of(home, ".cache", "gitops4j");
  }

  private static String user() {
    return System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
