package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who sends webhooks, which says how they are signed and what is in them.
 *
 * @since 0.1.0
 */
public enum Provider {
  /** GitHub and GitHub Enterprise Server: a secret. */
  GITHUB("github"),
  /** GitLab: a secret token, or a signing token that begins with {@code whsec_}. */
  GITLAB("gitlab"),
  /** Gitea: a secret. */
  GITEA("gitea"),
  /** Forgejo: a secret. */
  FORGEJO("forgejo"),
  /** Bitbucket Cloud: a secret. */
  BITBUCKET_CLOUD("bitbucket-cloud"),
  /** Bitbucket Data Center: a secret. */
  BITBUCKET_DC("bitbucket-dc"),
  /** Azure DevOps: {@code user:password}, as it signs nothing. */
  AZURE_DEVOPS("azure-devops"),
  /** Whoever signs the body with a secret, in {@code X-Signature}. */
  GENERIC_HMAC("generic-hmac"),
  /** Whoever signs as Standard Webhooks has it, with a shared or a public key. */
  STANDARD_WEBHOOKS("standard-webhooks");

  private static final Map<String, Provider> OTHER_NAMES =
      Map.of(
          "bitbucket", BITBUCKET_CLOUD,
          "bitbucket-server", BITBUCKET_DC,
          "azure", AZURE_DEVOPS,
          "hmac", GENERIC_HMAC);

  private final String id;

  Provider(String id) {
    this.id = id;
  }

  /**
   * Returns the provider of a name, such as {@code github}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Provider parse(String text) {
    String wanted = requireNonNull(text, "text").toLowerCase(Locale.ROOT);
    Provider other = OTHER_NAMES.get(wanted);
    if (other != null) {
      return other;
    }
    return Arrays.stream(values())
        .filter(each -> each.id.equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no provider is called " + text + "; there are " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(Provider::id).collect(Collectors.joining(", "));
  }

  /** Returns the name, as options and paths have it. */
  public String id() {
    return id;
  }

  Format format() {
    return switch (this) {
      case GITHUB -> new GithubFormat();
      case GITLAB -> new GitlabFormat();
      case GITEA -> GiteaFormat.ofGitea();
      case FORGEJO -> GiteaFormat.ofForgejo();
      case BITBUCKET_CLOUD -> new BitbucketCloudFormat();
      case BITBUCKET_DC -> new BitbucketDcFormat();
      case AZURE_DEVOPS -> new AzureDevopsFormat();
      case GENERIC_HMAC -> GenericFormat.ofHmac();
      case STANDARD_WEBHOOKS -> GenericFormat.ofStandard();
    };
  }
}
