package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.AFTER;
import static io.github.gitops4j.forge.webhook.Sent.BEFORE;
import static io.github.gitops4j.forge.webhook.Sent.KEY;
import static io.github.gitops4j.forge.webhook.Sent.SECRET;
import static io.github.gitops4j.forge.webhook.Sent.ZEROS;
import static io.github.gitops4j.forge.webhook.Sent.gitlab;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.testkit.ManualClock;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Deliveries of GitLab. */
class GitlabWebhookTest {
  private static final String OTHER_KEY =
      "whsec_" + Base64.getEncoder().encodeToString("o".repeat(24).getBytes(UTF_8));

  private final ManualClock clock = ManualClock.create();
  private final Webhook byToken = Sent.webhook(Provider.GITLAB, SECRET).clock(clock).build();
  private final Webhook byKey = Sent.webhook(Provider.GITLAB, KEY).clock(clock).build();

  private static String push(String kind, String ref, String before, String after, String more) {
    return """
        {"object_kind": "%s", "event_name": "%s", "ref": "%s", "before": "%s", "after": "%s", %s
         "checkout_sha": null,
         "project": {"path_with_namespace": "acme/shop", "git_http_url": "https://gitlab.example.com/acme/shop.git",
           "git_ssh_url": "git@gitlab.example.com:acme/shop.git"}}
        """
        .formatted(kind, kind, ref, before, after, more);
  }

  private static String commits(int count, String total) {
    String one = Sent.commit("\"a\"", "\"b\"", "");
    return "\"commits\": ["
        + String.join(",", Collections.nCopies(count, one))
        + "], \"total_commits_count\": "
        + total
        + ",";
  }

  private RefUpdate update(String body) {
    return ((Verdict.Push) gitlab("Push Hook", body).to(byToken)).updates().get(0);
  }

