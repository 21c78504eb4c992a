package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The webhooks of GitLab, with a token in clear or signed by a signing token. */
final class GitlabFormat implements Format {
  private static final int MOST_COMMITS = 20;

  /** GitLab does not say that it cuts the lists of files. */
  private static final int MOST_FILES = Integer.MAX_VALUE;

  private static final Set<String> EVENTS =
      Set.of("Push Hook", "Tag Push Hook", "Merge Request Hook", "System Hook");

  private static final Shape SHAPE =
      Shape.of(
          Stream.of(
                  PushedFiles.PATHS,
                  new String[] {
                    "object_kind",
                    "event_name",
                    "ref",
                    "before",
                    "after",
                    "total_commits_count",
                    "changes[].ref",
                    "changes[].before",
                    "changes[].after",
                    "project.git_http_url",
                    "project.git_ssh_url",
                    "project.web_url",
                    "repository.git_http_url",
                    "repository.git_ssh_url",
                    "object_attributes.iid",
                    "object_attributes.action",
                    "object_attributes.source_branch",
                    "object_attributes.target_branch",
                    "object_attributes.last_commit.id"
                  })
              .flatMap(Stream::of)
              .toArray(String[]::new));

  @Override
  public Proof proof(List<WebhookSecret> secrets, Duration tolerance) {
    List<WebhookSecret> signing = new ArrayList<>(secrets);
    signing.removeIf(secret -> !secret.text().startsWith(StandardKey.SHARED));
    List<WebhookSecret> tokens = new ArrayList<>(secrets);
    tokens.removeAll(signing);
    Proof signature = StandardSignature.of(signing, tolerance);
    Proof token = new SharedToken("X-Gitlab-Token", tokens);
    // Where there is a signature it decides: whoever could fall back to the token would need no
    // key.
    return (headers, body, now) ->
        headers.has(StandardSignature.SIGNATURE)
            ? signature.objection(headers, body, now)
            : withoutSignature(token.objection(headers, body, now), tokens);
  }

  private static Optional<String> withoutSignature(
      Optional<String> objection, List<WebhookSecret> tokens) {
    return tokens.isEmpty() ? Optional.of("not verified: expected a webhook-signature") : objection;
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public Delivery delivery(Headers headers, Body body) {
    // The signed id comes first. X-Gitlab-Event-UUID is no id of a delivery: those of one push
    // share it.
    String signed = headers.value(StandardSignature.ID);
    return new Delivery(
        Provider.GITLAB,
        headers.value("X-Gitlab-Event"),
        signed.isEmpty() ? headers.value("Idempotency-Key") : signed);
  }

  @Override
  public Verdict read(Delivery delivery, Body body) throws PayloadException {
    if (delivery.event().isEmpty()) {
      throw new PayloadException("expected one X-Gitlab-Event");
    } else if (!EVENTS.contains(delivery.event())) {
      return new Verdict.Ignored(delivery, Verdict.Ignored.Reason.EVENT);
    }
    Payload payload = body.payload();
    String kind = payload.text("object_kind");
    return switch (kind.isEmpty() ? payload.text("event_name") : kind) {
      case "push", "tag_push" -> push(delivery, payload);
      case "repository_update" -> repositoryUpdate(delivery, payload);
      case "merge_request" -> mergeRequest(delivery, payload);
      case "" -> throw new PayloadException("the payload says neither object_kind nor event_name");
      default -> new Verdict.Ignored(delivery, Verdict.Ignored.Reason.EVENT);
    };
  }

  private static Verdict push(Delivery delivery, Payload payload) throws PayloadException {
    RefUpdate.Change change = GithubFormat.change(payload);
    OptionalLong total = payload.number("total_commits_count");
    ChangedFiles files = PushedFiles.of(payload, change, total, MOST_COMMITS, MOST_FILES);
    return Pushes.of(
        delivery, repositories(payload), List.of(GithubFormat.update(payload, change, files)));
  }

  /**
   * A system hook tells all refs of a push, also of one with so many that no other hook is called.
   */
  private static Verdict repositoryUpdate(Delivery delivery, Payload payload)
      throws PayloadException {
    List<RefUpdate> updates = new ArrayList<>();
    for (Payload change : payload.items("changes")) {
      if (!change.text("ref").isEmpty()) {
        updates.add(
            GithubFormat.update(change, GithubFormat.change(change), new ChangedFiles.Unknown()));
      }
    }
    return Pushes.ofRefs(delivery, repositories(payload), updates);
  }

  private static Repositories repositories(Payload payload) {
    return Repositories.of(
        List.of(
            payload.text("project", "git_http_url"),
            payload.text("project", "git_ssh_url"),
            payload.text("project", "web_url"),
            payload.text("repository", "git_http_url"),
            payload.text("repository", "git_ssh_url")));
  }

  private static Verdict mergeRequest(Delivery delivery, Payload payload) {
    Payload attributes = payload.at("object_attributes");
    return new Verdict.PullRequest(
        delivery,
        repositories(payload),
        new Proposal(
            attributes.digits("iid"),
            attributes.text("action"),
            attributes.text("source_branch"),
            attributes.text("last_commit", "id"),
            attributes.text("target_branch")));
  }
}
