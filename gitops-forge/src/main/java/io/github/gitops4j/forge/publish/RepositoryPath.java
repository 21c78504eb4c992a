package io.github.gitops4j.forge.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Pattern;

/** Where a repository is in the API of its host. */
final class RepositoryPath {
  private static final Pattern TWO = Pattern.compile("[A-Za-z0-9._~-]+/[A-Za-z0-9._-]+");
  private static final Pattern PROJECT =
      Pattern.compile("[0-9]+|[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_.][A-Za-z0-9._-]*)+");
  private static final Pattern DOTS = Pattern.compile("(?:.*/)?\\.\\.?(?:/.*)?");

  private RepositoryPath() {}

  static String of(Forge forge, String repository) {
    Pattern expected = forge == Forge.GITLAB ? PROJECT : TWO;
    if (!expected.matcher(repository).matches() || DOTS.matcher(repository).matches()) {
      throw new IllegalArgumentException(
          "expected the repository as "
              + (forge == Forge.GITLAB
                  ? "a project such as group/name or its number"
                  : "owner/name")
              + ", not "
              + repository);
    }
    int slash = repository.indexOf('/');
    return switch (forge) {
      case GITHUB, GITEA, FORGEJO -> "/repos/" + repository;
      case GITLAB -> "/projects/" + encoded(repository);
      case BITBUCKET_CLOUD -> "/repositories/" + repository;
      case BITBUCKET_DC ->
          "/projects/" + repository.substring(0, slash) + "/repos" + repository.substring(slash);
    };
  }

  /** Returns text as one segment of a path, or one value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
