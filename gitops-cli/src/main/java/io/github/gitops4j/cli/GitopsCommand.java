package io.github.gitops4j.cli;

import io.github.gitops4j.call.Cancellation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * The command {@code gitops} in this process.
 *
 * <p>Confined to one thread, except that a {@link Cancellation} may come from another.
 */
final class GitopsCommand {
  private static final Map<String, Function<Gitops, Object>> VERBS = verbs();

  private final Console console;
  private final Cancellation cancellation;

  GitopsCommand(Console console, Cancellation cancellation) {
    this.console = console;
    this.cancellation = cancellation;
  }

  private static Map<String, Function<Gitops, Object>> verbs() {
    Map<String, Function<Gitops, Object>> verbs = new LinkedHashMap<>();
    verbs.put("plan", PlanVerb::new);
    verbs.put("apply", ApplyVerb::new);
    verbs.put("run", RunVerb::new);
    verbs.put("status", StatusVerb::new);
    verbs.put("validate", ValidateVerb::new);
    verbs.put("diff", DiffVerb::new);
    verbs.put("health", HealthVerb::new);
    verbs.put("webhook", WebhookVerb::new);
    verbs.put("publish", PublishVerb::new);
    verbs.put("history", HistoryVerb::new);
    verbs.put("rollback", RollbackVerb::new);
    verbs.put("unpin", UnpinVerb::new);
    verbs.put("retry-hooks", RetryHooksVerb::new);
    verbs.put("approve", ApproveVerb::new);
    verbs.put("quarantine", QuarantineVerb::new);
    verbs.put("demo", DemoVerb::new);
    return verbs;
  }

  /** Runs a command line and returns its exit code. */
  int run(String... arguments) {
    try (Session session = new Session(cancellation)) {
      Gitops options = new Gitops(console, session);
      CommandLine line = new CommandLine(options);
      addVerbs(line, options, List.of(arguments));
      line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
      line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
      line.setExpandAtFiles(false);
      line.registerConverter(Path.class, new SomePath());
      line.registerConverter(OutputFormat.class, OutputFormat::parse);
      line.setCaseInsensitiveEnumValuesAllowed(true);
      line.setExecutionExceptionHandler(
          (problem, command, parsed) -> {
            if (options.debug) {
              problem.printStackTrace(console.err());
            }
            Problems.show(problem, console.err());
            return Exit.ERROR.code();
          });
      line.setParameterExceptionHandler(
          (problem, given) -> {
            Problems.showUsage(problem, console.err());
            return Exit.ERROR.code();
          });
      return line.execute(arguments);
    }
  }

  /** Returns all verbs with their options. */
  CommandLine model() {
    Gitops options = new Gitops(console, new Session(cancellation));
    CommandLine line = new CommandLine(options);
    addVerbs(line, options, List.of());
    return line;
  }

  /** Adds only the verbs whose words were given, as each costs time; or all, for the help. */
  private static void addVerbs(CommandLine line, Gitops options, List<String> arguments) {
    boolean named = VERBS.keySet().stream().anyMatch(arguments::contains);
    VERBS.forEach(
        (word, verb) -> {
          if (!named || arguments.contains(word)) {
            line.addSubcommand(word, verb.apply(options));
          }
        });
  }
}
