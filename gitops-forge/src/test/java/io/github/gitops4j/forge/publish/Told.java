package io.github.gitops4j.forge.publish;

import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What the tests tell to hosts. */
final class Told {
  static final String SHA = "a".repeat(40);
  static final Revision MAIN = new Revision("refs/heads/main", SHA);
  static final URI PAGE = URI.create("https://ci.example.com/1");

  private Told() {}

  static ForgeClient.Builder client(FakeForge forge, Forge kind) {
    URI api =
        switch (kind) {
          case GITHUB -> forge.github();
          case GITLAB -> forge.gitlab();
          case GITEA, FORGEJO -> forge.gitea();
          case BITBUCKET_CLOUD -> forge.bitbucketCloud();
          case BITBUCKET_DC -> forge.bitbucketDc();
        };
    return ForgeClient.builder(kind, api, "acme/shop", () -> Sensitive.of("token"));
  }

  static CommitStatus status(PublishState state, String words) {
    return new CommitStatus(MAIN, "gitops/shop", state, words, Optional.of(PAGE));
  }

  static CommitStatus status(PublishState state) {
    return status(state, state.word());
  }

  static Deployment deployment(PublishState state) {
    return deployment(MAIN, state);
  }

  static Deployment deployment(Revision revision, PublishState state) {
    return new Deployment(revision, "prod east", state, "words", Optional.of(PAGE));
  }

  static List<String> lines(FakeForge forge) {
    return forge.requests().stream().map(ForgeRequest::line).toList();
  }

  static ForgeRequest last(FakeForge forge) {
    List<ForgeRequest> all = forge.requests();
    return all.get(all.size() - 1);
  }
}
