package io.github.gitops4j.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a workflow of ours as GitHub does: its expressions, the files and variables of its steps, a
 * checkout with the real {@code git} and the shell that it names. What the workflows do not use, it
 * refuses.
 */
final class GithubRunner {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *([A-Za-z0-9_.-]+) *}}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path temp;
  private final Checkout checkout;
  private final ObjectNode github;
  private final Map<String, String> overrides;
  private final Path workspace;
  private final List<String> searched = new ArrayList<>();
  private final StringBuilder log = new StringBuilder();
  private final StringBuilder summary = new StringBuilder();

  /**
   * Begins.
   *
   * @param github the context of the run, with {@code sha}, {@code ref}, {@code event} and so on
   * @param overrides inputs of the action that are given in every step
   */
  GithubRunner(Path temp, Checkout checkout, ObjectNode github, Map<String, String> overrides)
      throws IOException {
    this.temp = Files.createTempDirectory(temp, "run");
    this.checkout = checkout;
    this.github = github;
    this.overrides = Map.copyOf(overrides);
    this.workspace = this.temp.resolve("workspace");
  }

  /**
   * What a job has left behind.
   *
   * @param succeeded whether every step did
   * @param log what the steps said
   * @param summary the summary of the job
   * @param outputs of the last step
   * @param workspace the work tree
   */
  record Result(
      boolean succeeded, String log, String summary, Map<String, String> outputs, Path workspace) {
    /** The commands that the runner carries out. */
    List<String> commands() {
      return RunnerLog.commands(log);
    }
  }

  /** Runs the one job of a workflow. */
  Result run(Path workflow) throws IOException, InterruptedException {
    JsonNode read = Yaml.read(workflow);
    assertThat(read.path("on").has(github.path("event_name").asText()))
        .as("%s runs on %s", workflow.getFileName(), github.path("event_name"))
        .isTrue();
    assertThat(read.path("jobs").size()).isEqualTo(1);
    Map<String, String> outputs = Map.of();
    boolean succeeded = true;
    for (JsonNode step : read.path("jobs").iterator().next().path("steps")) {
      Optional<Map<String, String>> done = step(step);
      outputs = done.orElse(outputs);
      if (done.isEmpty()) {
        succeeded = false;
        break;
      }
    }
    return new Result(succeeded, log.toString(), summary.toString(), outputs, workspace);
  }

  private Optional<Map<String, String>> step(JsonNode step)
      throws IOException, InterruptedException {
    String uses = step.path("uses").asText();
    if (uses.startsWith("actions/checkout@")) {
      checkOut(step.path("with"));
      return Optional.of(Map.of());
    } else if (uses.startsWith("gitops4j/gitops4j@")) {
      return action(texts(step.path("with"), context(Map.of())));
    }
    throw new AssertionError("no such step here: " + step);
  }

  private void checkOut(JsonNode with) throws IOException, InterruptedException {
    int depth = with.path("fetch-depth").asInt(1);
    checkout.into(
        workspace,
        github.path("ref").asText(),
        github.path("sha").asText(),
        depth == 0 ? Optional.empty() : Optional.of(depth),
        github.path("token").asText());
  }

  /** Returns the outputs, or nothing if a step has failed. */
  private Optional<Map<String, String>> action(Map<String, String> given)
      throws IOException, InterruptedException {
    JsonNode action = Yaml.read(Repository.file("action.yml"));
    Map<String, String> inputs = inputs(action, given);
    ObjectNode context = context(inputs);
    for (JsonNode step : action.at("/runs/steps")) {
      if (step.path("uses").asText().startsWith("actions/setup-java@")) {
        continue;
      }
      assertThat(step.path("shell").asText()).isEqualTo("bash");
      Map<String, String> outputs = new LinkedHashMap<>();
      int exit = bash(step.path("run").asText(), texts(step.path("env"), context), outputs);
      ObjectNode set = context.withObject("/steps/" + step.path("id").asText() + "/outputs");
      outputs.forEach(set::put);
      if (exit != 0) {
        log.append("exit ").append(exit).append('\n');
        return Optional.empty();
      }
    }
    Map<String, String> outputs = new LinkedHashMap<>();
    action
        .path("outputs")
        .properties()
        .forEach(
            output ->
                outputs.put(
                    output.getKey(), value(output.getValue().path("value").asText(), context)));
    return Optional.of(outputs);
  }

  private Map<String, String> inputs(JsonNode action, Map<String, String> given) {
    Map<String, String> inputs = new LinkedHashMap<>();
    action
        .path("inputs")
        .properties()
        .forEach(
            input -> {
              JsonNode declared = input.getValue();
              assertThat(
                      declared.path("required").asBoolean() && !given.containsKey(input.getKey()))
                  .as("%s is needed", input.getKey())
                  .isFalse();
              inputs.put(
                  input.getKey(), value(declared.path("default").asText(), context(Map.of())));
            });
    given.forEach((name, value) -> put(inputs, name, value));
    overrides.forEach((name, value) -> put(inputs, name, value));
    return inputs;
  }

  private static void put(Map<String, String> inputs, String name, String value) {
    assertThat(inputs).containsKey(name);
    inputs.put(name, value);
  }

  private ObjectNode context(Map<String, String> inputs) {
    ObjectNode context = JSON.createObjectNode();
    context.set("github", github);
    ObjectNode all = context.putObject("inputs");
    github
        .at("/event/inputs")
        .properties()
        .forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    inputs.forEach(all::put);
    context.putObject("steps");
    return context;
  }

  private static Map<String, String> texts(JsonNode mapping, JsonNode context) {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), value(entry.getValue().asText(), context)));
    return texts;
  }

  /** Fills expressions in; the ones that we use name a value and no more. */
  private static String value(String text, JsonNode context) {
    Matcher matcher = EXPRESSION.matcher(text);
    String filled =
        matcher.replaceAll(
            match ->
                Matcher.quoteReplacement(
                    context.at("/" + match.group(1).replace('.', '/')).asText("")));
    assertThat(filled).as("expressions").doesNotContain("${{");
    return filled;
  }

  private int bash(String script, Map<String, String> variables, Map<String, String> outputs)
      throws IOException, InterruptedException {
    Path files = Files.createTempDirectory(temp, "step");
    Path run = Files.writeString(files.resolve("script.sh"), script);
    Map<String, String> environment = environment(files);
    environment.putAll(variables);
    Shell shell =
        Shell.run(
            workspace,
            environment,
            List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", run.toString()));
    log.append(shell.log());
    summary.append(read(files.resolve("summary")));
    outputs.putAll(OutputFile.read(read(files.resolve("output"))));
    read(files.resolve("path")).lines().forEach(searched::add);
    return shell.exit();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private Map<String, String> environment(Path files) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String file : List.of("summary", "output", "path", "env")) {
      Files.createFile(files.resolve(file));
    }
    environment.put("GITHUB_STEP_SUMMARY", files.resolve("summary").toString());
    environment.put("GITHUB_OUTPUT", files.resolve("output").toString());
    environment.put("GITHUB_PATH", files.resolve("path").toString());
    environment.put("GITHUB_ENV", files.resolve("env").toString());
    environment.put("GITHUB_ACTIONS", "true");
    environment.put("CI", "true");
    environment.put("GITHUB_WORKSPACE", workspace.toString());
    environment.put("GITHUB_ACTION_PATH", Repository.file("").toString());
    environment.put("RUNNER_TEMP", temp.toString());
    environment.put("HOME", checkout.home().toString());
    environment.put(
        "PATH", String.join(":", searched) + (searched.isEmpty() ? "" : ":") + Shell.path());
    for (String name :
        List.of(
            "actor", "api_url", "event_name", "ref", "repository", "run_id", "server_url", "sha")) {
      environment.put("GITHUB_" + name.toUpperCase(Locale.ROOT), github.path(name).asText());
    }
    return environment;
  }
}
