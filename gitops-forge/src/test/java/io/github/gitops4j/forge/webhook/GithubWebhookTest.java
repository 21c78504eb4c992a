package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.AFTER;
import static io.github.gitops4j.forge.webhook.Sent.BEFORE;
import static io.github.gitops4j.forge.webhook.Sent.SECRET;
import static io.github.gitops4j.forge.webhook.Sent.ZEROS;
import static io.github.gitops4j.forge.webhook.Sent.commit;
import static io.github.gitops4j.forge.webhook.Sent.github;
import static io.github.gitops4j.forge.webhook.Sent.push;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Deliveries of GitHub. */
class GithubWebhookTest {
  private static final String MAIN = "refs/heads/main";

  private final Webhook webhook = Sent.webhook(Provider.GITHUB, SECRET).build();

  private RefUpdate update(String body) {
    Verdict verdict = github("push", body).to(webhook);
    assertThat(verdict.httpStatus()).isEqualTo(200);
    List<RefUpdate> updates =
        verdict instanceof Verdict.TagPush tags
            ? tags.updates()
            : ((Verdict.Push) verdict).updates();
    assertThat(updates).hasSize(1);
    return updates.get(0);
  }

  private static String commits(String... commits) {
    return "\"commits\": [" + String.join(",", commits) + "],";
  }

  @Test
  void theSignatureOfTheDocumentationIsGood() {
    Webhook documented = Sent.webhook(Provider.GITHUB, "It's a Secret to Everybody").build();
    Map<String, List<String>> headers =
        Map.of(
            "X-Hub-Signature-256",
            List.of("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
            "X-GitHub-Event",
            List.of("ping"));

    Verdict verdict = documented.judge(headers, "Hello, World!".getBytes(UTF_8));

    assertThat(verdict).isInstanceOf(Verdict.Ping.class);
  }

  @Test
  void aPushTellsWhereAndWhatMoved() {
    String body =
        push(
            MAIN,
            BEFORE,
            AFTER,
            commits(commit("\"b.yaml\"", "\"a.yaml\"", ""), commit("", "\"a.yaml\"", "\"c\"")));

    Verdict verdict = github("push", body).header("X-GitHub-Delivery", "one").to(webhook);

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Push(
                new Delivery(Provider.GITHUB, "push", "one"),
                Repositories.of(List.of("https://git.example.com/acme/shop")),
                List.of(
                    new RefUpdate(
                        MAIN,
                        BEFORE,
                        AFTER,
                        RefUpdate.Change.MOVED,
                        new ChangedFiles.Known(List.of("a.yaml", "b.yaml", "c"))))));
    assertThat(verdict.kind()).hasToString("push");
    assertThat(((Verdict.Push) verdict).updates().get(0).shortRef()).isEqualTo("main");
  }

  @Test
  void aBranchMayBeNewOrGoneOrForced() {
    assertThat(update(push(MAIN, ZEROS, AFTER, "")).change()).isEqualTo(RefUpdate.Change.CREATED);
    assertThat(update(push(MAIN, BEFORE, AFTER, "\"created\": true,")).change())
        .isEqualTo(RefUpdate.Change.CREATED);
    assertThat(update(push(MAIN, BEFORE, ZEROS, "\"head_commit\": null,")).change())
        .isEqualTo(RefUpdate.Change.DELETED);
    assertThat(update(push(MAIN, BEFORE, "0".repeat(64), "")).change())
        .isEqualTo(RefUpdate.Change.DELETED);
    assertThat(update(push(MAIN, BEFORE, AFTER, "\"forced\": true,")).change())
        .isEqualTo(RefUpdate.Change.FORCED);
    assertThat(update(push(MAIN, "0".repeat(41), AFTER, "")).change())
        .isEqualTo(RefUpdate.Change.MOVED);
  }

  @Test
  void aTagIsATag() {
    Verdict verdict = github("push", push("refs/tags/v1/x", ZEROS, AFTER, "")).to(webhook);

    assertThat(verdict.kind()).hasToString("tag_push");
    RefUpdate update = ((Verdict.TagPush) verdict).updates().get(0);
    assertThat(update.type()).isEqualTo(RefUpdate.Type.TAG);
    assertThat(update.shortRef()).isEqualTo("v1/x");
  }

  @Test
  void whatIsNeitherBranchNorTagKeepsItsName() {
    RefUpdate update = update(push("refs/notes/commits", BEFORE, AFTER, ""));

    assertThat(update.type()).isEqualTo(RefUpdate.Type.OTHER);
    assertThat(update.shortRef()).isEqualTo("refs/notes/commits");
  }

