package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of bare repositories, one for each remote, shared by any number of sources,
 * reconcilers and processes. Nothing is ever checked out, and nothing is lost when it is deleted.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class GitCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GitCache.class);
  private static final int NAME_LENGTH = 32;

  private final Path directory;
  private final JGitIsolation isolation;
  private final Set<String> schemes;
  private final GitLimits limits;
  private final InstantSource clock;
  private final CacheEviction eviction;
  private final Map<String, GitRepository> repositories = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private GitCache(Builder builder) {
    this.directory = builder.directory;
    this.isolation = builder.isolation;
    this.schemes = Set.copyOf(builder.schemes);
    this.limits = builder.limits;
    this.clock = builder.clock;
    this.eviction = new CacheEviction(directory, builder.unusedFor, builder.maxBytes);
  }

  /**
   * Opens a cache for https and ssh, with all defaults; its directory is made if it is not there.
   */
  public static GitCache open(Path directory, JGitIsolation isolation) {
    return builder(directory, isolation).build();
  }

  /** Returns a builder. */
  public static Builder builder(Path directory, JGitIsolation isolation) {
    return new Builder(directory, isolation);
  }

  /**
   * Returns a builder of a source.
   *
   * @throws IllegalArgumentException if the cache does not allow the URL's scheme
   */
  public GitSource.Builder source(GitUrl url) {
    if (!schemes.contains(url.scheme())) {
      throw new IllegalArgumentException(
          url + ": this cache allows " + schemes + " only; the builder can allow more");
    }
    return new GitSource.Builder(this, url);
  }

  /** Returns the repository of a remote; sources with other credentials have another one. */
  GitRepository repository(GitUrl url, GitAccess access) {
    String identity = url.identity() + "\n" + access.name() + access.terms();
    String name = ContentDigest.of(identity).hex().substring(0, NAME_LENGTH);
    return repositories.computeIfAbsent(
        name,
        any ->
            new GitRepository(
                directory.resolve(name + ".git"),
                new GitTransfer(url, access, limits, isolation),
                isolation,
                clock,
                () -> closed,
                this::evict));
  }

  /** Nobody waits for it to succeed: what cannot be removed now is tried again later. */
  private void evict() {
    Instant now = clock.instant();
    eviction
        .limit(now)
        .ifPresent(time -> repositories.values().forEach(each -> each.closeIfUnusedSince(time)));
    try {
      eviction.run(now);
    } catch (IOException e) {
      LOG.warn("git cache: removing what is unused failed in {}", directory, e);
    }
  }

  /**
   * Closes all repositories. From now on nothing of this cache opens one: whoever uses its sources,
   * or what they have fetched, gets a {@link SourceException} that says so.
   */
  @Override
  public void close() {
    closed = true;
    repositories.values().forEach(GitRepository::close);
    repositories.clear();
  }

  /** Builds a {@link GitCache}. Confined to one thread. */
  public static final class Builder {
    private final Path directory;
    private final JGitIsolation isolation;
    private final Set<String> schemes = ConcurrentHashMap.newKeySet();
    private GitLimits limits = GitLimits.defaults();
    private InstantSource clock = InstantSource.system();
    private Optional<Duration> unusedFor = Optional.empty();
    private OptionalLong maxBytes = OptionalLong.empty();

    private Builder(Path directory, JGitIsolation isolation) {
      this.directory = requireNonNull(directory, "directory").toAbsolutePath().normalize();
      this.isolation = requireNonNull(isolation, "isolation");
      schemes.add("https");
      schemes.add("ssh");
    }

    /** Default not: allows unencrypted transfers. */
    public Builder allowHttp() {
      schemes.add("http");
      return this;
    }

    /** Default not: allows repositories of this machine. */
    public Builder allowFile() {
      schemes.add("file");
      return this;
    }

    /** Default {@link GitLimits#defaults()}. */
    public Builder limits(GitLimits value) {
      this.limits = requireNonNull(value, "limits");
      return this;
    }

    /**
     * Default for ever: how long a repository is kept that nobody uses. One that a live process has
     * open is never removed; this cache closes its own when they were not used for so long, and
     * opens or fetches them again when they are.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public Builder evictUnusedAfter(Duration time) {
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException("not a positive time: " + time);
      }
      this.unusedFor = Optional.of(time);
      return this;
    }

    /**
     * Default no bound: bytes of all repositories together, above which those that nobody uses are
     * removed, the one used longest ago first. What is in use is never removed, so that the bound
     * can be exceeded.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public Builder maxBytes(long bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException("not a positive number of bytes: " + bytes);
      }
      this.maxBytes = OptionalLong.of(bytes);
      return this;
    }

    /** Default that of the system: tells for how long a repository was not used. */
    public Builder clock(InstantSource value) {
      this.clock = requireNonNull(value, "clock");
      return this;
    }

    /**
     * Builds the cache. What is over its bounds is removed now and after each fetch.
     *
     * @throws SourceException if its directory cannot be made
     */
    public GitCache build() {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new SourceException(
            FailureCategory.UNAVAILABLE,
            directory + ": making the git cache failed: " + Failure.reasonOf(e),
            e);
      }
      GitCache cache = new GitCache(this);
      cache.evict();
      return cache;
    }
  }
}
