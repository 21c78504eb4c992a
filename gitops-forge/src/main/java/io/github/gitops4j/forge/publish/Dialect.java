package io.github.gitops4j.forge.publish;

/**
 * What differs between hosts where people talk.
 *
 * @param comments where the comments of one number are, with {@code %d} for it
 * @param comment where one comment is, with {@code %d} for the number and {@code %s} for its id
 * @param pageSize how a request says how many it wants of a page
 * @param openIssues what asks for open issues
 * @param update the method that changes something
 * @param account the field of somebody's name
 * @param author the field of who wrote something
 * @param issueText the field of the text of an issue
 */
record Dialect(
    String comments,
    String comment,
    String pageSize,
    String openIssues,
    String update,
    String account,
    String author,
    String issueText) {
  private static final Dialect GITHUB =
      new Dialect(
          "/issues/%d/comments?",
          "/issues/comments/%2$s",
          "per_page",
          "/issues?state=open&",
          "PATCH",
          "login",
          "user",
          "body");
  private static final Dialect GITEA =
      new Dialect(
          "/issues/%d/comments?",
          "/issues/comments/%2$s",
          "limit",
          "/issues?state=open&type=issues&",
          "PATCH",
          "login",
          "user",
          "body");
  private static final Dialect GITLAB =
      new Dialect(
          "/merge_requests/%d/notes?sort=asc&order_by=created_at&",
          "/merge_requests/%d/notes/%s",
          "per_page",
          "/issues?state=opened&",
          "PUT",
          "username",
          "author",
          "description");

  static Dialect of(Forge forge) {
    return switch (forge) {
      case GITHUB -> GITHUB;
      case GITLAB -> GITLAB;
      case GITEA, FORGEJO -> GITEA;
      case BITBUCKET_CLOUD, BITBUCKET_DC -> throw new AssertionError(forge);
    };
  }

  boolean isGitlab() {
    return equals(GITLAB);
  }

  boolean isGithub() {
    return equals(GITHUB);
  }
}
