package io.github.gitops4j.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeEntry;
import io.github.gitops4j.testkit.forge.ForgeFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflows for GitHub from the checkout to what is applied, with the packaged command. */
class GithubPipelinesIT {
  private static final int PULL = 7;

  @TempDir Path directory;

  private Shop shop;
  private FakeForge forge;

  @BeforeEach
  void open() throws IOException {
    shop = Shop.open(directory);
    forge = FakeForge.start();
    forge.accept(Shop.TOKEN);
    forge.account("github-actions[bot]");
  }

  @AfterEach
  void close() {
    forge.close();
    shop.close();
  }

  private ObjectNode context(String event, String ref, String sha) {
    ObjectNode github = new ObjectMapper().createObjectNode();
    return github
        .put("event_name", event)
        .put("actor", "ada")
        .put("api_url", forge.github().toString())
        .put("server_url", "https://git.example.com")
        .put("repository", "team/shop")
        .put("run_id", "42")
        .put("ref", ref)
        .put("sha", sha)
        .put("token", Shop.TOKEN);
  }

  private GithubRunner.Result run(String workflow, ObjectNode github)
      throws IOException, InterruptedException {
    GithubRunner.Result result =
        new GithubRunner(
                directory,
                shop.checkout(),
                github,
                Map.of("jar", Path.of("target", "gitops.jar").toAbsolutePath().toString()))
            .run(Repository.file("pipelines/github/workflows/" + workflow));
    assertThat(result.log() + result.summary()).doesNotContain(Shop.TOKEN);
    return result;
  }

  /** Runs what a push to the branch of a pull request runs, on the merge of both branches. */
  private GithubRunner.Result plan(String branch, String headRepository)
      throws IOException, InterruptedException {
    String ref = "refs/pull/" + PULL + "/merge";
    String merge = shop.merge(branch, ref);
    ObjectNode github = context("pull_request", ref, merge);
    ObjectNode pull = github.putObject("event").putObject("pull_request").put("number", PULL);
    pull.putObject("base").put("sha", shop.head());
    pull.putObject("head")
        .put("sha", shop.head(branch))
        .putObject("repo")
        .put("full_name", headRepository);
    return run("plan.yml", github);
  }

  private GithubRunner.Result onMain(String workflow, String event)
      throws IOException, InterruptedException {
    return run(workflow, context(event, "refs/heads/main", shop.head()));
  }

  private String comment() {
    List<ForgeEntry> comments = forge.comments(PULL);
    assertThat(comments).hasSize(1);
    return comments.get(0).body();
  }

  private List<String> states(String commit) {
    return forge.statuses(commit).stream()
        .map(status -> status.text("state").orElse("") + " " + status.text("context").orElse(""))
        .toList();
  }

  @Test
  void aPullRequestHasOneCommentThatIsKeptUpToDateAndAStatus() throws Exception {
    shop.commit("change").put("envs/prod/web.conf", "port = 8080\n").create();
    GithubRunner.Result first = plan("change", "team/shop");
    assertThat(first.succeeded()).as(first.log()).isTrue();
    assertThat(first.outputs())
        .containsEntry("exit-code", "2")
        .containsEntry("has-changes", "true")
        .containsEntry("updates", "1");
    assertThat(first.summary()).contains("### inputs of").contains("### preview of");
    assertThat(first.commands()).isEmpty();
    assertThat(comment()).contains("web&#46;conf").contains("1 to update");
    assertThat(states(shop.head("change"))).containsExactly("success gitops/plan");
    long id = forge.comments(PULL).get(0).id();

    shop.commit("change").put("envs/prod/new.conf", "a = 1\n").create();
    plan("change", "team/shop");
    assertThat(comment()).contains("1 to create, 1 to update");
    assertThat(forge.comments(PULL).get(0).id()).isEqualTo(id);

    shop.commit("change")
        .put("envs/prod/web.conf", "port = 80\n")
        .remove("envs/prod/new.conf")
        .create();
    GithubRunner.Result nothing = plan("change", "team/shop");
    assertThat(nothing.outputs()).containsEntry("has-changes", "false");
    assertThat(forge.comments(PULL)).isEmpty();
    assertThat(shop.live()).isEmptyDirectory();
  }

  @Test
  void whatCannotBeUnderstoodIsAnnotatedAtItsLineAndFails() throws Exception {
    shop.commit("change")
        .put("app.yaml", shop.application("").replace("ref: main", "reff: main"))
        .create();
    GithubRunner.Result result = plan("change", "team/shop");
    assertThat(result.succeeded()).isFalse();
    assertThat(result.commands())
        .singleElement()
        .asString()
        .startsWith("error file=app.yaml,line=8,title=broken-input::app.yaml:8:")
        .contains("reff");
  }

