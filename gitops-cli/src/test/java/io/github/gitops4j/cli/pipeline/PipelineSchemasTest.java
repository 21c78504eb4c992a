package io.github.gitops4j.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The pipelines against the schemas that the hosts' editors use. */
class PipelineSchemasTest {
  private static List<String> problems(String schema, JsonNode document) throws IOException {
    try (InputStream in =
        PipelineSchemasTest.class.getResourceAsStream("/schemas/" + schema + ".json")) {
      Schema read =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(Objects.requireNonNull(in, schema));
      return read.validate(document).stream().map(Error::toString).toList();
    }
  }

  @Test
  void theWorkflowsAreWhatGithubReads() throws IOException {
    assertThat(Repository.workflows()).hasSize(4);
    for (Path workflow : Repository.workflows()) {
      assertThat(problems("github-workflows", Yaml.read(workflow))).as("%s", workflow).isEmpty();
    }
  }

  @Test
  void theActionIsWhatGithubReads() throws IOException {
    assertThat(problems("github-actions", Yaml.read(Repository.file("action.yml")))).isEmpty();
  }

  @Test
  void theComponentIsWhatGitlabReads() throws IOException {
    GitlabComponent component =
        GitlabComponent.read(
            Repository.file("templates/gitops.yml"),
            Map.of("jar-url", "https://example.com/gitops.jar", "jar-sha256", "00"));
    assertThat(problems("gitlab-ci", component.header())).isEmpty();
    assertThat(problems("gitlab-ci", component.jobs())).isEmpty();
  }

  @Test
  void theExampleForGitlabIsWhatGitlabReads() throws IOException {
    JsonNode example = Yaml.read(Repository.file("pipelines/gitlab/gitlab-ci.yml"));
    assertThat(problems("gitlab-ci", example)).isEmpty();
    Map<String, String> given = GitlabComponent.texts(example.at("/include/0/inputs"));
    assertThat(GitlabComponent.read(Repository.file("templates/gitops.yml"), given).jobs())
        .isNotEmpty();
  }

  @Test
  void aWrongFileIsNoticed() throws IOException {
    ObjectNode workflow = (ObjectNode) Yaml.read(Repository.workflows().get(0));
    workflow.put("jobz", 1);
    assertThat(problems("github-workflows", workflow)).isNotEmpty();
    ObjectNode action = (ObjectNode) Yaml.read(Repository.file("action.yml"));
    action.remove("runs");
    assertThat(problems("github-actions", action)).isNotEmpty();
    ObjectNode pipeline = (ObjectNode) Yaml.read(Repository.file("pipelines/gitlab/gitlab-ci.yml"));
    pipeline.put("stages", 1);
    assertThat(problems("gitlab-ci", pipeline)).isNotEmpty();
  }

  /** What a stranger can write never becomes the text of a command. */
  @Test
  void noExpressionIsInsideACommand() throws IOException {
    JsonNode action = Yaml.read(Repository.file("action.yml"));
    for (JsonNode step : action.at("/runs/steps")) {
      assertThat(step.path("run").asText()).doesNotContain("${{");
    }
    for (Path workflow : Repository.workflows()) {
      assertThat(Files.readString(workflow)).doesNotContain("run:").doesNotContain("_target");
    }
  }

  @Test
  void everyWorkflowAsksForTheRightsThatItNeedsAndKeepsNoCredentials() throws IOException {
    for (Path file : Repository.workflows()) {
      JsonNode workflow = Yaml.read(file);
      assertThat(workflow.path("permissions").isObject()).as("%s", file).isTrue();
      assertThat(workflow.path("permissions").isEmpty()).as("%s", file).isTrue();
      for (JsonNode job : workflow.path("jobs")) {
        assertThat(job.at("/permissions/contents").asText()).as("%s", file).isEqualTo("read");
        assertThat(job.path("timeout-minutes").isInt()).as("%s", file).isTrue();
        assertThat(job.at("/steps/0/with/persist-credentials").asBoolean(true))
            .as("%s", file)
            .isFalse();
      }
    }
  }
}
