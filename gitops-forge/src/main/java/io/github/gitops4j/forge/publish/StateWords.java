package io.github.gitops4j.forge.publish;

/** How each host calls a state. */
final class StateWords {
  private StateWords() {}

  static String status(Forge forge, PublishState state) {
    return switch (forge) {
      case GITHUB -> github(state);
      case GITLAB -> gitlab(state);
      case GITEA, FORGEJO -> gitea(state);
      case BITBUCKET_CLOUD, BITBUCKET_DC -> bitbucket(forge, state);
    };
  }

  private static String github(PublishState state) {
    return switch (state) {
      case PENDING, RUNNING, WAITING -> "pending";
      case SUCCESS, CHANGES -> "success";
      case REFUSED, FAILED -> "failure";
      case ERROR -> "error";
    };
  }

  private static String gitlab(PublishState state) {
    return switch (state) {
      case PENDING, WAITING -> "pending";
      case RUNNING -> "running";
      case SUCCESS, CHANGES -> "success";
      case REFUSED -> "canceled";
      case FAILED, ERROR -> "failed";
    };
  }

  private static String gitea(PublishState state) {
    return switch (state) {
      case PENDING, RUNNING, WAITING, REFUSED -> "pending";
      case SUCCESS -> "success";
      case CHANGES -> "warning";
      case FAILED -> "failure";
      case ERROR -> "error";
    };
  }

  private static String bitbucket(Forge forge, PublishState state) {
    return switch (state) {
      case PENDING, RUNNING -> "INPROGRESS";
      case SUCCESS, CHANGES -> "SUCCESSFUL";
      case WAITING -> forge == Forge.BITBUCKET_CLOUD ? "STOPPED" : "INPROGRESS";
      case REFUSED -> forge == Forge.BITBUCKET_CLOUD ? "STOPPED" : "FAILED";
      case FAILED, ERROR -> "FAILED";
    };
  }

  static String githubDeployment(PublishState state) {
    return switch (state) {
      case PENDING -> "queued";
      case RUNNING -> "in_progress";
      case SUCCESS, CHANGES -> "success";
      case WAITING, REFUSED -> "pending";
      case FAILED -> "failure";
      case ERROR -> "error";
    };
  }

  static String gitlabDeployment(PublishState state) {
    return switch (state) {
      case PENDING, RUNNING, WAITING -> "running";
      case SUCCESS, CHANGES -> "success";
      case REFUSED -> "canceled";
      case FAILED, ERROR -> "failed";
    };
  }
}