  /** A fork's job has a token that reads; here it could write, and is not used all the same. */
  @Test
  void aForkIsAnsweredWithNoToken() throws Exception {
    shop.commit("change").put("envs/prod/web.conf", "port = 8080\n").create();
    GithubRunner.Result result = plan("change", "stranger/shop");
    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.summary()).contains("1 to update");
    assertThat(forge.requests()).isEmpty();
  }

  /** Nothing of the tree is run: not what Git, a shell or a build tool would find in it. */
  @Test
  void whatAForkBringsIsNotRun() throws Exception {
    Path mark = directory.resolve("was-run");
    String script = "#!/bin/sh\ntouch " + mark + "\n";
    shop.commit("change")
        .put("gitops", script)
        .put("java", script)
        .put("bin/gitops", script)
        .put(".envrc", script)
        .put(".gitattributes", "* filter=evil diff=evil\n")
        .put(".mvn/jvm.config", "-XX:OnOutOfMemoryError=" + mark + "\n")
        .put("envs/prod/a::b.conf", "\n::add-mask::x\n::error::evil\n")
        .put("envs/prod/\n::error::evil", "x")
        .create();
    GithubRunner.Result result = plan("change", "stranger/shop");
    assertThat(mark).doesNotExist();
    assertThat(result.commands()).noneMatch(command -> command.startsWith("add-mask"));
    assertThat(result.commands()).noneMatch("error::evil"::equals);
  }

  @Test
  void aTreeOfStrangersIsNotPlannedWithTheRightsOfTheRepository() throws Exception {
    shop.commit("change").put("envs/prod/web.conf", "port = 8080\n").create();
    String merge = shop.merge("change", "refs/pull/7/merge");
    ObjectNode github = context("pull_request_target", "refs/pull/7/merge", merge);
    Path workflow = Files.createTempFile(directory, "plan", ".yml");
    Files.writeString(
        workflow,
        Files.readString(Repository.file("pipelines/github/workflows/plan.yml"))
            .replace("  pull_request:", "  pull_request_target:")
            .replace("command: validate", "command: plan"));
    GithubRunner.Result result =
        new GithubRunner(
                directory,
                shop.checkout(),
                github,
                Map.of("jar", Path.of("target", "gitops.jar").toAbsolutePath().toString()))
            .run(workflow);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.log()).contains("pull_request_target gives a stranger's tree the rights");
    assertThat(forge.requests()).isEmpty();
  }

  @Test
  void whatIsMergedIsAppliedAndRecordedAsADeployment() throws Exception {
    GithubRunner.Result result = onMain("apply.yml", "push");
    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.outputs()).containsEntry("exit-code", "0").containsEntry("creates", "1");
    assertThat(shop.live().resolve("web.conf")).hasContent("port = 80");
    assertThat(states(shop.head())).containsExactly("success gitops/apply");
    assertThat(forge.deployments()).hasSize(1);
    assertThat(forge.deploymentStatuses())
        .singleElement()
        .satisfies(
            all ->
                assertThat(all)
                    .extracting(status -> status.text("state").orElse(""))
                    .containsExactly("in_progress", "success"));
    assertThat(result.workspace().resolve("git-token")).doesNotExist();
    assertThat(onMain("apply.yml", "push").outputs()).containsEntry("has-changes", "false");
  }

  @Test
  void aRefusalFailsTheJobAndIsSaid() throws Exception {
    shop.commit().put("app.yaml", shop.application("requireApproval: true")).create();
    GithubRunner.Result result = onMain("apply.yml", "push");
    assertThat(result.succeeded()).isFalse();
    assertThat(result.log()).contains("exit 3");
    assertThat(states(shop.head())).containsExactly("failure gitops/apply");
    assertThat(shop.live().resolve("web.conf")).doesNotExist();
  }

  @Test
  void driftOpensOneIssueThatIsKeptUpToDateAndClosed() throws Exception {
    onMain("apply.yml", "push");
    assertThat(onMain("drift.yml", "schedule").outputs()).containsEntry("has-changes", "false");
    assertThat(forge.issues()).isEmpty();

    Files.writeString(shop.live().resolve("web.conf"), "port = 1\n");
    GithubRunner.Result drift = onMain("drift.yml", "schedule");
    assertThat(drift.succeeded()).as(drift.log()).isTrue();
    assertThat(forge.issues()).hasSize(1);
    assertThat(forge.issues().get(0).body()).contains("web&#46;conf");
    Files.writeString(shop.live().resolve("web.conf"), "port = 2\n");
    onMain("drift.yml", "schedule");
    assertThat(forge.issues()).hasSize(1);

    onMain("apply.yml", "push");
    onMain("drift.yml", "schedule");
    assertThat(forge.issues()).hasSize(1);
    assertThat(forge.issues().get(0).isOpen()).isFalse();
  }

  @Test
  void rollbackGoesBackToWhatWasApplied() throws Exception {
    String first = shop.head();
    onMain("apply.yml", "push");
    shop.commit().put("envs/prod/web.conf", "port = 8080\n").create();
    onMain("apply.yml", "push");
    assertThat(shop.live().resolve("web.conf")).hasContent("port = 8080");

    ObjectNode github = context("workflow_dispatch", "refs/heads/main", shop.head());
    github.putObject("event").putObject("inputs").put("revision", first).put("application", "");
    GithubRunner.Result result = run("rollback.yml", github);
    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(shop.live().resolve("web.conf")).hasContent("port = 80");
    // The pin holds until the branch moves on.
    onMain("apply.yml", "push");
    assertThat(shop.live().resolve("web.conf")).hasContent("port = 80");
  }

  @Test
  void aHostThatDoesNotAnswerFailsNoJob() throws Exception {
    forge.failAlways(ForgeFault.status(401, "no"));
    GithubRunner.Result result = onMain("apply.yml", "push");
    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.commands())
        .contains("warning::gitops4j could not publish the status")
        .contains("warning::gitops4j could not publish the deployment");
    assertThat(shop.live().resolve("web.conf")).exists();
    List<Mapping> none = forge.statuses(shop.head());
    assertThat(none).isEmpty();
  }
}
