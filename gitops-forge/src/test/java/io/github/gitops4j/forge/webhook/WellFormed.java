package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A delivery with all that a host sends and we read, and some of what we do not.
 *
 * @param provider who sends it
 * @param event what it is about, in the header that the provider has for it
 * @param kind what it is
 * @param json the body
 */
record WellFormed(Provider provider, String event, Verdict.Kind kind, String json) {
  private static final String GITHUB_PUSH =
      Sent.push(
          "refs/heads/main",
          Sent.BEFORE,
          Sent.AFTER,
          """
          "created": false, "deleted": false, "forced": false, "base_ref": null, "total_commits": 1,
          "head_commit": {"id": "c"}, "commits": [%s],
          """
              .formatted(Sent.commit("\"a\"", "\"b\", \"c\"", "")));

  private static final String GITHUB_PULL =
      """
      {"action": "opened", "number": 12, "pull_request": {"number": 12, "merged": false, "labels": [],
         "head": {"ref": "topic", "sha": "%s"}, "base": {"ref": "main", "sha": "%s"}},
       "repository": {"clone_url": "https://git.example.com/acme/shop.git", "private": true}}
      """
          .formatted(Sent.AFTER, Sent.BEFORE);

  private static final String GITEA_DELETE =
      """
      {"ref": "topic", "ref_type": "branch", "pusher_type": "user",
       "repository": {"ssh_url": "git@git.example.com:acme/shop.git"}, "sender": {"login": "ada"}}
      """;

  private static final String GITLAB_PUSH =
      """
      {"object_kind": "push", "event_name": "push", "ref": "refs/heads/main", "checkout_sha": null,
       "before": "%s", "after": "%s", "commits": [%s], "total_commits_count": 1,
       "project": {"git_http_url": "https://git.example.com/acme/shop.git", "id": 7,
         "git_ssh_url": "git@git.example.com:acme/shop.git", "web_url": "https://git.example.com/acme/shop"}}
      """
          .formatted(Sent.BEFORE, Sent.AFTER, Sent.commit("", "\"a\"", "\"b\""));

  private static final String GITLAB_UPDATE =
      """
      {"event_name": "repository_update", "refs": ["refs/heads/main"], "project_id": 7,
       "project": {"git_http_url": "https://git.example.com/acme/shop.git"},
       "changes": [{"ref": "refs/heads/main", "before": "%1$s", "after": "%2$s"},
         {"ref": "refs/tags/v1", "before": "%3$s", "after": "%2$s"}]}
      """
          .formatted(Sent.BEFORE, Sent.AFTER, Sent.ZEROS);

  private static final String GITLAB_MERGE =
      """
      {"object_kind": "merge_request", "labels": [], "changes": {"title": {"previous": "a"}},
       "project": {"git_http_url": "https://git.example.com/acme/shop.git"},
       "object_attributes": {"iid": 3, "action": "open", "source_branch": "topic",
         "target_branch": "main", "last_commit": {"id": "%s", "message": "m"}}}
      """
          .formatted(Sent.AFTER);

  private static final String CLOUD_PUSH =
      """
      {"push": {"changes": [
         {"old": {"type": "branch", "name": "main", "target": {"hash": "%1$s", "parents": []}},
          "new": {"type": "branch", "name": "main", "target": {"hash": "%2$s"}},
          "created": false, "closed": false, "forced": true, "truncated": false, "commits": [{}]},
         {"old": null, "new": {"type": "tag", "name": "v1", "target": {"hash": "%2$s"}},
          "created": true, "closed": false}]},
       "repository": {"full_name": "acme/shop",
         "links": {"html": {"href": "https://bitbucket.org/acme/shop"}}}}
      """
          .formatted(Sent.BEFORE, Sent.AFTER);

  private static final String CLOUD_PULL =
      """
      {"pullrequest": {"id": 4, "title": "t", "source": {"branch": {"name": "topic"}, "commit": {"hash": "ab"}},
         "destination": {"branch": {"name": "main"}}, "reviewers": []},
       "repository": {"full_name": "acme/shop", "links": {"html": {"href": "https://bitbucket.org/acme/shop"}}}}
      """;

  private static final String DC_REPOSITORY =
      """
      {"slug": "shop", "id": 1, "project": {"key": "ACME"}, "links": {"clone": [
         {"href": "https://git.example.com/scm/acme/shop.git", "name": "http"},
         {"href": "ssh://git@git.example.com:7999/acme/shop.git", "name": "ssh"}]}}
      """;

