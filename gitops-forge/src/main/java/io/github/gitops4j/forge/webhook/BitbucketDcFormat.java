package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The webhooks of Bitbucket Data Center, which tell of several refs at once and never of files. */
final class BitbucketDcFormat implements Format {
  private static final Set<String> PUSHES = Set.of("repo:refs_changed", "mirror:repo_synchronized");
  private static final String PULL_REQUEST = "pr:";
  private static final String COMMENT = PULL_REQUEST + "comment:";

  private static final Shape SHAPE =
      Shape.of(
          "changes[].ref.id",
          "changes[].fromHash",
          "changes[].toHash",
          "changes[].type",
          "refLimitExceeded",
          "repository.slug",
          "repository.project.key",
          "repository.links.clone[].href",
          "pullRequest.id",
          "pullRequest.fromRef.displayId",
          "pullRequest.fromRef.latestCommit",
          "pullRequest.toRef.displayId",
          "pullRequest.toRef.repository.slug",
          "pullRequest.toRef.repository.project.key",
          "pullRequest.toRef.repository.links.clone[].href");

  @Override
  public Proof proof(List<WebhookSecret> secrets, Duration tolerance) {
    return HexSignature.ofRaw("X-Hub-Signature", "sha256=", secrets);
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public Delivery delivery(Headers headers, Body body) {
    return new Delivery(
        Provider.BITBUCKET_DC, headers.value("X-Event-Key"), headers.value("X-Request-Id"));
  }

  @Override
  public Verdict read(Delivery delivery, Body body) throws PayloadException {
    String event = delivery.event();
    if (PUSHES.contains(event)) {
      return push(delivery, body.payload());
    } else if (event.startsWith(PULL_REQUEST) && !event.startsWith(COMMENT)) {
      return pullRequest(delivery, body.payload().at("pullRequest"));
    } else if (event.equals("diagnostics:ping")) {
      return new Verdict.Ping(delivery);
    } else if (event.isEmpty()) {
      throw new PayloadException("expected one X-Event-Key");
    }
    return new Verdict.Ignored(delivery, Verdict.Ignored.Reason.EVENT);
  }

  private static Verdict push(Delivery delivery, Payload payload) throws PayloadException {
    List<RefUpdate> updates = new ArrayList<>();
    for (Payload change : payload.items("changes")) {
      String ref = change.text("ref", "id");
      if (!ref.isEmpty()) {
        updates.add(update(ref, change));
      }
    }
    Repositories repositories = repositories(payload.at("repository"));
    // A mirror that has taken over too many refs names none of them.
    return updates.isEmpty() && payload.isTrue("refLimitExceeded")
        ? Pushes.of(delivery, repositories, updates)
        : Pushes.ofRefs(delivery, repositories, updates);
  }

  private static RefUpdate update(String ref, Payload change) {
    String type = change.text("type");
    RefUpdate.Said said = new RefUpdate.Said(type.equals("ADD"), type.equals("DELETE"), false);
    String before = change.text("fromHash");
    String after = change.text("toHash");
    return new RefUpdate(
        ref, before, after, RefUpdate.change(before, after, said), new ChangedFiles.Unknown());
  }

  /** The links are not in every version; project and repository are. */
  private static Repositories repositories(Payload repository) {
    Stream<String> urls =
        repository.items("links", "clone").stream().map(link -> link.text("href"));
    String project = repository.text("project", "key");
    String slug = repository.text("slug");
    return Repositories.ofUrlsOrPath(
        urls.toList(), project.isEmpty() || slug.isEmpty() ? "" : project + "/" + slug);
  }

  private static Verdict pullRequest(Delivery delivery, Payload pull) {
    return new Verdict.PullRequest(
        delivery,
        repositories(pull.at("toRef", "repository")),
        new Proposal(
            pull.digits("id"),
            delivery.event().substring(PULL_REQUEST.length()),
            pull.text("fromRef", "displayId"),
            pull.text("fromRef", "latestCommit"),
            pull.text("toRef", "displayId")));
  }
}
