package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The webhooks of GitHub. */
final class GithubFormat implements Format {
  private static final int MOST_COMMITS = 2_048;
  private static final int MOST_FILES = 3_000;

  static final List<String> REPOSITORY = List.of("clone_url", "ssh_url", "git_url", "html_url");

  /** The paths that GitHub and those who follow it have in common. */
  static final String[] PATHS = {
    "ref",
    "before",
    "after",
    "created",
    "deleted",
    "forced",
    "repository.clone_url",
    "repository.ssh_url",
    "repository.git_url",
    "repository.html_url",
    "action",
    "number",
    "pull_request.number",
    "pull_request.head.ref",
    "pull_request.head.sha",
    "pull_request.base.ref"
  };

  private static final Shape SHAPE =
      Shape.of(Stream.of(PATHS, PushedFiles.PATHS).flatMap(Stream::of).toArray(String[]::new));

  @Override
  public Proof proof(List<WebhookSecret> secrets, Duration tolerance) {
    return HexSignature.ofRaw("X-Hub-Signature-256", "sha256=", secrets);
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public Delivery delivery(Headers headers, Body body) {
    return new Delivery(
        Provider.GITHUB, headers.value("X-GitHub-Event"), headers.value("X-GitHub-Delivery"));
  }

  @Override
  public Verdict read(Delivery delivery, Body body) throws PayloadException {
    return switch (delivery.event()) {
      case "push" -> push(delivery, body.payload());
      case "pull_request" -> pullRequest(delivery, body.payload());
      case "ping" -> new Verdict.Ping(delivery);
      case "" -> throw new PayloadException("expected one X-GitHub-Event");
      default -> new Verdict.Ignored(delivery, Verdict.Ignored.Reason.EVENT);
    };
  }

  private static Verdict push(Delivery delivery, Payload payload) throws PayloadException {
    RefUpdate.Change change = change(payload);
    ChangedFiles files =
        PushedFiles.of(payload, change, OptionalLong.empty(), MOST_COMMITS, MOST_FILES);
    return Pushes.of(delivery, repositories(payload), List.of(update(payload, change, files)));
  }

  static RefUpdate.Change change(Payload payload) {
    RefUpdate.Said said =
        new RefUpdate.Said(
            payload.isTrue("created"), payload.isTrue("deleted"), payload.isTrue("forced"));
    return RefUpdate.change(payload.text("before"), payload.text("after"), said);
  }

  static RefUpdate update(Payload payload, RefUpdate.Change change, ChangedFiles files)
      throws PayloadException {
    String ref = payload.text("ref");
    if (ref.isEmpty()) {
      throw new PayloadException("the push names no ref");
    }
    return new RefUpdate(ref, payload.text("before"), payload.text("after"), change, files);
  }

  static Repositories repositories(Payload payload) {
    return Repositories.of(
        REPOSITORY.stream().map(name -> payload.text("repository", name)).toList());
  }

  static Verdict pullRequest(Delivery delivery, Payload payload) {
    Payload head = payload.at("pull_request", "head");
    String number = payload.digits("number");
    return new Verdict.PullRequest(
        delivery,
        repositories(payload),
        new Proposal(
            number.isEmpty() ? payload.digits("pull_request", "number") : number,
            payload.text("action"),
            head.text("ref"),
            head.text("sha"),
            payload.text("pull_request", "base", "ref")));
  }
}