  @Test
  void aPushTellsWhereAndWhatMoved() {
    String body = push("push", "refs/heads/main", BEFORE, AFTER, commits(2, "2"));

    Verdict verdict = gitlab("Push Hook", body).header("Idempotency-Key", "one").to(byToken);

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Push(
                new Delivery(Provider.GITLAB, "Push Hook", "one"),
                Repositories.of(List.of("git@gitlab.example.com:acme/shop.git")),
                List.of(
                    new RefUpdate(
                        "refs/heads/main",
                        BEFORE,
                        AFTER,
                        RefUpdate.Change.MOVED,
                        new ChangedFiles.Known(List.of("a", "b"))))));
  }

  @Test
  void aBranchMayBeNewOrGoneAndATagIsATag() {
    assertThat(update(push("push", "refs/heads/a", ZEROS, AFTER, "")).change())
        .isEqualTo(RefUpdate.Change.CREATED);
    RefUpdate gone = update(push("push", "refs/heads/a", BEFORE, ZEROS, commits(0, "0")));
    assertThat(gone.change()).isEqualTo(RefUpdate.Change.DELETED);
    assertThat(gone.files()).isInstanceOf(ChangedFiles.Unknown.class);
    Verdict tag =
        gitlab("Tag Push Hook", push("tag_push", "refs/tags/v1", ZEROS, AFTER, "")).to(byToken);
    assertThat(tag.kind()).hasToString("tag_push");
  }

  @Test
  void onlyTheNewestCommitsAreListed() {
    String main = "refs/heads/main";
    assertThat(update(push("push", main, BEFORE, AFTER, commits(20, "21"))).files())
        .isInstanceOf(ChangedFiles.Truncated.class);
    assertThat(update(push("push", main, BEFORE, AFTER, commits(20, "20"))).files())
        .isInstanceOf(ChangedFiles.Known.class);
    assertThat(update(push("push", main, BEFORE, AFTER, commits(20, "\"?\""))).files())
        .isInstanceOf(ChangedFiles.Truncated.class);
    assertThat(update(push("push", main, BEFORE, AFTER, commits(3, "null"))).files())
        .isInstanceOf(ChangedFiles.Known.class);
  }

  @Test
  void aMergeRequestIsTold() {
    String body =
        """
        {"object_kind": "merge_request", "project": {"web_url": "https://gitlab.example.com/acme/shop"},
         "object_attributes": {"iid": 9, "action": "open", "source_branch": "topic",
           "target_branch": "main", "last_commit": {"id": "%s"}}}
        """
            .formatted(AFTER);

    Verdict verdict = gitlab("Merge Request Hook", body).to(byToken);

    assertThat(((Verdict.PullRequest) verdict).proposal())
        .isEqualTo(new Proposal("9", "open", "topic", AFTER, "main"));
  }

  @Test
  void systemHooksTellPushesToo() {
    String body = push("push", "refs/heads/main", BEFORE, AFTER, "");

    assertThat(gitlab("System Hook", body).to(byToken)).isInstanceOf(Verdict.Push.class);
    assertThat(gitlab("System Hook", "{\"event_name\": \"user_create\"}").to(byToken).kind())
        .hasToString("ignored");
    assertThat(gitlab("Pipeline Hook", "no json").to(byToken).httpStatus()).isEqualTo(200);
  }

  @Test
  void aSystemHookTellsAllRefsOfAPush() {
    String body =
        """
        {"event_name": "repository_update", "refs": ["refs/heads/main"],
         "project": {"git_http_url": "https://gitlab.example.com/acme/shop.git"},
         "changes": [{"ref": "refs/heads/main", "before": "%1$s", "after": "%2$s"}, null,
           {"ref": "refs/tags/v1", "before": "%3$s", "after": "%2$s"},
           {"ref": "refs/heads/old", "before": "%1$s", "after": "%3$s"}]}
        """
            .formatted(BEFORE, AFTER, ZEROS);

    Verdict.Push push = (Verdict.Push) gitlab("System Hook", body).to(byToken);

    assertThat(push.updates())
        .extracting(RefUpdate::change)
        .containsExactly(
            RefUpdate.Change.MOVED, RefUpdate.Change.CREATED, RefUpdate.Change.DELETED);
    assertThat(push.updates().get(0).files()).isInstanceOf(ChangedFiles.Unknown.class);
    assertThat(push.repositories().addresses()).containsExactly("gitlab.example.com/acme/shop");
    assertThat(
            gitlab("System Hook", "{\"event_name\": \"repository_update\"}")
                .to(byToken)
                .httpStatus())
        .isEqualTo(400);
  }

  @Test
  void whatIsNotUnderstoodIsABadRequest() {
    for (String body :
        List.of("[]", "{}", "{\"object_kind\": []}", "{\"object_kind\": \"push\"}")) {
      assertThat(gitlab("Push Hook", body).to(byToken).httpStatus()).as(body).isEqualTo(400);
    }
    assertThat(gitlab("", "{}").to(byToken).httpStatus()).isEqualTo(400);
  }

  @Test
  void aWrongTokenIsRefused() {
    for (String wrong :
        List.of("", "x", SECRET + "x", SECRET.substring(1), SECRET.toUpperCase(Locale.ROOT))) {
      assertThat(gitlab("Push Hook", "{}").header("X-Gitlab-Token", wrong).to(byToken).httpStatus())
          .as(wrong)
          .isEqualTo(401);
    }
    assertThat(gitlab("Push Hook", "{}").without("X-Gitlab-Token").to(byToken).httpStatus())
        .isEqualTo(401);
  }

  @Test
  void aSignatureIsVerifiedOverIdTimeAndBody() {
    String body = push("push", "refs/heads/main", BEFORE, AFTER, "");
    long now = clock.instant().getEpochSecond();

    Verdict verdict = signed(body, "id-1", now).to(byKey);

    assertThat(verdict.verified().orElseThrow().id()).isEqualTo("id-1");
    assertThat(verdict).isInstanceOf(Verdict.Push.class);
    Sent sent = signed(body, "id-2", now);
    assertThat(sent.header("webhook-id", "id-3").to(byKey).httpStatus()).isEqualTo(401);
    sent = signed(body, "id-2", now);
    assertThat(sent.header("webhook-timestamp", "" + (now + 1)).to(byKey).httpStatus())
        .isEqualTo(401);
    sent = signed(body, "id-2", now);
    assertThat(byKey.judge(sent.headers(), "{}".getBytes(UTF_8)).httpStatus()).isEqualTo(401);
    for (String header : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      assertThat(signed(body, "id-4", now).without(header).to(byKey).httpStatus()).isEqualTo(401);
    }
  }

  private static Sent signed(String body, String id, long time) {
    return gitlab("Push Hook", body).without("X-Gitlab-Token").standard(KEY, id, time);
  }

  @Test
  void aTimeFarFromNowIsRefused() {
    long now = clock.instant().getEpochSecond();
    String body = push("push", "refs/heads/main", BEFORE, AFTER, "");

    assertThat(signed(body, "a", now - 300).to(byKey).httpStatus()).isEqualTo(200);
    assertThat(signed(body, "b", now + 300).to(byKey).httpStatus()).isEqualTo(200);
    assertThat(signed(body, "c", now - 301).to(byKey).httpStatus()).isEqualTo(401);
    assertThat(signed(body, "d", now + 301).to(byKey).httpStatus()).isEqualTo(401);
    assertThat(signed(body, "e", 999_999_999_999L).to(byKey).httpStatus()).isEqualTo(401);
    Sent odd = gitlab("Push Hook", body).header("webhook-id", "f");
    for (String time : List.of("x", "-5", "", "9".repeat(30), "1e3")) {
      String code = Sent.base64(KEY, "f." + time + ".", body.getBytes(UTF_8));
      odd.header("webhook-timestamp", time).header("webhook-signature", "v1," + code);
      assertThat(odd.to(byKey).httpStatus()).as(time).isEqualTo(401);
    }
  }

  @Test
  void severalSignaturesAndSeveralKeysMayBeGivenWhileOneIsChanged() {
    long now = clock.instant().getEpochSecond();
    Sent sent = signed("{}", "a", now);
    String good = sent.value("webhook-signature");
    Webhook both = Sent.webhook(Provider.GITLAB, OTHER_KEY, KEY).clock(clock).build();

    assertThat(sent.to(both).httpStatus()).as("verified, and no push").isEqualTo(400);
    for (String all : List.of("v1,AAAA " + good, good + " v2,xyz", "v1,%% v1a,AA== " + good)) {
      assertThat(sent.header("webhook-signature", all).to(byKey).httpStatus()).isEqualTo(400);
    }
    for (String none : List.of("v1", "v1,", "v2," + good.substring(3), good.substring(3), "v1,%")) {
      assertThat(sent.header("webhook-signature", none).to(byKey).httpStatus())
          .as(none)
          .isEqualTo(401);
    }
  }

  @Test
  void aSignatureThatIsWrongIsNotMadeGoodByTheToken() {
    Webhook both = Sent.webhook(Provider.GITLAB, SECRET, KEY).clock(clock).build();
    long now = clock.instant().getEpochSecond();

    Sent forged = gitlab("Push Hook", "{}").standard(OTHER_KEY, "a", now);
    assertThat(forged.to(both).httpStatus()).isEqualTo(401);
    assertThat(forged.to(byToken).httpStatus()).isEqualTo(401);
    assertThat(forged.without("webhook-signature").to(both).httpStatus())
        .as("the token alone is verified, and the payload is no push")
        .isEqualTo(400);
  }

  @Test
  void aSigningTokenIsNoTokenInClear() {
    assertThat(gitlab("Push Hook", "{}").header("X-Gitlab-Token", KEY).to(byKey).httpStatus())
        .isEqualTo(401);
  }

  @Test
  void aSigningTokenThatIsMalformedIsAnErrorOfTheConfiguration() {
    for (String wrong : List.of("whsec_", "whsec_%%%")) {
      assertThatThrownBy(() -> Sent.webhook(Provider.GITLAB, wrong).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("%%%");
    }
  }
}
