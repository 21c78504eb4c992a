package io.github.gitops4j.forge.publish;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of Git host, by the API that it speaks.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Forge {
  /** GitHub, also Enterprise Server. */
  GITHUB("https://api.github.com", 140, 65_536),
  /** GitLab, also one of your own. */
  GITLAB("https://gitlab.com/api/v4", 255, 1_000_000),
  /** Gitea. */
  GITEA("", 255, 65_536),
  /** Forgejo. */
  FORGEJO("", 255, 65_536),
  /** Bitbucket Cloud: statuses only. */
  BITBUCKET_CLOUD("https://api.bitbucket.org/2.0", 255, 32_768),
  /** Bitbucket Data Center: statuses only. */
  BITBUCKET_DC("", 255, 32_768);

  private final String api;
  private final int descriptionLimit;
  private final int commentLimit;

  Forge(String api, int descriptionLimit, int commentLimit) {
    this.api = api;
    this.descriptionLimit = descriptionLimit;
    this.commentLimit = commentLimit;
  }

  /** Returns its name as it is written in files and options, such as {@code bitbucket-cloud}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the base URL of the API of its public host, if there is one that everybody uses. */
  public Optional<URI> publicApi() {
    return api.isEmpty() ? Optional.empty() : Optional.of(URI.create(api));
  }

  /** Returns how many characters the description of a status may have. */
  public int descriptionLimit() {
    return descriptionLimit;
  }

  /** Returns how many characters a comment may have. */
  public int commentLimit() {
    return commentLimit;
  }

  /**
   * Returns the one of an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Forge parse(String id) {
    for (Forge each : values()) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "no forge is called "
            + id
            + "; known are "
            + Arrays.stream(values()).map(Forge::id).toList());
  }
}
