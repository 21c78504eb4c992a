package io.github.gitops4j.forge.publish;

import static io.github.gitops4j.forge.publish.Told.MAIN;
import static io.github.gitops4j.forge.publish.Told.PAGE;
import static io.github.gitops4j.forge.publish.Told.SHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact requests that hosts get for statuses and deployments. */
class ForgeClientTest {
  private final FakeForge forge = FakeForge.start();

  @AfterEach
  void stop() {
    forge.close();
  }

  private ForgeClient client(Forge kind) {
    return Told.client(forge, kind).build();
  }

  @Test
  void aStatusAtGithub() {
    client(Forge.GITHUB).publish(Told.status(PublishState.CHANGES, "2 to change"));

    ForgeRequest request = Told.last(forge);
    assertThat(request.line()).isEqualTo("POST /api/v3/repos/acme/shop/statuses/" + SHA);
    assertThat(request.header("Authorization")).isEqualTo("Bearer token");
    assertThat(request.header("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
    assertThat(request.header("Accept")).isEqualTo("application/vnd.github+json");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.json())
        .isEqualTo(
            "{\"context\":\"gitops/shop\",\"description\":\"2 to change\",\"state\":\"success\","
                + "\"target_url\":\"https://ci.example.com/1\"}");
  }

  @Test
  void aStatusAtGitlab() {
    ForgeClient client =
        ForgeClient.builder(
                Forge.GITLAB, forge.gitlab(), "group/sub/shop", () -> Sensitive.of("token"))
            .build();
    client.publish(Told.status(PublishState.RUNNING));
    client.publish(Told.status(PublishState.RUNNING));

    ForgeRequest request = Told.last(forge);
    assertThat(request.line())
        .isEqualTo("POST /api/v4/projects/group%2Fsub%2Fshop/statuses/" + SHA);
    assertThat(request.header("PRIVATE-TOKEN")).isEqualTo("token");
    assertThat(request.json())
        .isEqualTo(
            "{\"description\":\"running\",\"name\":\"gitops/shop\",\"ref\":\"main\","
                + "\"state\":\"running\",\"target_url\":\"https://ci.example.com/1\"}");
    assertThat(forge.statuses(SHA)).as("the second was no transition").hasSize(1);
  }

  @Test
  void aLinkThatGitlabDoesNotTakeIsLeftOut() {
    for (int length : new int[] {255, 256}) {
      URI url = URI.create(PAGE + "?" + "a".repeat(length - PAGE.toString().length() - 1));
      client(Forge.GITLAB)
          .publish(
              new CommitStatus(MAIN, "of " + length, PublishState.SUCCESS, "", Optional.of(url)));
    }

    assertThat(forge.statuses(SHA))
        .extracting(status -> status.text("target_url").isPresent())
        .containsExactly(true, false);
  }

  @Test
  void aStatusAtGiteaAndForgejo() {
    client(Forge.GITEA).publish(Told.status(PublishState.CHANGES));
    client(Forge.FORGEJO).publish(Told.status(PublishState.REFUSED));

    assertThat(Told.lines(forge)).containsOnly("POST /api/v1/repos/acme/shop/statuses/" + SHA);
    assertThat(Told.last(forge).header("Authorization")).isEqualTo("token token");
    assertThat(forge.statuses(SHA))
        .extracting(status -> status.text("state").orElseThrow())
        .containsExactly("warning", "pending");
  }

  @Test
  void aStatusAtBitbucketHasAKeyOfForty() {
    CommitStatus status =
        new CommitStatus(
            MAIN, "gitops/" + "x".repeat(60), PublishState.WAITING, "", Optional.of(PAGE));
    client(Forge.BITBUCKET_CLOUD).publish(status);
    client(Forge.BITBUCKET_DC).publish(status);

    assertThat(Told.lines(forge))
        .containsExactly(
            "POST /2.0/repositories/acme/shop/commit/" + SHA + "/statuses/build",
            "POST /rest/api/latest/projects/acme/repos/shop/commits/" + SHA + "/builds");
    assertThat(forge.statuses(SHA).get(0).text("state")).contains("STOPPED");
    assertThat(forge.statuses(SHA).get(1).text("state")).contains("INPROGRESS");
    String key = forge.statuses(SHA).get(0).text("key").orElseThrow();
    assertThat(key).hasSize(40).startsWith("gitops/xxx").matches(".*-[0-9a-f]{8}");
    assertThat(PlainText.key("gitops/" + "x".repeat(59) + "y", 40)).isNotEqualTo(key);
    assertThatThrownBy(
            () ->
                client(Forge.BITBUCKET_CLOUD)
                    .publish(
                        new CommitStatus(MAIN, "c", PublishState.SUCCESS, "", Optional.empty())))
        .hasMessageContaining("needs a URL");
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB, pending pending success success pending failure failure error",
    "GITLAB, pending running success success pending canceled failed failed",
    "GITEA, pending pending success warning pending pending failure error",
    "FORGEJO, pending pending success warning pending pending failure error",
    "BITBUCKET_CLOUD,"
        + " INPROGRESS INPROGRESS SUCCESSFUL SUCCESSFUL STOPPED STOPPED FAILED FAILED",
    "BITBUCKET_DC, INPROGRESS INPROGRESS SUCCESSFUL SUCCESSFUL INPROGRESS FAILED FAILED FAILED"
  })
  void eachHostHasItsWords(Forge kind, String words) {
    String said =
        String.join(
            " ",
            Arrays.stream(PublishState.values()).map(s -> StateWords.status(kind, s)).toList());

    assertThat(said).isEqualTo(words);
  }