  private static final String DC_PUSH =
      """
      {"eventKey": "repo:refs_changed", "refLimitExceeded": false, "repository": %s, "changes": [
         {"ref": {"id": "refs/heads/main", "displayId": "main", "type": "BRANCH"},
          "fromHash": "%s", "toHash": "%s", "type": "UPDATE"}]}
      """
          .formatted(DC_REPOSITORY, Sent.BEFORE, Sent.AFTER);

  private static final String DC_PULL =
      """
      {"pullRequest": {"id": 5, "open": true, "fromRef": {"displayId": "topic", "latestCommit": "ab"},
         "toRef": {"displayId": "main", "repository": %s}}}
      """
          .formatted(DC_REPOSITORY);

  private static final String AZURE_PUSH =
      """
      {"id": "one", "eventType": "git.push", "publisherId": "tfs", "resource": {"commits": [{}],
         "refUpdates": [{"name": "refs/heads/main", "oldObjectId": "%s", "newObjectId": "%s"}],
         "repository": {"remoteUrl": "https://dev.azure.com/acme/p/_git/shop", "id": "7"}}}
      """
          .formatted(Sent.BEFORE, Sent.AFTER);

  private static final String AZURE_PULL =
      """
      {"id": "two", "eventType": "git.pullrequest.updated", "resource": {"pullRequestId": 6,
         "sourceRefName": "refs/heads/topic", "targetRefName": "refs/heads/main",
         "lastMergeSourceCommit": {"commitId": "%s"}, "reviewers": [],
         "repository": {"remoteUrl": "https://dev.azure.com/acme/p/_git/shop"}}}
      """
          .formatted(Sent.AFTER);

  private static final String OWN =
      """
      {"repository": "https://git.example.com/acme/shop.git", "ref": "refs/heads/main",
       "before": "%s", "after": "%s"}
      """
          .formatted(Sent.BEFORE, Sent.AFTER);

  static final List<WellFormed> ALL =
      List.of(
          of(Provider.GITHUB, "push", Verdict.Kind.PUSH, GITHUB_PUSH),
          of(Provider.GITHUB, "pull_request", Verdict.Kind.PULL_REQUEST, GITHUB_PULL),
          of(Provider.GITHUB, "ping", Verdict.Kind.PING, "{\"zen\": \"z\", \"hook\": {}}"),
          of(Provider.GITEA, "push", Verdict.Kind.PUSH, GITHUB_PUSH),
          of(Provider.GITEA, "delete", Verdict.Kind.PUSH, GITEA_DELETE),
          of(Provider.GITEA, "pull_request", Verdict.Kind.PULL_REQUEST, GITHUB_PULL),
          of(Provider.FORGEJO, "push", Verdict.Kind.PUSH, GITHUB_PUSH),
          of(Provider.FORGEJO, "pull_request", Verdict.Kind.PULL_REQUEST, GITHUB_PULL),
          of(Provider.GITLAB, "Push Hook", Verdict.Kind.PUSH, GITLAB_PUSH),
          of(Provider.GITLAB, "System Hook", Verdict.Kind.PUSH, GITLAB_UPDATE),
          of(Provider.GITLAB, "Merge Request Hook", Verdict.Kind.PULL_REQUEST, GITLAB_MERGE),
          of(Provider.BITBUCKET_CLOUD, "repo:push", Verdict.Kind.PUSH, CLOUD_PUSH),
          of(
              Provider.BITBUCKET_CLOUD,
              "pullrequest:updated",
              Verdict.Kind.PULL_REQUEST,
              CLOUD_PULL),
          of(Provider.BITBUCKET_DC, "repo:refs_changed", Verdict.Kind.PUSH, DC_PUSH),
          of(Provider.BITBUCKET_DC, "pr:opened", Verdict.Kind.PULL_REQUEST, DC_PULL),
          of(Provider.AZURE_DEVOPS, "", Verdict.Kind.PUSH, AZURE_PUSH),
          of(Provider.AZURE_DEVOPS, "", Verdict.Kind.PULL_REQUEST, AZURE_PULL),
          of(Provider.GENERIC_HMAC, "", Verdict.Kind.PUSH, OWN),
          of(Provider.STANDARD_WEBHOOKS, "", Verdict.Kind.PUSH, "{\"data\": " + OWN + "}"));

  private static WellFormed of(Provider provider, String event, Verdict.Kind kind, String json) {
    return new WellFormed(provider, event, kind, json);
  }

  /** Judges the delivery with this body, signed as it is. */
  Verdict judged(byte[] body) {
    return Anybody.sent(provider, event, body).to(Anybody.webhook(provider));
  }

  Verdict judged(String body) {
    return judged(body.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return provider + " " + event + " " + kind;
  }
}
