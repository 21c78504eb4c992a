package io.github.gitops4j.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component for GitLab from the checkout to what is applied, with the packaged command. */
class GitlabPipelinesIT {
  private static final int MERGE_REQUEST = 7;

  @TempDir Path directory;

  private Shop shop;
  private FakeForge forge;

  @BeforeEach
  void open() throws IOException {
    shop = Shop.open(directory);
    forge = FakeForge.start();
    forge.accept("token-for-comments-0123456789");
  }

  @AfterEach
  void close() {
    forge.close();
    shop.close();
  }

  private static Path jar() {
    return Path.of("target", "gitops.jar").toAbsolutePath();
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private GitlabRunner runner(String ref, String sha, Map<String, String> more) throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("CI_API_V4_URL", forge.gitlab().toString());
    variables.put("CI_PROJECT_ID", "12");
    variables.put("CI_DEFAULT_BRANCH", "main");
    variables.put("CI_COMMIT_SHA", sha);
    variables.put("CI_COMMIT_REF", ref);
    variables.put("CI_JOB_TOKEN", Shop.TOKEN);
    variables.put("GITLAB_USER_LOGIN", "ada");
    variables.put("GITOPS_COMMENT_TOKEN", "token-for-comments-0123456789");
    variables.putAll(more);
    GitlabComponent component =
        GitlabComponent.read(
            Repository.file("templates/gitops.yml"),
            Map.of("jar-url", jar().toUri().toString(), "jar-sha256", sha256(jar())));
    return new GitlabRunner(directory, shop.checkout(), component, variables);
  }

  private GitlabRunner ofMergeRequest(String branch, String sourceProject) throws Exception {
    return runner(
        "refs/heads/" + branch,
        shop.head(branch),
        Map.of(
            "CI_PIPELINE_SOURCE",
            "merge_request_event",
            "CI_MERGE_REQUEST_IID",
            Integer.toString(MERGE_REQUEST),
            "CI_MERGE_REQUEST_DIFF_BASE_SHA",
            shop.head(),
            "CI_MERGE_REQUEST_PROJECT_ID",
            "12",
            "CI_MERGE_REQUEST_SOURCE_PROJECT_ID",
            sourceProject));
  }

  private GitlabRunner onMain(String source, Map<String, String> more) throws Exception {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("CI_PIPELINE_SOURCE", source);
    variables.put("CI_COMMIT_BRANCH", "main");
    variables.put("GITOPS_TOKEN", Shop.TOKEN);
    return runner("refs/heads/main", shop.head(), variables);
  }

  private GitlabRunner.Result run(GitlabRunner runner, String job) throws Exception {
    GitlabRunner.Result result = runner.run(job);
    assertThat(result.log()).doesNotContain(Shop.TOKEN).doesNotContain("token-for-comments");
    return result;
  }

  private GitlabRunner.Result apply() throws Exception {
    return run(onMain("push", Map.of()), "gitops:apply");
  }

  private GitlabRunner.Result drift() throws Exception {
    return run(onMain("schedule", Map.of()), "gitops:drift");
  }

  @Test
  void eachPipelineHasItsJobs() throws Exception {
    shop.commit("change").put("envs/prod/web.conf", "port = 8080\n").create();
    assertThat(ofMergeRequest("change", "12").pipeline())
        .isEqualTo(Map.of("gitops:plan", "on_success"));
    assertThat(onMain("push", Map.of()).pipeline()).isEqualTo(Map.of("gitops:apply", "on_success"));
    assertThat(onMain("schedule", Map.of()).pipeline())
        .isEqualTo(Map.of("gitops:drift", "on_success"));
    assertThat(onMain("web", Map.of("GITOPS_REVISION", "abc")).pipeline())
        .isEqualTo(Map.of("gitops:rollback", "manual"));
    assertThat(
            runner(
                    "refs/heads/change",
                    shop.head("change"),
                    Map.of("CI_PIPELINE_SOURCE", "push", "CI_COMMIT_BRANCH", "change"))
                .pipeline())
        .isEmpty();
  }

