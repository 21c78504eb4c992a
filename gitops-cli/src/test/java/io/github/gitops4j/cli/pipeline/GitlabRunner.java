package io.github.gitops4j.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the jobs of the component as GitLab does: its rules, its variables, a checkout with the real
 * {@code git}, and its scripts in one shell. What the component does not use, it refuses.
 */
final class GitlabRunner {
  private static final Pattern COMPARISON =
      Pattern.compile("\\$(\\w+)(?: *== *(?:\"([^\"]*)\"|\\$(\\w+)))?");

  private final Path temp;
  private final Checkout checkout;
  private final GitlabComponent component;
  private final Map<String, String> variables;

  /**
   * Begins.
   *
   * @param variables what GitLab and the project's settings give to a pipeline
   */
  GitlabRunner(
      Path temp, Checkout checkout, GitlabComponent component, Map<String, String> variables) {
    this.temp = temp;
    this.checkout = checkout;
    this.component = component;
    this.variables = Map.copyOf(variables);
  }

  /**
   * What a job has left behind.
   *
   * @param exit the exit code of its script
   * @param log what it said
   * @param workspace the work tree
   * @param variables of its dotenv report, for the jobs after it
   */
  record Result(int exit, String log, Path workspace, Map<String, String> variables) {}

  /** Returns the jobs of the pipeline that these variables lead to, each with when it is run. */
  Map<String, String> pipeline() {
    Map<String, String> jobs = new TreeMap<>();
    component
        .jobs()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.startsWith(".")) {
                when(component.job(name).path("rules")).ifPresent(when -> jobs.put(name, when));
              }
            });
    return jobs;
  }

  private Optional<String> when(JsonNode rules) {
    for (JsonNode rule : rules) {
      if (holds(rule.path("if").asText())) {
        String when = rule.path("when").asText("on_success");
        return when.equals("never") ? Optional.empty() : Optional.of(when);
      }
    }
    return Optional.empty();
  }

  private boolean holds(String condition) {
    for (String part : condition.split(" && ", -1)) {
      Matcher comparison = COMPARISON.matcher(part);
      assertThat(comparison.matches()).as("%s", part).isTrue();
      String left = variables.getOrDefault(comparison.group(1), "");
      String right =
          comparison.group(3) == null
              ? comparison.group(2)
              : variables.getOrDefault(comparison.group(3), "");
      if (right == null ? left.isEmpty() : !left.equals(right)) {
        return false;
      }
    }
    return true;
  }

  /** Runs a job. */
  Result run(String name) throws IOException, InterruptedException {
    JsonNode job = component.job(name);
    Path workspace = Files.createTempDirectory(temp, "build");
    Map<String, String> environment = environment(job, workspace);
    String depth = environment.getOrDefault("GIT_DEPTH", "20");
    checkout.into(
        workspace,
        environment.getOrDefault("CI_COMMIT_REF", ""),
        environment.getOrDefault("CI_COMMIT_SHA", ""),
        depth.equals("0") ? Optional.empty() : Optional.of(Integer.valueOf(depth)),
        environment.getOrDefault("CI_JOB_TOKEN", ""));
    Shell main = bash(job, workspace, environment, "before_script", "script");
    Shell after = bash(job, workspace, environment, "after_script");
    assertThat(after.exit()).as(after.log()).isZero();
    return new Result(main.exit(), main.log() + after.log(), workspace, reports(job, workspace));
  }

  private Map<String, String> environment(JsonNode job, Path workspace) {
    Map<String, String> environment = new LinkedHashMap<>(variables);
    environment.putAll(GitlabComponent.texts(job.path("variables")));
    // What a project or the one who starts a pipeline says comes before what a job says.
    environment.putAll(variables);
    environment.put("CI_PROJECT_DIR", workspace.toString());
    environment.put("PATH", Shell.path());
    environment.put("HOME", checkout.home().toString());
    environment.put("CI", "true");
    environment.put("GITLAB_CI", "true");
    return environment;
  }

  private static Shell bash(
      JsonNode job, Path workspace, Map<String, String> environment, String... parts)
      throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("set -eo pipefail\n");
    for (String part : parts) {
      job.path(part).forEach(line -> script.append(line.asText()).append('\n'));
    }
    return Shell.run(workspace, environment, List.of("bash", "-c", script.toString()));
  }

  /** Every report that a job names has to be there, as GitLab warns of one that is not. */
  private static Map<String, String> reports(JsonNode job, Path workspace) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> report : job.at("/artifacts/reports").properties()) {
      Path file = workspace.resolve(report.getValue().asText());
      if (report.getKey().equals("dotenv") && Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          int equals = line.indexOf('=');
          assertThat(line).matches("[A-Z_]+=[^\n]*");
          variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    }
    return variables;
  }
}
