package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.Settings;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.TreeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@code git} for application files: {@code url}, {@code ref} or {@code semver}, {@code
 * path}, {@code include}, {@code exclude}, {@code auth}, {@code caFile} and, for ssh, {@code
 * knownHosts}.
 *
 * <p>{@code auth} names files that hold secrets: {@code tokenFile}, or {@code username} with {@code
 * passwordFile}, or {@code sshKeyFile} with {@code passphraseFile} if it is encrypted; the secrets
 * themselves have no place in an application file. Files are relative to it.
 *
 * <p>{@code verify} beside {@code git} demands signatures: {@code mode} ({@code head} or {@code
 * tag}), {@code allowedSigners} and {@code revokedSigners}, as {@link GitVerification} says.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class GitBackend {
  private final Function<Declared, TreeSource> opening;

  private GitBackend(Function<Declared, TreeSource> opening) {
    this.opening = opening;
  }

  /**
   * A part of a repository, as it is declared.
   *
   * @param url the repository
   * @param path the directory; empty text is all
   * @param includes globs; none is everything
   * @param excludes globs
   */
  public record Scope(GitUrl url, String path, List<String> includes, List<String> excludes) {
    /** Copies the lists. */
    public Scope {
      requireNonNull(url, "url");
      requireNonNull(path, "path");
      includes = List.copyOf(includes);
      excludes = List.copyOf(excludes);
    }
  }

  /** All that is declared. */
  private record Declared(
      Scope scope,
      GitRef ref,
      CredentialFiles auth,
      Optional<Path> caFile,
      Optional<Path> knownHosts,
      boolean shallow,
      Optional<GitVerification> verification) {}

  /**
   * Returns the backend {@code git}.
   *
   * @param cache gives the cache of all sources; asked only when a source is opened, so that who
   *     does not use Git does not pay for it. The caller closes it
   */
  public static Backend<TreeSource> bind(Supplier<GitCache> cache) {
    requireNonNull(cache, "cache");
    return Backend.bindBeside("git", new GitBackend(declared -> open(cache, declared))::read);
  }

  /**
   * Returns the backend {@code git} for another way to the files, such as a {@link GitClone}. What
   * else is declared is checked and not used.
   *
   * @param opener opens what is declared
   */
  public static Backend<TreeSource> bindTo(Function<Scope, TreeSource> opener) {
    requireNonNull(opener, "opener");
    return Backend.bindBeside(
        "git", new GitBackend(declared -> opener.apply(declared.scope()))::read);
  }

  private Backend.Opener<TreeSource> read(Settings settings, Settings around) {
    GitUrl url = valid(settings, "url", settings.text("url"), GitUrl::parse);
    GitRef ref = ref(settings);
    String path = settings.optionalText("path").orElse("");
    valid(settings, "path", path, GitSource.Builder::plain);
    List<String> includes = settings.texts("include");
    List<String> excludes = settings.texts("exclude");
    valid(settings, "include", includes, globs -> new PathGlobs(globs, List.of()));
    valid(settings, "exclude", excludes, globs -> new PathGlobs(List.of(), globs));
    CredentialFiles auth = CredentialFiles.read(settings);
    Optional<Path> caFile = settings.path("caFile");
    Optional<Path> knownHosts = settings.path("knownHosts");
    boolean shallow = settings.flag("shallow", false);
    if (url != null && url.scheme().equals("ssh") && knownHosts.isEmpty()) {
      settings.wrong("url", "knownHosts beside it: ssh needs a file of host keys");
    }
    Optional<GitVerification> verification =
        around.optionalChild("verify").flatMap(GitBackend::verification);
    return () ->
        opening.apply(
            new Declared(
                new Scope(requireNonNull(url, "url"), path, includes, excludes),
                requireNonNull(ref, "ref"),
                auth,
                caFile,
                knownHosts,
                shallow,
                verification));
  }

  private static TreeSource open(Supplier<GitCache> cache, Declared declared) {
    Scope scope = declared.scope();
    GitSource.Builder source = source(cache.get(), scope.url());
    source.ref(declared.ref()).path(scope.path());
    scope.includes().forEach(source::include);
    scope.excludes().forEach(source::exclude);
    declared.caFile().ifPresent(source::caFile);
    declared.knownHosts().ifPresent(source::knownHosts);
    declared.verification().ifPresent(source::verify);
    if (declared.shallow()) {
      source.shallow();
    }
    CredentialFiles auth = declared.auth();
    return source.credentials(auth.name(), auth.credentials()).build();
  }

  private static @Nullable GitRef ref(Settings settings) {
    Optional<String> range = settings.optionalText("semver");
    if (range.isPresent() && settings.has("ref")) {
      settings.wrong("semver", "either ref or semver");
    }
    if (range.isPresent()) {
      return valid(settings, "semver", range.get(), GitRef::semver);
    }
    String name = settings.optionalText("ref").orElse("refs/heads/main");
    return valid(settings, "ref", name, GitRef::parse);
  }

  private static Optional<GitVerification> verification(Settings settings) {
    String mode = settings.optionalText("mode").orElse("head");
    Optional<Path> allowed = settings.path("allowedSigners");
    Optional<Path> revoked = settings.path("revokedSigners");
    settings.done();
    if (allowed.isEmpty()) {
      settings.wrong("allowedSigners", "a file of those who may sign");
      return Optional.empty();
    }
    return switch (mode) {
      case "head" ->
          Optional.of(new GitVerification(GitVerification.Mode.HEAD, allowed.get(), revoked));
      case "tag" ->
          Optional.of(new GitVerification(GitVerification.Mode.TAG, allowed.get(), revoked));
      default -> {
        settings.wrong("mode", "head or tag, not " + mode);
        yield Optional.empty();
      }
    };
  }

  private static GitSource.Builder source(GitCache cache, GitUrl url) {
    try {
      return cache.source(url);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          FailureCategory.INVALID_INPUT, url + ": opening failed: its scheme is not allowed", e);
    }
  }

  /** Reads a value; what is wrong with it is a finding at its line, and gives null. */
  private static <V, T> @Nullable T valid(
      Settings settings, String key, V value, Parser<V, T> parser) {
    try {
      return parser.parse(value);
    } catch (IllegalArgumentException e) {
      if (settings.has(key)) {
        settings.wrong(key, "a valid " + key + ": " + e.getMessage());
      }
      return null;
    }
  }

  /** Reads a value or throws an {@link IllegalArgumentException}. */
  private interface Parser<V, T> {
    T parse(V value);
  }
}