  @Test
  void aMergeRequestHasOneNoteThatIsKeptUpToDate() throws Exception {
    shop.commit("change").put("envs/prod/web.conf", "port = 8080\n").create();
    GitlabRunner.Result first = run(ofMergeRequest("change", "12"), "gitops:plan");
    assertThat(first.exit()).as(first.log()).isZero();
    assertThat(first.variables())
        .containsEntry("GITOPS_HAS_CHANGES", "true")
        .containsEntry("GITOPS_UPDATES", "1")
        .containsEntry("GITOPS_EXIT_CODE", "2");
    assertThat(first.workspace().resolve("gitops-plan.xml")).content().contains("<testsuite ");
    assertThat(first.workspace().resolve("gitops-plan.json")).hasContent("[]");
    assertThat(first.workspace().resolve("git-token")).doesNotExist();
    List<ForgeEntry> notes = forge.comments(MERGE_REQUEST);
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0).body()).contains("1 to update");

    shop.commit("change").put("envs/prod/new.conf", "a = 1\n").create();
    run(ofMergeRequest("change", "12"), "gitops:plan");
    assertThat(forge.comments(MERGE_REQUEST)).hasSize(1);
    assertThat(forge.comments(MERGE_REQUEST).get(0).id()).isEqualTo(notes.get(0).id());
    assertThat(forge.comments(MERGE_REQUEST).get(0).body()).contains("1 to create, 1 to update");

    shop.commit("change")
        .put("envs/prod/web.conf", "port = 80\n")
        .remove("envs/prod/new.conf")
        .create();
    run(ofMergeRequest("change", "12"), "gitops:plan");
    assertThat(forge.comments(MERGE_REQUEST)).isEmpty();
  }

  @Test
  void aForkIsAnsweredWithNoToken() throws Exception {
    shop.commit("change").put("envs/prod/web.conf", "port = 8080\n").create();
    GitlabRunner.Result result = run(ofMergeRequest("change", "99"), "gitops:plan");
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(result.variables()).containsEntry("GITOPS_HAS_CHANGES", "true");
    assertThat(forge.requests()).isEmpty();
  }

  @Test
  void aFileThatCannotBeUnderstoodFailsTheJob() throws Exception {
    shop.commit("change").put("app.yaml", "kind: Application\n").create();
    GitlabRunner.Result result = run(ofMergeRequest("change", "12"), "gitops:plan");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.log()).contains("app.yaml:1:");
  }

  @Test
  void theDefaultBranchIsApplied() throws Exception {
    GitlabRunner.Result result = apply();
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(result.variables()).containsEntry("GITOPS_CREATES", "1");
    assertThat(shop.live().resolve("web.conf")).hasContent("port = 80");
    assertThat(result.workspace().resolve("git-token")).doesNotExist();
    assertThat(apply().variables()).containsEntry("GITOPS_HAS_CHANGES", "false");
  }

  @Test
  void aRefusalIsTheExitCodeOfTheJob() throws Exception {
    shop.commit().put("app.yaml", shop.application("requireApproval: true")).create();
    GitlabRunner.Result result = apply();
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.variables()).containsEntry("GITOPS_EXIT_CODE", "3");
    assertThat(shop.live().resolve("web.conf")).doesNotExist();
  }

  @Test
  void aJarThatIsAnotherOneIsNotRun() throws Exception {
    GitlabComponent component =
        GitlabComponent.read(
            Repository.file("templates/gitops.yml"),
            Map.of("jar-url", jar().toUri().toString(), "jar-sha256", "0".repeat(64)));
    Map<String, String> variables =
        Map.of(
            "CI_COMMIT_SHA",
            shop.head(),
            "CI_COMMIT_REF",
            "refs/heads/main",
            "CI_JOB_TOKEN",
            Shop.TOKEN,
            "CI_PROJECT_ID",
            "12");
    GitlabRunner.Result result =
        new GitlabRunner(directory, shop.checkout(), component, variables).run("gitops:apply");
    assertThat(result.exit()).isNotZero();
    assertThat(shop.live()).isEmptyDirectory();
  }

  @Test
  void driftOpensOneIssueThatIsKeptUpToDateAndClosed() throws Exception {
    apply();
    assertThat(drift().exit()).isZero();
    assertThat(forge.issues()).isEmpty();
    Files.writeString(shop.live().resolve("web.conf"), "port = 1\n");
    assertThat(drift().exit()).isZero();
    assertThat(forge.issues()).hasSize(1);
    drift();
    assertThat(forge.issues()).hasSize(1);
    apply();
    drift();
    assertThat(forge.issues()).hasSize(1);
    assertThat(forge.issues().get(0).isOpen()).isFalse();
  }

  @Test
  void rollbackGoesBackToWhatWasApplied() throws Exception {
    String first = shop.head();
    apply();
    shop.commit().put("envs/prod/web.conf", "port = 8080\n").create();
    apply();
    GitlabRunner.Result result =
        run(onMain("web", Map.of("GITOPS_REVISION", first)), "gitops:rollback");
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(shop.live().resolve("web.conf")).hasContent("port = 80");
  }
}
