package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The service hooks of Azure DevOps: nothing is signed, a user and a password come with each
 * delivery, and its event and id are in the body.
 */
final class AzureDevopsFormat implements Format {
  private static final String PULL_REQUEST = "git.pullrequest.";

  private static final Shape SHAPE =
      Shape.of(
          "id",
          "eventType",
          "resource.refUpdates[].name",
          "resource.refUpdates[].oldObjectId",
          "resource.refUpdates[].newObjectId",
          "resource.repository.remoteUrl",
          "resource.repository.sshUrl",
          "resource.pullRequestId",
          "resource.sourceRefName",
          "resource.targetRefName",
          "resource.lastMergeSourceCommit.commitId");

  @Override
  public Proof proof(List<WebhookSecret> secrets, Duration tolerance) {
    return BasicPassword.of(secrets);
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public Delivery delivery(Headers headers, Body body) throws PayloadException {
    Payload payload = body.payload();
    return new Delivery(Provider.AZURE_DEVOPS, payload.text("eventType"), payload.text("id"));
  }

  @Override
  public Verdict read(Delivery delivery, Body body) throws PayloadException {
    if (delivery.event().equals("git.push")) {
      return push(delivery, body.payload());
    } else if (delivery.event().startsWith(PULL_REQUEST)) {
      return pullRequest(delivery, body.payload());
    } else if (delivery.event().isEmpty()) {
      throw new PayloadException("the payload says no eventType");
    }
    return new Verdict.Ignored(delivery, Verdict.Ignored.Reason.EVENT);
  }

  private static Verdict push(Delivery delivery, Payload payload) throws PayloadException {
    List<RefUpdate> updates = new ArrayList<>();
    for (Payload update : payload.items("resource", "refUpdates")) {
      String ref = update.text("name");
      if (!ref.isEmpty()) {
        String before = update.text("oldObjectId");
        String after = update.text("newObjectId");
        RefUpdate.Change change = RefUpdate.change(before, after, RefUpdate.Said.NOTHING);
        updates.add(new RefUpdate(ref, before, after, change, new ChangedFiles.Unknown()));
      }
    }
    return Pushes.ofRefs(delivery, repositories(payload), updates);
  }

  private static Repositories repositories(Payload payload) {
    Payload repository = payload.at("resource", "repository");
    return Repositories.of(List.of(repository.text("remoteUrl"), repository.text("sshUrl")));
  }

  private static Verdict pullRequest(Delivery delivery, Payload payload) {
    Payload resource = payload.at("resource");
    return new Verdict.PullRequest(
        delivery,
        repositories(payload),
        new Proposal(
            resource.digits("pullRequestId"),
            delivery.event().substring(PULL_REQUEST.length()),
            RefUpdate.shortName(resource.text("sourceRefName")),
            resource.text("lastMergeSourceCommit", "commitId"),
            RefUpdate.shortName(resource.text("targetRefName"))));
  }
}