  @Test
  void filesAreUnknownWhereThePayloadCannotTellThem() {
    String one = commits(commit("\"a\"", "", ""));

    assertThat(update(push(MAIN, BEFORE, AFTER, "")).files())
        .isInstanceOf(ChangedFiles.Unknown.class);
    for (String body :
        List.of(
            push(MAIN, ZEROS, AFTER, one),
            push(MAIN, BEFORE, ZEROS, one),
            push(MAIN, BEFORE, AFTER, "\"forced\": true," + one),
            push(MAIN, BEFORE, AFTER, "\"commits\": [],"),
            push(MAIN, BEFORE, AFTER, "\"commits\": {},"),
            push(MAIN, BEFORE, AFTER, commits("7")),
            push(MAIN, BEFORE, AFTER, commits(commit("7", "", ""))),
            push(MAIN, BEFORE, AFTER, commits("{\"added\": [\"a\"]}")))) {
      ChangedFiles files = update(body).files();
      assertThat(files).as(body).isInstanceOf(ChangedFiles.Unknown.class);
      assertThat(files.mayTouch("other/"::startsWith)).isTrue();
    }
  }

  @Test
  void aPushWithMoreThanIsListedMayTouchEverything() {
    String one = commit("\"a\"", "", "");
    String full = String.join(",", Collections.nCopies(2_048, one));
    String many = String.join(",", Collections.nCopies(3_000, "\"envs/a\""));

    for (String commits : List.of(commits(full), commits(one, commit(many, "", "")))) {
      ChangedFiles files = update(push(MAIN, BEFORE, AFTER, commits)).files();
      assertThat(files).isInstanceOf(ChangedFiles.Truncated.class);
      assertThat(files.mayTouch(path -> false)).isTrue();
    }
    ChangedFiles known = update(push(MAIN, BEFORE, AFTER, commits(one))).files();
    assertThat(known.mayTouch(path -> path.equals("a"))).isTrue();
    assertThat(known.mayTouch(path -> path.equals("b"))).isFalse();
  }

  @Test
  void listsWithoutEndAreCut() {
    String some = String.join(",", Collections.nCopies(2_000, "\"a\""));
    String[] all = new String[11];
    java.util.Arrays.fill(all, commit(some, "", ""));

    assertThat(update(push(MAIN, BEFORE, AFTER, commits(all))).files())
        .isInstanceOf(ChangedFiles.Truncated.class);
  }

  @Test
  void aPullRequestIsTold() {
    String body =
        """
        {"action": "synchronize", "number": 7,
         "pull_request": {"head": {"ref": "topic", "sha": "%s"}, "base": {"ref": "main"}},
         "repository": {"html_url": "https://git.example.com/acme/shop"}}
        """
            .formatted(AFTER);

    Verdict verdict = github("pull_request", body).to(webhook);

    assertThat(verdict.kind()).hasToString("pull_request");
    Verdict.PullRequest pull = (Verdict.PullRequest) verdict;
    assertThat(pull.proposal()).isEqualTo(new Proposal("7", "synchronize", "topic", AFTER, "main"));
    assertThat(pull.repositories().matches("git@git.example.com:acme/shop.git")).isTrue();
  }

  @Test
  void eventsOfNoInterestAreASuccessAndAreNotRead() {
    Verdict verdict = github("issues", "no json").to(webhook);

    assertThat(verdict.kind()).hasToString("ignored");
    assertThat(verdict.httpStatus()).isEqualTo(200);
  }

  @Test
  void aDeliveryThatIsNotSignedWellIsRefusedAndNotRead() {
    String signature = "sha256=" + Sent.hex(SECRET, "{".getBytes(UTF_8));
    for (String wrong :
        List.of(
            "",
            "sha256=",
            "sha256=" + "0".repeat(64),
            signature.substring(0, 70),
            signature + "0",
            signature.substring(7),
            "sha512=" + signature.substring(7),
            signature.replaceFirst(".$", "g"),
            "sha256=" + Sent.hex("another", "{".getBytes(UTF_8)))) {
      Verdict verdict = github("push", "{").header("X-Hub-Signature-256", wrong).to(webhook);
      assertThat(verdict.httpStatus()).as(wrong).isEqualTo(401);
      assertThat(verdict.verified()).isEmpty();
    }
    assertThat(github("push", "{").without("X-Hub-Signature-256").to(webhook).httpStatus())
        .isEqualTo(401);
    assertThat(github("push", "{").to(webhook).httpStatus())
        .as("signed, but no JSON")
        .isEqualTo(400);
  }

  @Test
  void twoSignaturesAreNone() {
    Sent sent = github("ping", "{}");
    Map<String, List<String>> headers = new TreeMap<>(sent.headers());
    String good = sent.value("X-Hub-Signature-256");
    headers.put("X-Hub-Signature-256", List.of(good, "sha256=" + "0".repeat(64)));

    assertThat(webhook.judge(headers, sent.body()).httpStatus()).isEqualTo(401);
  }

