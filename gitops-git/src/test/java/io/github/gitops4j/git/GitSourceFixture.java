package io.github.gitops4j.git;

import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.contract.TreeSourceFixture;
import io.github.gitops4j.testkit.git.CommitBuilder;
import io.github.gitops4j.testkit.git.EntryMode;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.HttpAccess;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Commits in a repository that a server gives out. */
final class GitSourceFixture implements TreeSourceFixture {
  private final Path temp;
  private final TestRepository repository;
  private final TestRepository nothing;
  private final GitHttpServer server;
  private final URI url;
  private final GitCache cache;
  private final GitSource source;
  private final UnaryOperator<GitSource.Builder> settings;

  GitSourceFixture(Path temp) {
    this(temp, builder -> builder);
  }

  private GitSourceFixture(Path temp, UnaryOperator<GitSource.Builder> settings) {
    this.temp = temp;
    this.settings = settings;
    this.repository = TestRepository.create(temp.resolve("origin.git"));
    this.nothing = TestRepository.create(temp.resolve("nothing.git"));
    this.server = GitHttpServer.builder().start();
    this.url = server.serve("shop.git", repository);
    this.cache = cache("cache");
    this.source = sourceOf(url, cache).build();
  }

  private GitCache cache(String name) {
    return GitCache.builder(temp.resolve(name), JGitIsolation.install()).allowHttp().build();
  }

  /** The same with sources that fetch no history. */
  static GitSourceFixture shallow(Path temp) {
    return new GitSourceFixture(temp, GitSource.Builder::shallow);
  }

  private GitSource.Builder sourceOf(URI url, GitCache cache) {
    return settings.apply(cache.source(GitUrl.parse(url.toString())));
  }

  @Override
  public TreeSource source() {
    return source;
  }

  /** Returns another source of the same repository and cache. */
  GitSource reopen() {
    return sourceOf(url, cache).build();
  }

  @Override
  public void publish(SortedMap<String, Published> files) {
    publish(repository, files);
  }

  /** Commits these files and no others. */
  static void publish(TestRepository repository, SortedMap<String, Published> files) {
    CommitBuilder commit = repository.commit().clear();
    files.forEach(
        (path, file) -> {
          if (file.mode() == FileMode.SYMLINK) {
            commit.symlink(path, file.content());
          } else {
            commit.put(
                path,
                file.content().getBytes(StandardCharsets.UTF_8),
                file.mode() == FileMode.EXECUTABLE ? EntryMode.EXECUTABLE : EntryMode.FILE);
          }
        });
    commit.create();
  }

  /** What is read of the repository is in the cache. */
  @Override
  public long contentRead() {
    try (Stream<Path> files = Files.walk(temp.resolve("cache"))) {
      return files.filter(path -> path.toString().contains("objects")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void makeUnreachable() {
    server.withdraw("shop.git");
  }

  @Override
  public GitSource emptySource() {
    return sourceOf(server.serve("nothing.git", nothing), cache).build();
  }

  @Override
  public TreeSource refusing(String credential) {
    server.access(new HttpAccess.Basic("somebody", "else"));
    return sourceOf(url, cache)
        .credentials("refused", () -> GitCredentials.token(Sensitive.of(credential)))
        .build();
  }

  @Override
  public void close() {
    cache.close();
    server.close();
    nothing.close();
    repository.close();
  }
}
