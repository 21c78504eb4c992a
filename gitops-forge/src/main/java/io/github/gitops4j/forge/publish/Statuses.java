package io.github.gitops4j.forge.publish;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;

/** Sets the statuses of commits, in the words of one kind of host. */
interface Statuses {
  /** GitLab refuses a status with a longer one; the state matters more than the link. */
  int LONGEST_URL_OF_GITLAB = 255;

  void publish(CommitStatus status);

  static Statuses of(Forge forge, ForgeHttp http, String path) {
    return switch (forge) {
      case GITHUB, GITEA, FORGEJO -> status -> likeGithub(forge, http, path, status);
      case GITLAB -> status -> atGitlab(http, path, status);
      case BITBUCKET_CLOUD ->
          status ->
              atBitbucket(
                  forge,
                  http,
                  path + "/commit/" + status.revision().id() + "/statuses/build",
                  status);
      case BITBUCKET_DC ->
          status ->
              atBitbucket(
                  forge, http, path + "/commits/" + status.revision().id() + "/builds", status);
    };
  }

  private static Mapping.Builder described(Forge forge, CommitStatus status) {
    return Mapping.builder()
        .put("state", Text.of(StateWords.status(forge, status.state())))
        .put("description", Text.of(PlainText.cut(status.description(), forge.descriptionLimit())));
  }

  private static void likeGithub(Forge forge, ForgeHttp http, String path, CommitStatus status) {
    Mapping.Builder body =
        described(forge, status).put("context", Text.of(PlainText.key(status.context(), 255)));
    Fields.put(body, "target_url", status.target());
    http.post(path + "/statuses/" + status.revision().id(), body.build());
  }

  private static void atGitlab(ForgeHttp http, String path, CommitStatus status) {
    Mapping.Builder body =
        described(Forge.GITLAB, status).put("name", Text.of(PlainText.key(status.context(), 255)));
    String ref = CommitId.shortRef(status.revision());
    if (!ref.isEmpty()) {
      body.put("ref", Text.of(ref));
    }
    Fields.put(
        body,
        "target_url",
        status.target().filter(url -> url.toString().length() <= LONGEST_URL_OF_GITLAB));
    Answer answer = http.send("POST", path + "/statuses/" + status.revision().id(), body.build());
    // It says so where the status is in that state already.
    if (answer.status() != 400 || !answer.text().contains("Cannot transition")) {
      http.success(answer);
    }
  }

  private static void atBitbucket(Forge forge, ForgeHttp http, String path, CommitStatus status) {
    Mapping.Builder body =
        described(forge, status)
            .put("key", Text.of(PlainText.key(status.context(), 40)))
            .put("name", Text.of(PlainText.cut(status.context(), 255)));
    Fields.put(body, "url", status.target());
    if (status.target().isEmpty()) {
      throw new PublishException(
          FailureCategory.INVALID_INPUT, forge.id() + ": a status needs a URL to read more at");
    }
    http.post(path, body.build());
  }
}