  @Test
  void sha1AloneIsRefused() {
    byte[] sha1 = Sent.hmac("HmacSHA1", SECRET.getBytes(UTF_8), "{}".getBytes(UTF_8));
    String signature = "sha1=" + java.util.HexFormat.of().formatHex(sha1);

    Verdict verdict =
        github("ping", "{}")
            .without("X-Hub-Signature-256")
            .header("X-Hub-Signature", signature)
            .to(webhook);

    assertThat(verdict.httpStatus()).isEqualTo(401);
    assertThat(verdict.message()).contains("SHA-1");
    assertThat(github("ping", "{}").header("X-Hub-Signature", signature).to(webhook).httpStatus())
        .isEqualTo(200);
  }

  @Test
  void whileASecretIsChangedBothAreGood() {
    Webhook changing = Sent.webhook(Provider.GITHUB, "the new one", SECRET).build();

    assertThat(github("ping", "{}").to(changing).httpStatus()).isEqualTo(200);
    Sent next =
        github("ping", "{}")
            .header(
                "X-Hub-Signature-256",
                "sha256=" + Sent.hex("the new one", "{}".getBytes(UTF_8)).toUpperCase(Locale.ROOT));
    assertThat(next.to(changing).httpStatus()).isEqualTo(200);
    assertThat(next.to(webhook).httpStatus()).isEqualTo(401);
  }

  @Test
  void withoutASecretThereIsNoWebhook() {
    assertThatThrownBy(() -> WebhookSecret.of(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sent.webhook(Provider.GITHUB))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(WebhookSecret.of(SECRET).toString()).doesNotContain(SECRET);
  }

  @Test
  void namesOfHeadersHaveNoCase() {
    Sent sent = github("ping", "{}");
    Map<String, List<String>> shouted = new TreeMap<>();
    sent.headers().forEach((name, value) -> shouted.put(name.toUpperCase(Locale.ROOT), value));

    assertThat(webhook.judge(shouted, sent.body())).isInstanceOf(Verdict.Ping.class);
  }

  @Test
  void aFormIsVerifiedAsItCame() {
    String json = push("refs/heads/größe-🎉+ %", BEFORE, AFTER, "");
    String form = "a=b&payload=" + URLEncoder.encode(json, UTF_8) + "&c";

    Verdict verdict =
        github("push", form)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .to(webhook);

    assertThat(((Verdict.Push) verdict).updates().get(0).shortRef()).isEqualTo("größe-🎉+ %");
    for (String wrong : List.of("", "payload", "payload=%7", "payload=%zz", "payloads={}")) {
      assertThat(
              github("push", wrong)
                  .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                  .to(webhook)
                  .httpStatus())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  @Test
  void aMarkOfTheEncodingIsNoHarm() {
    byte[] json = ("\ufeff" + push("refs/heads/🎉", BEFORE, AFTER, "")).getBytes(UTF_8);

    Verdict verdict = github("push", json).to(webhook);

    assertThat(((Verdict.Push) verdict).updates().get(0).shortRef()).isEqualTo("🎉");
  }

  @Test
  void whatIsNotUnderstoodIsABadRequest() {
    for (String body :
        List.of(
            "",
            "[]",
            "null",
            "7",
            "\"push\"",
            "{",
            "{} {}",
            "{\"ref\": null}",
            "{\"ref\": 7}",
            "{\"ref\": [\"refs/heads/main\"]}",
            "{\"ref\": {}}",
            "{\"a\": " + "[".repeat(20_000) + "]".repeat(20_000) + "}",
            "{\"a\": " + "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000) + "}",
            "{\"ref\": \"" + "a".repeat(2 << 20) + "\"}",
            "{\"ref\": \"\\ud800")) {
      Verdict verdict = github("push", body).to(webhook);
      assertThat(verdict.httpStatus())
          .as(body.substring(0, Math.min(40, body.length())))
          .isEqualTo(400);
      assertThat(verdict.verified()).isPresent();
    }
    assertThat(github("", "{}").to(webhook).httpStatus()).isEqualTo(400);
  }

  @Test
  void fieldsOfWrongTypesAreAsIfTheyWereNotThere() {
    String digits = "9".repeat(5_000);
    for (String odd :
        List.of("null", "7", "\"text\"", "[]", "{}", "true", "[[[]]]", "1e999", digits)) {
      String body =
          """
          {"ref": "refs/heads/main", "before": %1$s, "after": %1$s, "created": [%1$s],
           "deleted": {"a": %1$s}, "forced": [], "commits": %1$s, "repository": %1$s}
          """
              .formatted(odd);
      RefUpdate update = update(body);
      assertThat(update.change()).as(odd).isEqualTo(RefUpdate.Change.MOVED);
      assertThat(github("pull_request", body).to(webhook).httpStatus()).isEqualTo(200);
    }
  }

  @Test
  void aBodyOverTheLimitIsRefusedBeforeItIsVerified() {
    Webhook small = Sent.webhook(Provider.GITHUB, SECRET).maxBytes(10).build();

    assertThat(github("push", "{\"a\": 1234}").to(small).httpStatus()).isEqualTo(413);
    assertThat(github("ping", "{\"a\":123}").to(small).httpStatus()).isEqualTo(200);
  }
}
