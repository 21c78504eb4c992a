package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.AFTER;
import static io.github.gitops4j.forge.webhook.Sent.BEFORE;
import static io.github.gitops4j.forge.webhook.Sent.SECRET;
import static io.github.gitops4j.forge.webhook.Sent.ZEROS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Deliveries of Bitbucket, Cloud and Data Center. */
class BitbucketWebhookTest {
  private final Webhook cloud = Sent.webhook(Provider.BITBUCKET_CLOUD, SECRET).build();
  private final Webhook dc = Sent.webhook(Provider.BITBUCKET_DC, SECRET).build();

  private static Sent sent(String event, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return Sent.of(bytes)
        .header("X-Event-Key", event)
        .header("X-Hub-Signature", "sha256=" + Sent.hex(SECRET, bytes));
  }

  private static String side(String type, String name, String hash) {
    return "{\"type\": \"%s\", \"name\": \"%s\", \"target\": {\"hash\": \"%s\"}}"
        .formatted(type, name, hash);
  }

  private static String changes(String... changes) {
    return "{\"push\": {\"changes\": ["
        + String.join(",", changes)
        + "]}, \"repository\": {\"full_name\": \"acme/shop\","
        + " \"links\": {\"html\": {\"href\": \"https://bitbucket.org/acme/shop\"}}}}";
  }

