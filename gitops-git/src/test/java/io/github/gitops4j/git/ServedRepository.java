package io.github.gitops4j.git;

import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.TestRepository;
import java.nio.file.Path;

/**
 * A repository behind a server, and a cache that may talk to it.
 *
 * @param repository the repository
 * @param server serves it
 * @param url where
 * @param cache an empty cache
 */
record ServedRepository(TestRepository repository, GitHttpServer server, GitUrl url, GitCache cache)
    implements AutoCloseable {
  static ServedRepository in(Path directory) {
    return served(directory, GitHttpServer.builder());
  }

  /** Returns one that takes pushes. */
  static ServedRepository writable(Path directory) {
    return served(directory, GitHttpServer.builder().allowPush());
  }

  private static ServedRepository served(Path directory, GitHttpServer.Builder builder) {
    TestRepository repository = TestRepository.create(directory.resolve("origin.git"));
    GitHttpServer server = builder.start();
    GitUrl url = GitUrl.parse(server.serve("shop", repository).toString());
    GitCache cache =
        GitCache.builder(directory.resolve("cache"), JGitIsolation.install()).allowHttp().build();
    return new ServedRepository(repository, server, url, cache);
  }

  GitSource.Builder source() {
    return cache.source(url);
  }

  @Override
  public void close() {
    cache.close();
    server.close();
    repository.close();
  }
}
