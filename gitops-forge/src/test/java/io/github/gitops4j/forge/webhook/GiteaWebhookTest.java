package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.AFTER;
import static io.github.gitops4j.forge.webhook.Sent.BEFORE;
import static io.github.gitops4j.forge.webhook.Sent.SECRET;
import static io.github.gitops4j.forge.webhook.Sent.ZEROS;
import static io.github.gitops4j.forge.webhook.Sent.push;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deliveries of Gitea and Forgejo. */
class GiteaWebhookTest {
  private static final String MAIN = "refs/heads/main";

  private final Webhook gitea = Sent.webhook(Provider.GITEA, SECRET).build();
  private final Webhook forgejo = Sent.webhook(Provider.FORGEJO, SECRET).build();

  private static Sent sent(String prefix, String event, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return Sent.of(bytes)
        .header("X-" + prefix + "-Event", event)
        .header("X-" + prefix + "-Delivery", "one")
        .header("X-" + prefix + "-Signature", Sent.hex(SECRET, bytes));
  }

  private ChangedFiles files(int count, String total) {
    String all = String.join(",", Collections.nCopies(count, Sent.commit("\"a\"", "", "")));
    return files("\"commits\": [" + all + "], " + total);
  }

  private ChangedFiles files(String commits) {
    Verdict verdict =
        sent("Gitea", "push", push(MAIN, BEFORE, AFTER, commits))
            .header("X-Gitea-Delivery", "")
            .to(gitea);
    return ((Verdict.Push) verdict).updates().get(0).files();
  }

  @Test
  void aPushTellsWhereAndWhatMoved() {
    Verdict verdict = sent("Gitea", "push", push(MAIN, BEFORE, AFTER, "")).to(gitea);

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Push(
                new Delivery(Provider.GITEA, "push", "one"),
                Repositories.of(List.of("https://git.example.com/acme/shop")),
                List.of(
                    new RefUpdate(
                        MAIN, BEFORE, AFTER, RefUpdate.Change.MOVED, new ChangedFiles.Unknown()))));
    assertThat(sent("Gitea", "push", push("refs/tags/v1", ZEROS, AFTER, "")).to(forgejo).kind())
        .as("an older Forgejo has the headers of Gitea only")
        .hasToString("tag_push");
  }

  @Test
  void theTotalSaysWhetherAllCommitsAreListed() {
    ChangedFiles known = new ChangedFiles.Known(List.of("a"));

    assertThat(files(1, "\"total_commits\": 1,")).isEqualTo(known);
    assertThat(files(9, "\"total_commits\": 9,")).isEqualTo(known);
    assertThat(files(1, "\"total_commits\": 2,")).isInstanceOf(ChangedFiles.Truncated.class);
    assertThat(files(4, "")).as("as an old one says it").isEqualTo(known);
    assertThat(files(5, "")).isInstanceOf(ChangedFiles.Truncated.class);
  }

  @Test
  void commitsWithoutListsOfFilesTellNothing() {
    String commit = "{\"id\": \"c\", \"message\": \"m\"}";

    assertThat(files("\"commits\": [" + commit + "],")).isInstanceOf(ChangedFiles.Unknown.class);
    assertThat(files("\"commits\": [" + commit + "], \"total_commits\": 9,"))
        .isInstanceOf(ChangedFiles.Unknown.class);
  }

  @Test
  void forgejoHasHeadersOfItsOwn() {
    Sent sent = sent("Forgejo", "push", push(MAIN, BEFORE, AFTER, ""));

    assertThat(sent.header("X-Gitea-Signature", "wrong").to(forgejo).verified())
        .contains(new Delivery(Provider.FORGEJO, "push", "one"));
    assertThat(sent.to(gitea).httpStatus()).isEqualTo(401);
    sent.header("X-Gitea-Signature", Sent.hex(SECRET, sent.body()));
    assertThat(sent.header("X-Forgejo-Signature", "00").to(forgejo).httpStatus())
        .as("its own signature decides")
        .isEqualTo(401);
  }

  @Test
  void theHeadersOfGithubVerifyNothing() {
    Sent sent = Sent.github("push", push(MAIN, BEFORE, AFTER, ""));

    assertThat(sent.to(gitea).httpStatus()).isEqualTo(401);
    assertThat(sent.header("X-Hub-Signature", "sha1=00").to(gitea).message()).contains("SHA-1");
  }

  @Test
  void theJsonOfAFormIsWhatIsSigned() {
    String json = push("refs/heads/größe", BEFORE, AFTER, "");
    String form = "payload=" + URLEncoder.encode(json, UTF_8);
    Sent sent =
        sent("Gitea", "push", form).header("Content-Type", "application/x-www-form-urlencoded");

    assertThat(sent.to(gitea).httpStatus()).as("the form is signed").isEqualTo(401);
    sent.header("X-Gitea-Signature", Sent.hex(SECRET, json.getBytes(UTF_8)));
    assertThat(sent.to(gitea)).isInstanceOf(Verdict.Push.class);
  }

  @Test
  void aDeletionIsToldByAnEventOfItsOwn() {
    for (String type : List.of("branch", "tag")) {
      String body =
          "{\"ref\": \"a/b\", \"ref_type\": \"%s\", \"repository\": {\"ssh_url\": \"git@h:a/b\"}}"
              .formatted(type);
      Verdict verdict = sent("Gitea", "delete", body).header("X-Gitea-Delivery", type).to(gitea);
      List<RefUpdate> updates =
          verdict instanceof Verdict.TagPush tags
              ? tags.updates()
              : ((Verdict.Push) verdict).updates();
      assertThat(updates.get(0).change()).isEqualTo(RefUpdate.Change.DELETED);
      assertThat(updates.get(0).shortRef()).isEqualTo("a/b");
      assertThat(updates.get(0).type()).hasToString(type);
    }
    assertThat(sent("Gitea", "delete", "{}").to(gitea).httpStatus()).isEqualTo(400);
    assertThat(sent("Gitea", "create", "{}").to(gitea).kind()).hasToString("ignored");
  }

  @Test
  void aPullRequestIsTold() {
    String body = "{\"action\": \"opened\", \"number\": 3, \"pull_request\": {}}";

    assertThat(((Verdict.PullRequest) sent("Gitea", "pull_request", body).to(gitea)).proposal())
        .isEqualTo(new Proposal("3", "opened", "", "", ""));
    assertThat(sent("Gitea", "", body).without("X-Gitea-Delivery").to(gitea).httpStatus())
        .isEqualTo(400);
  }
}