  @Test
  void aDeploymentAtGithubIsMadeOnceAndMergesAndWaitsForNothing() {
    ForgeClient client = client(Forge.GITHUB);
    client.publish(Told.deployment(PublishState.RUNNING));
    client.publish(Told.deployment(PublishState.SUCCESS));

    String at = " /api/v3/repos/acme/shop/deployments";
    String look = "GET" + at + "?task=deploy%3Agitops&environment=prod%20east&per_page=50";
    assertThat(Told.lines(forge))
        .containsExactly(
            look, "POST" + at, "POST" + at + "/101/statuses", look, "POST" + at + "/101/statuses");
    assertThat(forge.requests().get(1).json())
        .isEqualTo(
            "{\"auto_merge\":false,\"environment\":\"prod east\",\"ref\":\""
                + SHA
                + "\",\"required_contexts\":[],\"task\":\"deploy:gitops\"}");
    assertThat(Told.last(forge).json())
        .isEqualTo(
            "{\"description\":\"words\",\"environment\":\"prod east\","
                + "\"log_url\":\"https://ci.example.com/1\",\"state\":\"success\"}");
  }

  @Test
  void aDeploymentAtGitlabGoesOnUntilItIsOver() {
    ForgeClient client = client(Forge.GITLAB);
    client.publish(Told.deployment(PublishState.RUNNING));
    client.publish(Told.deployment(PublishState.WAITING));
    client.publish(Told.deployment(PublishState.FAILED));
    client.publish(Told.deployment(PublishState.RUNNING));

    String at = " /api/v4/projects/acme%2Fshop/deployments";
    String look = "GET" + at + "?environment=prod%20east&order_by=id&sort=desc&per_page=50";
    assertThat(Told.lines(forge))
        .containsExactly(look, "POST" + at, look, look, "PUT" + at + "/101", look, "POST" + at);
    assertThat(forge.requests().get(1).json())
        .isEqualTo(
            "{\"environment\":\"prod east\",\"ref\":\"main\",\"sha\":\""
                + SHA
                + "\",\"status\":\"running\",\"tag\":false}");
    assertThat(forge.requests().get(4).json()).isEqualTo("{\"status\":\"failed\"}");
  }

  @Test
  void aCommitThatComesBackIsDeployedAnew() {
    for (Forge kind : List.of(Forge.GITHUB, Forge.GITLAB)) {
      int before = forge.deployments().size();
      Revision next = new Revision("refs/heads/main", "b".repeat(40));
      ForgeClient client = client(kind);
      client.publish(Told.deployment(PublishState.SUCCESS));
      client.publish(Told.deployment(PublishState.SUCCESS));
      client.publish(Told.deployment(next, PublishState.RUNNING));
      client.publish(Told.deployment(next, PublishState.SUCCESS));
      client.publish(Told.deployment(PublishState.SUCCESS));

      assertThat(forge.deployments().stream().skip(before))
          .extracting(made -> made.text(kind == Forge.GITHUB ? "ref" : "sha").orElseThrow())
          .as(kind.id())
          .containsExactly(SHA, next.id(), SHA);
    }
  }