  @Test
  void severalRefsOfOnePushAreAllTold() {
    String body =
        changes(
            "{\"old\": %s, \"new\": %s, \"forced\": true, \"truncated\": true}"
                .formatted(side("branch", "main", BEFORE), side("branch", "main", AFTER)),
            "{\"old\": null, \"new\": %s, \"created\": true}".formatted(side("tag", "v1", AFTER)),
            "{\"old\": %s, \"new\": null, \"closed\": true}"
                .formatted(side("branch", "topic", BEFORE)));
    ChangedFiles unknown = new ChangedFiles.Unknown();

    Verdict verdict = sent("repo:push", body).header("X-Request-UUID", "one").to(cloud);

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Push(
                new Delivery(Provider.BITBUCKET_CLOUD, "repo:push", "one"),
                Repositories.of(List.of("git@bitbucket.org:acme/shop.git")),
                List.of(
                    new RefUpdate(
                        "refs/heads/main", BEFORE, AFTER, RefUpdate.Change.FORCED, unknown),
                    new RefUpdate("refs/tags/v1", ZEROS, AFTER, RefUpdate.Change.CREATED, unknown),
                    new RefUpdate(
                        "refs/heads/topic", BEFORE, ZEROS, RefUpdate.Change.DELETED, unknown))));
  }

  @Test
  void onlyTagsAreAPushOfTags() {
    String body = changes("{\"new\": " + side("tag", "v1", AFTER) + "}");

    assertThat(sent("repo:push", body).to(cloud).kind()).hasToString("tag_push");
  }

  @Test
  void withoutLinksTheRepositoryIsKnownByItsPath() {
    String body =
        changes("{\"new\": " + side("branch", "main", AFTER) + "}")
            .replace("https://bitbucket.org/acme/shop", "");

    Repositories repositories = ((Verdict.Push) sent("repo:push", body).to(cloud)).repositories();

    assertThat(repositories.matches("https://bitbucket.org/acme/shop.git")).isTrue();
    assertThat(repositories.matches("https://bitbucket.org/macme/shop.git")).isFalse();
    assertThat(repositories.matches("https://bitbucket.org/acme/shop2")).isFalse();
  }

  @Test
  void severalRefsOfDataCenterAreAllTold() {
    String body =
        """
        {"changes": [
           {"ref": {"id": "refs/heads/main"}, "type": "UPDATE", "fromHash": "%1$s", "toHash": "%2$s"},
           {"ref": {"id": "refs/heads/new"}, "type": "ADD", "fromHash": "%3$s", "toHash": "%2$s"},
           {"ref": {"id": "refs/tags/old"}, "type": "DELETE", "fromHash": "%1$s", "toHash": "%3$s"}],
         "repository": {"slug": "shop", "project": {"key": "ACME"}, "links": {"clone": [
           {"href": "ssh://git@git.example.com:7999/acme/shop.git", "name": "ssh"},
           {"href": "https://git.example.com/scm/acme/shop.git", "name": "http"}]}}}
        """
            .formatted(BEFORE, AFTER, ZEROS);

    for (String event : List.of("repo:refs_changed", "mirror:repo_synchronized")) {
      Verdict.Push push = (Verdict.Push) sent(event, body).header("X-Request-Id", event).to(dc);
      assertThat(push.updates())
          .extracting(RefUpdate::change)
          .containsExactly(
              RefUpdate.Change.MOVED, RefUpdate.Change.CREATED, RefUpdate.Change.DELETED);
      assertThat(push.repositories().addresses()).containsExactly("git.example.com/acme/shop");
      assertThat(push.delivery().id()).isEqualTo(event);
    }
  }

  @Test
  void aMirrorThatNamesNoRefsHasTakenOverTooMany() {
    String body =
        """
        {"mirrorServer": {"name": "far"}, "syncType": "snapshot", "refLimitExceeded": %s, "changes": [],
         "repository": {"slug": "shop", "project": {"key": "ACME"}}}
        """;

    Verdict verdict = sent("mirror:repo_synchronized", body.formatted(true)).to(dc);

    assertThat(((Verdict.Push) verdict).updates()).isEmpty();
    assertThat(((Verdict.Push) verdict).repositories().matches("https://h/scm/acme/shop")).isTrue();
    assertThat(sent("mirror:repo_synchronized", body.formatted(false)).to(dc).httpStatus())
        .isEqualTo(400);
  }

  @Test
  void linksOfAnotherTypeAreAsIfTheyWereNotThere() {
    for (String clone : List.of("{}", "null", "7", "[7, {\"href\": {}}]", "[[]]")) {
      String body =
          "{\"changes\": [{\"ref\": {\"id\": \"refs/heads/main\"}}], \"repository\": {\"slug\":"
              + " \"shop\", \"project\": {\"key\": \"ACME\"}, \"links\": {\"clone\": "
              + clone
              + "}}}";
      Verdict.Push push = (Verdict.Push) sent("repo:refs_changed", body).to(dc);
      assertThat(push.repositories().matches("https://git.example.com/scm/acme/shop.git"))
          .as(clone)
          .isTrue();
    }
  }

  @Test
  void pullRequestsAreTold() {
    String ofCloud =
        """
        {"pullrequest": {"id": 5, "source": {"branch": {"name": "topic"}, "commit": {"hash": "abc"}},
         "destination": {"branch": {"name": "main"}}}}
        """;
    assertThat(((Verdict.PullRequest) sent("pullrequest:created", ofCloud).to(cloud)).proposal())
        .isEqualTo(new Proposal("5", "created", "topic", "abc", "main"));
    String ofDc =
        """
        {"pullRequest": {"id": 6, "fromRef": {"displayId": "topic", "latestCommit": "abc"},
         "toRef": {"displayId": "main", "repository": {"slug": "shop", "project": {"key": "A"}}}}}
        """;
    Verdict.PullRequest pull = (Verdict.PullRequest) sent("pr:opened", ofDc).to(dc);
    assertThat(pull.proposal()).isEqualTo(new Proposal("6", "opened", "topic", "abc", "main"));
    assertThat(pull.repositories().matches("ssh://git@h:7999/a/shop")).isTrue();
  }

  @Test
  void whatIsNotUnderstoodIsABadRequest() {
    for (String body :
        List.of(
            "[]",
            "{}",
            "{\"push\": {\"changes\": []}}",
            "{\"push\": [], \"changes\": []}",
            "{\"push\": {\"changes\": [null, 7, {}]}, \"changes\": [null, {\"ref\": []}]}")) {
      assertThat(sent("repo:push", body).to(cloud).httpStatus()).as(body).isEqualTo(400);
      assertThat(sent("repo:refs_changed", body).to(dc).httpStatus()).as(body).isEqualTo(400);
    }
    assertThat(sent("", "{}").to(cloud).httpStatus()).isEqualTo(400);
    assertThat(sent("", "{}").to(dc).httpStatus()).isEqualTo(400);
  }

  @Test
  void pingsAndWhatIsOfNoInterestAreASuccess() {
    assertThat(sent("diagnostics:ping", "{\"test\": true}").to(dc))
        .isInstanceOf(Verdict.Ping.class);
    assertThat(sent("repo:comment:added", "{}").to(dc).kind()).hasToString("ignored");
    assertThat(sent("issue:created", "{}").to(cloud).kind()).hasToString("ignored");
  }

  @Test
  void whatIsSaidOfAPullRequestIsNoChangeOfIt() {
    for (String event : List.of("pullrequest:comment_created", "pullrequest:comment_deleted")) {
      assertThat(sent(event, "{}").to(cloud).kind()).as(event).hasToString("ignored");
    }
    for (String event : List.of("pr:comment:added", "pr:comment:edited")) {
      assertThat(sent(event, "{}").to(dc).kind()).as(event).hasToString("ignored");
    }
    assertThat(sent("pullrequest:approved", "{}").to(cloud).kind()).hasToString("pull_request");
    assertThat(sent("pr:reviewer:approved", "{}").to(dc).kind()).hasToString("pull_request");
  }

  @Test
  void whatIsNotSignedOrBySha1OnlyIsRefused() {
    Sent sent = sent("repo:push", "{}");
    for (Webhook webhook : List.of(cloud, dc)) {
      assertThat(sent.header("X-Hub-Signature", "sha1=0").to(webhook).message()).contains("SHA-1");
      assertThat(sent.header("X-Hub-Signature", "sha256=0").to(webhook).httpStatus())
          .isEqualTo(401);
      assertThat(sent.without("X-Hub-Signature").to(webhook).httpStatus()).isEqualTo(401);
    }
  }
}
