package io.github.gitops4j.forge.publish;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.util.Optional;
import java.util.Set;

/** Makes deployments and sets their states, at one kind of host. */
interface Deployments {
  /** What is said of who deploys, so that deployments of others are left alone. */
  String TASK = "deploy:gitops";

  /** The states of GitLab that may become another one. */
  Set<String> OPEN = Set.of("created", "running", "blocked");

  void publish(Deployment deployment);

  static Optional<Deployments> of(Forge forge, ForgeHttp http, String path) {
    return switch (forge) {
      case GITHUB -> Optional.of(deployment -> atGithub(http, path + "/deployments", deployment));
      case GITLAB -> Optional.of(deployment -> atGitlab(http, path + "/deployments", deployment));
      default -> Optional.empty();
    };
  }

  private static void atGithub(ForgeHttp http, String path, Deployment deployment) {
    String query =
        "?sha="
            + deployment.revision().id()
            + "&task="
            + RepositoryPath.encoded(TASK)
            + "&environment="
            + RepositoryPath.encoded(deployment.environment())
            + "&per_page=1";
    Answer found = http.get(path + query);
    String id =
        found.objects().stream()
            .findFirst()
            .map(known -> Fields.id(known, "id"))
            .orElseGet(() -> Fields.id(http.post(path, created(deployment)).object(), "id"));
    if (id.isEmpty()) {
      throw new PublishException(
          FailureCategory.UNAVAILABLE, "a deployment failed: the host gives it no id");
    }
    Mapping.Builder body =
        Mapping.builder()
            .put("state", Text.of(StateWords.githubDeployment(deployment.state())))
            .put("environment", Text.of(deployment.environment()))
            .put(
                "description",
                Text.of(PlainText.cut(deployment.description(), Forge.GITHUB.descriptionLimit())));
    Fields.put(body, "log_url", deployment.log());
    http.post(path + "/" + id + "/statuses", body.build());
  }

  /** Without the first two fields the host would merge, or wait for other checks. */
  private static Mapping created(Deployment deployment) {
    return Mapping.builder()
        .put("auto_merge", Bool.of(false))
        .put("required_contexts", Sequence.empty())
        .put("ref", Text.of(deployment.revision().id()))
        .put("task", Text.of(TASK))
        .put("environment", Text.of(deployment.environment()))
        .build();
  }

  private static void atGitlab(ForgeHttp http, String path, Deployment deployment) {
    String sha = deployment.revision().id();
    String wanted = StateWords.gitlabDeployment(deployment.state());
    Answer found =
        http.get(
            path
                + "?environment="
                + RepositoryPath.encoded(deployment.environment())
                + "&order_by=id&sort=desc&per_page=50");
    Optional<Mapping> newest =
        found.objects().stream()
            .filter(known -> Fields.text(known, "sha").equals(sha) && !isOfAJob(known))
            .findFirst();
    String state = newest.map(known -> Fields.text(known, "status")).orElse("");
    if (state.equals(wanted)) {
      return;
    } else if (OPEN.contains(state)) {
      String id = Fields.id(newest.orElseThrow(), "id");
      http.success(http.send("PUT", path + "/" + id, Fields.of("status", wanted)));
      return;
    }
    String ref = CommitId.shortRef(deployment.revision());
    http.post(
        path,
        Mapping.builder()
            .put("environment", Text.of(deployment.environment()))
            .put("sha", Text.of(sha))
            .put("ref", Text.of(ref.isEmpty() ? sha : ref))
            .put("tag", Bool.of(CommitId.isTag(deployment.revision())))
            .put("status", Text.of(wanted))
            .build());
  }

  /** A job of a pipeline that has an environment makes a deployment of its own, and ends it. */
  private static boolean isOfAJob(Mapping known) {
    return known.get("deployable").orElse(Null.INSTANCE) instanceof Mapping;
  }
}
