package io.github.gitops4j.forge.webhook;

import io.github.gitops4j.testkit.ManualClock;
import java.util.List;

/** Deliveries of any provider, verified whatever is in them. */
final class Anybody {
  static final List<String> EVENTS =
      List.of(
          "",
          "push",
          "delete",
          "pull_request",
          "ping",
          "Push Hook",
          "Merge Request Hook",
          "System Hook",
          "repo:push",
          "repo:refs_changed",
          "pullrequest:created",
          "pr:opened");

  private Anybody() {}

  static Webhook webhook(Provider provider) {
    String secret =
        switch (provider) {
          case AZURE_DEVOPS -> "ada:word";
          case STANDARD_WEBHOOKS -> Sent.KEY;
          default -> Sent.SECRET;
        };
    return Sent.webhook(provider, secret).build();
  }

  static Sent sent(Provider provider, String event, byte[] body) {
    Sent sent = Sent.of(body);
    String code = Sent.hex(Sent.SECRET, body);
    return switch (provider) {
      case GITHUB -> Sent.github(event, body);
      case GITLAB -> sent.header("X-Gitlab-Event", event).header("X-Gitlab-Token", Sent.SECRET);
      case GITEA -> sent.header("X-Gitea-Event", event).header("X-Gitea-Signature", code);
      case FORGEJO -> sent.header("X-Forgejo-Event", event).header("X-Forgejo-Signature", code);
      case BITBUCKET_CLOUD, BITBUCKET_DC ->
          sent.header("X-Event-Key", event).header("X-Hub-Signature", "sha256=" + code);
      case AZURE_DEVOPS -> sent.header("Authorization", "Basic YWRhOndvcmQ=");
      case GENERIC_HMAC -> sent.header("X-Signature", "sha256=" + code);
      case STANDARD_WEBHOOKS ->
          sent.standard(Sent.KEY, "id", ManualClock.create().instant().getEpochSecond());
    };
  }
}
