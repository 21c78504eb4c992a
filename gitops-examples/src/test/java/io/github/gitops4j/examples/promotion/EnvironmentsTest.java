package io.github.gitops4j.examples.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.GitWriteOutcome;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
  @TempDir Path temp;
  private TestRepository repository;
  private GitHttpServer server;
  private GitCache cache;
  private GitUrl url;
  private Environments environments;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    repository
        .commit()
        .put("envs/staging/shop.yaml", "version: 2\n")
        .put("envs/staging/replicas.yaml", "replicas: 1\n")
        .put("envs/prod/shop.yaml", "version: 1\n")
        .put("envs/prod/replicas.yaml", "replicas: 9\n")
        .create();
    server = GitHttpServer.builder().allowPush().start();
    url = GitUrl.parse(server.serve("shop", repository).toString());
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowHttp().build();
    environments = new Environments(cache.source(url).build());
  }

  @AfterEach
  void close() {
    cache.close();
    server.close();
    repository.close();
  }

  private static CallContext call() {
    return CallContext.withTimeout(Duration.ofMinutes(1));
  }

  /** Reconciles production, and returns what runs there. */
  private String production() throws IOException {
    Path prod = Files.createDirectories(temp.resolve("prod"));
    try (FilesystemTarget target = FilesystemTarget.at(prod)) {
      var source = cache.source(url).path("envs/prod").build();
      ReconcileReport report = Reconciler.builder(source, target).build().reconcile(call());
      assertThat(report.result()).isInstanceOf(PassResult.Done.class);
    }
    return Files.readString(prod.resolve("shop.yaml"))
        + Files.readString(prod.resolve("replicas.yaml"));
  }

  @Test
  void whatStagingHasGoesToProductionAndBack() throws IOException {
    Revision before = cache.source(url).build().latest(call());
    assertThat(production()).isEqualTo("version: 1\nreplicas: 9\n");

    GitWriteOutcome promoted = environments.promote("Promote shop 2", call());
    assertThat(promoted).isInstanceOf(GitWriteOutcome.Committed.class);
    assertThat(production()).isEqualTo("version: 2\nreplicas: 9\n");
    assertThat(environments.promote("Promote shop 2", call()))
        .isEqualTo(new GitWriteOutcome.NothingToDo(promoted.revision()));

    environments.rollBack(promoted.revision(), before, call());
    assertThat(production()).isEqualTo("version: 1\nreplicas: 9\n");
  }
}
