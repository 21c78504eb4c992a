package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Sensitive;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells one repository of a Git host what was found and done.
 *
 * <p>Each call makes its requests in the thread of the caller and throws a {@link PublishException}
 * if the host does not take them; to publish beside something that must not wait or fail, see
 * {@code Publisher}. The token is asked for with each request, sent to scheme, host and port of the
 * API and never elsewhere, and is in no message. One that was refused is not sent again.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ForgeClient {
  private final Forge forge;
  private final Origin origin;
  private final String repository;
  private final Statuses statuses;
  private final Optional<Conversations> conversations;
  private final Optional<Deployments> deployments;

  private ForgeClient(Builder builder) {
    this.forge = builder.forge;
    this.origin = Origin.of(builder.api);
    this.repository = builder.repository;
    ForgeHttp http = new ForgeHttp(builder, builder.client());
    String path = RepositoryPath.of(forge, repository);
    this.statuses = Statuses.of(forge, http, path);
    this.conversations = Conversations.of(forge, http, path, builder.author);
    this.deployments = Deployments.of(forge, http, path);
  }

  /**
   * Starts a client.
   *
   * @param api the base URL of the API, such as {@code https://api.github.com}, {@code
   *     https://gitlab.com/api/v4}, {@code https://gitea.example.com/api/v1} or {@code
   *     https://bitbucket.example.com/rest/api/latest}
   * @param repository {@code owner/name}; at GitLab the path of the project or its number, at
   *     Bitbucket Data Center the key of the project and the repository
   * @param tokens gives the token, each time that it is needed
   * @throws IllegalArgumentException if the repository is malformed, or the URL is none of HTTP or
   *     has more than host, port and path
   */
  public static Builder builder(
      Forge forge, URI api, String repository, Supplier<Sensitive<String>> tokens) {
    return new Builder(forge, api, repository, tokens);
  }

  /** Returns what kind of host it is. */
  public Forge forge() {
    return forge;
  }

  /** Returns the repository as it was given. */
  public String repository() {
    return repository;
  }

  Origin origin() {
    return origin;
  }

  /** Sets the status of a commit. */
  public void publish(CommitStatus status) {
    statuses.publish(status);
  }

  /**
   * Makes the deployment of a commit, unless its last one is under way or is the last one of the
   * environment, and sets its state.
   *
   * @throws PublishException also if the host knows no deployments
   */
  public void publish(Deployment deployment) {
    deployments.orElseThrow(() -> unknown("deployments")).publish(deployment);
  }

  /**
   * Makes the comment on a pull request or merge request say this: writes it, changes it in place,
   * or deletes it if the text is empty. Comments of others are left alone, whatever they begin
   * with.
   *
   * @param number of the pull request, or of the merge request in its project
   * @throws PublishException also if the host knows no such comments
   */
  public Written publish(long number, Comment comment) {
    return conversations.orElseThrow(() -> unknown("comments")).publish(number, comment);
  }

  /**
   * Makes the open issue say this: opens it, changes it in place, or closes it if the text is
   * empty. Issues of others are left alone.
   *
   * @throws PublishException also if the host knows no issues
   */
  public Written publish(TrackedIssue issue) {
    return conversations.orElseThrow(() -> unknown("issues")).publish(issue);
  }

  private PublishException unknown(String what) {
    return new PublishException(
        FailureCategory.UNSUPPORTED, forge.id() + ": " + what + " are not published there");
  }

  /** Returns kind, host and repository. */
  @Override
  public String toString() {
    return "ForgeClient[" + forge.id() + " " + origin.host() + " " + repository + "]";
  }

  /** Collects the parts of a client. Confined to one thread. */
  public static final class Builder {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    final Forge forge;
    final URI api;
    final String repository;
    final Supplier<Sensitive<String>> tokens;
    Duration timeout = Duration.ofSeconds(30);
    InstantSource clock = InstantSource.system();
    Optional<Addresses> addresses = Optional.empty();
    Optional<String> author = Optional.empty();
    private @Nullable HttpClient http;
    private @Nullable Executor executor;
    private boolean plainHttp;

    private Builder(Forge forge, URI api, String repository, Supplier<Sensitive<String>> tokens) {
      this.forge = requireNonNull(forge, "forge");
      this.api = base(requireNonNull(api, "api"));
      this.repository = requireNonNull(repository, "repository");
      this.tokens = requireNonNull(tokens, "tokens");
      RepositoryPath.of(forge, repository);
    }

    private static URI base(URI api) {
      Origin.of(api);
      if (api.getUserInfo() != null || api.getQuery() != null || api.getFragment() != null) {
        throw new IllegalArgumentException(
            "expected a URL of host, port and path, without user, query and fragment");
      }
      return URI.create(api.toString().replaceFirst("/+$", ""));
    }

    /** Default none: one is made that gives up connecting after 10 seconds. Never follows. */
    public Builder http(HttpClient value) {
      if (value.followRedirects() != HttpClient.Redirect.NEVER) {
        throw new IllegalArgumentException("a client that follows redirects sends the token there");
      }
      this.http = value;
      return this;
    }

    /** Default that of the HTTP client. Runs what a client does that is made here. */
    public Builder executor(Executor value) {
      this.executor = requireNonNull(value, "executor");
      return this;
    }

    /** Default 30 seconds. How long one request may take, to the end of its answer. */
    public Builder timeout(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("expected a time, not " + value);
      }
      this.timeout = value;
      return this;
    }

    /** Default the clock of the system. Says how long it is until a limit is lifted. */
    public Builder clock(InstantSource value) {
      this.clock = requireNonNull(value, "clock");
      return this;
    }

    /**
     * Default whoever the token is of, or any bot where GitHub does not say that. The account by
     * which comments and issues of ours are written.
     */
    public Builder author(String value) {
      this.author = Optional.of(value);
      return this;
    }

    /** Default off. Allows a token to be sent without TLS to another machine. */
    public Builder plainHttp() {
      this.plainHttp = true;
      return this;
    }

    /** Default off. Refuses a host of which any address is private, before each request. */
    public Builder publicAddressesOnly() {
      return addresses(InetAddress::getAllByName);
    }

    Builder addresses(Addresses.Resolver resolver) {
      this.addresses = Optional.of(Addresses.of(resolver));
      return this;
    }

    /**
     * Returns the client.
     *
     * @throws IllegalArgumentException if the URL is one without TLS and that is not allowed
     */
    public ForgeClient build() {
      if (!plainHttp && !Origin.of(api).isPrivate()) {
        throw new IllegalArgumentException("expected https, as a token is sent, not " + api);
      }
      return new ForgeClient(this);
    }

    private HttpClient client() {
      if (http != null) {
        return http;
      }
      HttpClient.Builder made =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT)
              .followRedirects(HttpClient.Redirect.NEVER);
      if (executor != null) {
        made.executor(executor);
      }
      return made.build();
    }
  }
}
