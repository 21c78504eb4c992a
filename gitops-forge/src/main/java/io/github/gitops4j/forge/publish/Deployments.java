package io.github.gitops4j.forge.publish;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes deployments and sets their states, at one kind of host.
 *
 * <p>Hosts take the deployment that was made last for what is there now. So a commit that comes
 * back has a new one: its old one is over, and those of other commits came after it.
 */
interface Deployments {
  /** What is said of who deploys, so that deployments of others are left alone. */
  String TASK = "deploy:gitops";

  /** The states of GitLab that may become another one. */
  Set<String> OPEN = Set.of("created", "running", "blocked");

  /** The states of GitHub after which there is something to come. */
  Set<String> BEGUN = Set.of("queued", "in_progress", "pending");

  void publish(Deployment deployment);

  static Optional<Deployments> of(Forge forge, ForgeHttp http, String path) {
    return switch (forge) {
      case GITHUB -> Optional.of(deployment -> atGithub(http, path + "/deployments", deployment));
      case GITLAB -> Optional.of(deployment -> atGitlab(http, path + "/deployments", deployment));
      default -> Optional.empty();
    };
  }

  private static void atGithub(ForgeHttp http, String path, Deployment deployment) {
    String id =
        underWay(http, path, deployment)
            .orElseGet(() -> id(http.post(path, created(deployment)).object()));
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

  /** Finds the deployment that is the last one, or after which another one has begun too early. */
  private static Optional<String> underWay(ForgeHttp http, String path, Deployment deployment) {
    String query =
        "?task="
            + RepositoryPath.encoded(TASK)
            + "&environment="
            + RepositoryPath.encoded(deployment.environment())
            + "&per_page=50";
    String sha = deployment.revision().id();
    List<Mapping> newestFirst = http.get(path + query).objects();
    for (int i = 0; i < newestFirst.size(); i++) {
      if (Fields.text(newestFirst.get(i), "sha").equals(sha)) {
        String id = id(newestFirst.get(i));
        return i == 0 || hasBegun(http, path + "/" + id) ? Optional.of(id) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean hasBegun(ForgeHttp http, String place) {
    return http.get(place + "/statuses?per_page=1").objects().stream()
        .findFirst()
        .map(last -> BEGUN.contains(Fields.text(last, "state")))
        .orElse(true);
  }

  private static String id(Mapping known) {
    String id = Fields.id(known, "id");
    if (id.isEmpty()) {
      throw new PublishException(
          FailureCategory.UNAVAILABLE, "a deployment failed: the host gives it no id");
    }
    return id;
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
    List<Mapping> newestFirst =
        http.get(
                path
                    + "?environment="
                    + RepositoryPath.encoded(deployment.environment())
                    + "&order_by=id&sort=desc&per_page=50")
            .objects();
    boolean isLast = newestFirst.stream().limit(1).anyMatch(known -> isOf(known, sha));
    Optional<Mapping> newest =
        newestFirst.stream().filter(known -> isOf(known, sha) && !isOfAJob(known)).findFirst();
    String state = newest.map(known -> Fields.text(known, "status")).orElse("");
    if (state.equals(wanted) && (isLast || OPEN.contains(state))) {
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

  private static boolean isOf(Mapping known, String sha) {
    return Fields.text(known, "sha").equals(sha);
  }

  /** A job of a pipeline that has an environment makes a deployment of its own, and ends it. */
  private static boolean isOfAJob(Mapping known) {
    return known.get("deployable").orElse(Null.INSTANCE) instanceof Mapping;
  }
}
