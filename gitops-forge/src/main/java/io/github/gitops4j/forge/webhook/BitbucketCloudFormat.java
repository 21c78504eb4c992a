package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The webhooks of Bitbucket Cloud, which tell of several refs at once and never of files. */
final class BitbucketCloudFormat implements Format {
  private static final String PULL_REQUEST = "pullrequest:";
  private static final String COMMENT = PULL_REQUEST + "comment_";

  private static final Shape SHAPE =
      Shape.of(
          "push.changes[].new.type",
          "push.changes[].new.name",
          "push.changes[].new.target.hash",
          "push.changes[].old.type",
          "push.changes[].old.name",
          "push.changes[].old.target.hash",
          "push.changes[].created",
          "push.changes[].closed",
          "push.changes[].forced",
          "repository.full_name",
          "repository.links.html.href",
          "pullrequest.id",
          "pullrequest.source.branch.name",
          "pullrequest.source.commit.hash",
          "pullrequest.destination.branch.name");

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
        Provider.BITBUCKET_CLOUD, headers.value("X-Event-Key"), headers.value("X-Request-UUID"));
  }

  @Override
  public Verdict read(Delivery delivery, Body body) throws PayloadException {
    if (delivery.event().equals("repo:push")) {
      return push(delivery, body.payload());
    } else if (delivery.event().startsWith(PULL_REQUEST) && !delivery.event().startsWith(COMMENT)) {
      return pullRequest(delivery, body.payload());
    } else if (delivery.event().isEmpty()) {
      throw new PayloadException("expected one X-Event-Key");
    }
    return new Verdict.Ignored(delivery, Verdict.Ignored.Reason.EVENT);
  }

  private static Verdict push(Delivery delivery, Payload payload) throws PayloadException {
    List<RefUpdate> updates = new ArrayList<>();
    for (Payload change : payload.items("push", "changes")) {
      Payload after = change.at("new");
      Payload before = change.at("old");
      // The side where the ref is not is null.
      Payload named = after.isObject() ? after : before;
      String name = named.text("name");
      if (!name.isEmpty()) {
        String ref = (named.text("type").equals("tag") ? RefUpdate.TAGS : RefUpdate.HEADS) + name;
        updates.add(
            update(ref, before.text("target", "hash"), after.text("target", "hash"), change));
      }
    }
    return Pushes.ofRefs(delivery, repositories(payload), updates);
  }

  private static RefUpdate update(String ref, String before, String after, Payload change) {
    RefUpdate.Said said =
        new RefUpdate.Said(
            change.isTrue("created") || !change.at("old").isObject(),
            change.isTrue("closed") || !change.at("new").isObject(),
            change.isTrue("forced"));
    return new RefUpdate(
        ref,
        said.created() && before.isEmpty() ? RefUpdate.ZEROS : before,
        said.deleted() && after.isEmpty() ? RefUpdate.ZEROS : after,
        RefUpdate.change(before, after, said),
        new ChangedFiles.Unknown());
  }

  private static Repositories repositories(Payload payload) {
    return Repositories.ofUrlsOrPath(
        List.of(payload.text("repository", "links", "html", "href")),
        payload.text("repository", "full_name"));
  }

  private static Verdict pullRequest(Delivery delivery, Payload payload) {
    Payload pull = payload.at("pullrequest");
    return new Verdict.PullRequest(
        delivery,
        repositories(payload),
        new Proposal(
            pull.digits("id"),
            delivery.event().substring(PULL_REQUEST.length()),
            pull.text("source", "branch", "name"),
            pull.text("source", "commit", "hash"),
            pull.text("destination", "branch", "name")));
  }
}