  @Test
  void theEndOfADeploymentMayBeToldAfterTheNextOneHasBegun() {
    for (Forge kind : List.of(Forge.GITHUB, Forge.GITLAB)) {
      int before = forge.deployments().size();
      Revision next = new Revision("refs/heads/main", "b".repeat(40));
      ForgeClient client = client(kind);
      client.publish(Told.deployment(PublishState.RUNNING));
      client.publish(Told.deployment(next, PublishState.RUNNING));
      client.publish(Told.deployment(PublishState.FAILED));

      assertThat(forge.deployments().stream().skip(before)).as(kind.id()).hasSize(2);
    }
  }

  @Test
  void aDeploymentOfAJobOfGitlabIsLeftToTheJob() {
    Mapping ofAJob =
        Mapping.builder()
            .put("deployable", Mapping.builder().put("id", Numeral.of(7)).build())
            .put("environment", Text.of("prod east"))
            .put("sha", Text.of(SHA))
            .put("status", Text.of("running"))
            .build();
    ForgeClient.Builder builder = Told.client(forge, Forge.GITLAB);
    new ForgeHttp(builder, HttpClient.newHttpClient())
        .post("/projects/acme%2Fshop/deployments", ofAJob);

    builder.build().publish(Told.deployment(PublishState.SUCCESS));
    builder.build().publish(Told.deployment(PublishState.SUCCESS));

    assertThat(forge.deployments())
        .extracting(deployment -> deployment.text("status").orElseThrow())
        .containsExactly("running", "success");
  }

  @Test
  void aHostWithoutDeploymentsOrCommentsSaysSo() {
    assertThatThrownBy(() -> client(Forge.GITEA).publish(Told.deployment(PublishState.SUCCESS)))
        .hasMessageContaining("gitea: deployments are not published there");
    assertThatThrownBy(() -> client(Forge.BITBUCKET_CLOUD).publish(1, new Comment("plan", "x")))
        .hasMessageContaining("bitbucket-cloud: comments are not published there");
  }

  @Test
  void wordsAreCutBetweenCharactersAndHiddenOnesAreShown() {
    client(Forge.GITHUB).publish(Told.status(PublishState.FAILED, "😀".repeat(200)));
    client(Forge.GITLAB).publish(Told.status(PublishState.FAILED, "a\n::add-mask::\u202eb"));

    String cut = forge.statuses(SHA).get(0).text("description").orElseThrow();
    assertThat(cut.codePointCount(0, cut.length())).isEqualTo(140);
    assertThat(cut).startsWith("😀").endsWith("😀...");
    assertThat(forge.statuses(SHA).get(1).text("description"))
        .contains("a\\u{a}::add-mask::\\u{202e}b");
  }

  @Test
  void whatIsWrongIsRefusedAtOnce() {
    for (String name : List.of("shop", "acme/../x", "acme/shop?x", "a/b/c", "", "acme/..")) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder(forge.github(), name));
    }
    for (String url : List.of("ftp://x/", "https://u:p@x/", "https://x/?a", "file:///x", "/x")) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder(URI.create(url), "acme/shop"));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(URI.create("http://git.example.com"), "acme/shop").build())
        .withMessageContaining("https");
    assertThat(builder(URI.create("http://git.example.com"), "acme/shop").plainHttp().build())
        .hasToString("ForgeClient[github git.example.com acme/shop]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CommitStatus(
                    Revision.ofId("main"), "c", PublishState.ERROR, "", Optional.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Comment("a--b", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Told.deployment(PublishState.CHANGES));
  }

  private static ForgeClient.Builder builder(URI api, String repository) {
    return ForgeClient.builder(Forge.GITHUB, api, repository, () -> Sensitive.of("token"));
  }

  @Test
  void namesOfHostsAndStatesAreReadBack() {
    for (Forge each : Forge.values()) {
      assertThat(Forge.parse(each.id())).isEqualTo(each);
    }
    for (PublishState each : PublishState.values()) {
      assertThat(PublishState.parse(each.word())).isEqualTo(each);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Forge.parse("x"));
    assertThatIllegalArgumentException().isThrownBy(() -> PublishState.parse("x"));
  }
}
