package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The webhooks of Gitea, and those of Forgejo, which has headers of its own beside them. */
final class GiteaFormat implements Format {
  private static final String GITEA = "X-Gitea-";
  private static final String FORGEJO = "X-Forgejo-";

  /** So many an instance lists unless it is told otherwise; those that say no total are old. */
  private static final int MOST_COMMITS = 5;

  private static final int MOST_FILES = Integer.MAX_VALUE;

  private static final Shape SHAPE =
      Shape.of(
          Stream.of(
                  GithubFormat.PATHS, PushedFiles.PATHS, new String[] {"ref_type", "total_commits"})
              .flatMap(Stream::of)
              .toArray(String[]::new));

  private final boolean forgejo;

  private GiteaFormat(boolean forgejo) {
    this.forgejo = forgejo;
  }

  static GiteaFormat ofGitea() {
    return new GiteaFormat(false);
  }

  static GiteaFormat ofForgejo() {
    return new GiteaFormat(true);
  }

  @Override
  public Proof proof(List<WebhookSecret> secrets, Duration tolerance) {
    Proof gitea = HexSignature.ofJson(GITEA + "Signature", secrets);
    Proof forge = HexSignature.ofJson(FORGEJO + "Signature", secrets);
    return (headers, body, now) ->
        (isByForgejo(headers) ? forge : gitea).objection(headers, body, now);
  }

  private boolean isByForgejo(Headers headers) {
    return forgejo && headers.has(FORGEJO + "Signature");
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public Delivery delivery(Headers headers, Body body) {
    String prefix = isByForgejo(headers) ? FORGEJO : GITEA;
    return new Delivery(
        forgejo ? Provider.FORGEJO : Provider.GITEA,
        headers.value(prefix + "Event"),
        headers.value(prefix + "Delivery"));
  }

  @Override
  public Verdict read(Delivery delivery, Body body) throws PayloadException {
    return switch (delivery.event()) {
      case "push" -> push(delivery, body.payload());
      case "delete" -> deletion(delivery, body.payload());
      case "pull_request", "pull_request_sync" ->
          GithubFormat.pullRequest(delivery, body.payload());
      case "" -> throw new PayloadException("expected one X-Gitea-Event");
      // A push tells of what is created too.
      default -> new Verdict.Ignored(delivery, Verdict.Ignored.Reason.EVENT);
    };
  }

  private static Verdict push(Delivery delivery, Payload payload) throws PayloadException {
    RefUpdate.Change change = GithubFormat.change(payload);
    OptionalLong total = payload.number("total_commits");
    ChangedFiles files = PushedFiles.of(payload, change, total, MOST_COMMITS, MOST_FILES);
    return Pushes.of(
        delivery,
        GithubFormat.repositories(payload),
        List.of(GithubFormat.update(payload, change, files)));
  }

  /** No push tells that a branch is gone; here it has its short name. */
  private static Verdict deletion(Delivery delivery, Payload payload) throws PayloadException {
    String name = payload.text("ref");
    if (name.isEmpty()) {
      throw new PayloadException("the deletion names no ref");
    }
    String prefix = payload.text("ref_type").equals("tag") ? RefUpdate.TAGS : RefUpdate.HEADS;
    String ref = name.startsWith("refs/") ? name : prefix + name;
    return Pushes.of(
        delivery,
        GithubFormat.repositories(payload),
        List.of(
            new RefUpdate(
                ref, "", RefUpdate.ZEROS, RefUpdate.Change.DELETED, new ChangedFiles.Unknown())));
  }
}
