package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.AFTER;
import static io.github.gitops4j.forge.webhook.Sent.BEFORE;
import static io.github.gitops4j.forge.webhook.Sent.ZEROS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deliveries of Azure DevOps. */
class AzureDevopsWebhookTest {
  private static final String PUSH =
      """
      {"id": "one", "eventType": "git.push", "resource": {"refUpdates": [
         {"name": "refs/heads/main", "oldObjectId": "%1$s", "newObjectId": "%2$s"},
         {"name": "refs/heads/old", "oldObjectId": "%1$s", "newObjectId": "%3$s"},
         {"name": "refs/tags/v1", "oldObjectId": "%3$s", "newObjectId": "%2$s"}],
       "repository": {"remoteUrl": "https://acme@dev.azure.com/acme/p/_git/shop"}}}
      """
          .formatted(BEFORE, AFTER, ZEROS);

  private final Webhook webhook = Sent.webhook(Provider.AZURE_DEVOPS, "ada:a:word").build();

  private static Sent sent(String body, String credentials) {
    return Sent.of(body.getBytes(UTF_8))
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
  }

  private Verdict judge(String body) {
    return sent(body, "ada:a:word").to(webhook);
  }

  @Test
  void severalRefsOfOnePushAreAllTold() {
    Verdict.Push push = (Verdict.Push) judge(PUSH);

    assertThat(push.delivery()).isEqualTo(new Delivery(Provider.AZURE_DEVOPS, "git.push", "one"));
    assertThat(push.updates())
        .extracting(RefUpdate::change)
        .containsExactly(
            RefUpdate.Change.MOVED, RefUpdate.Change.DELETED, RefUpdate.Change.CREATED);
    assertThat(push.repositories().matches("git@ssh.dev.azure.com:v3/acme/p/shop")).isTrue();
    assertThat(judge(PUSH).message()).startsWith("duplicate");
  }

  @Test
  void aPullRequestIsTold() {
    String body =
        """
        {"eventType": "git.pullrequest.created", "resource": {"pullRequestId": 4,
         "sourceRefName": "refs/heads/topic", "targetRefName": "refs/heads/main",
         "lastMergeSourceCommit": {"commitId": "abc"}}}
        """;

    assertThat(((Verdict.PullRequest) judge(body)).proposal())
        .isEqualTo(new Proposal("4", "created", "topic", "abc", "main"));
  }

  @Test
  void whatIsNotUnderstoodIsABadRequest() {
    for (String resource :
        List.of(
            "null",
            "[]",
            "{}",
            "{\"refUpdates\": []}",
            "{\"refUpdates\": {}}",
            "{\"refUpdates\": [null, {\"name\": 7}]}")) {
      String body = "{\"eventType\": \"git.push\", \"resource\": " + resource + "}";
      assertThat(judge(body).httpStatus()).as(body).isEqualTo(400);
    }
    for (String body : List.of("", "[]", "{}", "{\"eventType\": []}")) {
      assertThat(judge(body).httpStatus()).as(body).isEqualTo(400);
    }
    assertThat(judge("{\"eventType\": \"build.complete\"}").kind()).hasToString("ignored");
  }

  @Test
  void anotherUserOrPasswordIsRefused() {
    for (String wrong : List.of("", "ada", "ada:", "ada:a:wor", "ada:a:words", "bob:a:word")) {
      assertThat(sent(PUSH, wrong).to(webhook).httpStatus()).as(wrong).isEqualTo(401);
    }
    for (String header : List.of("", "Basic", "Basic !", "Bearer YWRhOmE6d29yZA==", "Basic ====")) {
      assertThat(sent(PUSH, "").header("Authorization", header).to(webhook).httpStatus())
          .as(header)
          .isEqualTo(401);
    }
    Sent odd = sent(PUSH, "").header("Authorization", "basic  YWRhOmE6d29yZA==");
    assertThat(odd.to(webhook).httpStatus()).isEqualTo(200);
  }

  @Test
  void aSecretWithoutAPasswordIsAnErrorOfTheConfiguration() {
    for (String wrong : List.of("ada", "ada:")) {
      assertThatThrownBy(() -> Sent.webhook(Provider.AZURE_DEVOPS, wrong).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("ada");
    }
  }
}
