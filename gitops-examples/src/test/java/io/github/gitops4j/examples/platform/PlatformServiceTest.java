package io.github.gitops4j.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.control.Application;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileListener;
import io.github.gitops4j.testkit.git.TestRepository;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformServiceTest {
  @TempDir Path directory;
  private TestRepository repository;
  private GitCache cache;
  private FilesystemTarget target;
  private PlatformService service;

  @BeforeEach
  void start() throws Exception {
    Path live = Files.createDirectory(directory.resolve("live"));
    repository = TestRepository.create(directory.resolve("shop.git"));
    cache =
        GitCache.builder(directory.resolve("cache"), JGitIsolation.install()).allowFile().build();
    target = FilesystemTarget.at(live);
    service = PlatformService.start();
  }

  @AfterEach
  void stop() {
    service.close();
    target.close();
    cache.close();
    repository.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  @Test
  void keepsAnApplicationRightAndLooksWhenItIsTold() throws Exception {
    GitUrl url = GitUrl.parse(repository.uri().toString());
    repository.commit().put("port.conf", "80").create();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch passes = new CountDownLatch(2);
    service.keep(
        Application.builder("shop", cache.source(url).build(), target)
            .interval(Duration.ofHours(1))
            .reconciler(
                builder ->
                    builder.listener(
                        event -> {
                          if (event instanceof ReconcileEvent.PassEnded) {
                            first.countDown();
                            passes.countDown();
                          }
                        }))
            .build());
    assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();

    repository.commit().put("port.conf", "8080").create();
    HttpResponse<String> look =
        send(to("/look").POST(HttpRequest.BodyPublishers.ofString(url.toString())));

    assertThat(look.statusCode()).isEqualTo(202);
    assertThat(passes.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(directory.resolve("live/port.conf"))).isEqualTo("8080");
    assertThat(send(to("/look").POST(HttpRequest.BodyPublishers.ofString("no"))).statusCode())
        .isEqualTo(404);
  }

  @Test
  void showsHowItsApplicationsStandAndWhatWasDone() throws Exception {
    repository.commit().put("port.conf", "80").create();
    CountDownLatch passed = new CountDownLatch(1);
    GitUrl url = GitUrl.parse(repository.uri().toString());
    service.keep(
        Application.builder("shop", cache.source(url).build(), target)
            .reconciler(builder -> builder.listener(whenPassed(passed)))
            .build());
    assertThat(passed.await(30, TimeUnit.SECONDS)).isTrue();

    HttpResponse<String> page = send(to("/"));
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(send(to("/api/applications")).body()).contains("\"name\":\"shop\"");
    assertThat(send(to("/api/applications/shop/history")).body())
        .contains("\"planned\":{\"CREATE\":1}");
    assertThat(send(to("/healthz")).statusCode()).isEqualTo(200);
    assertThat(send(to("/").DELETE()).statusCode()).isEqualTo(405);
  }

  private static ReconcileListener whenPassed(CountDownLatch passed) {
    return event -> {
      if (event instanceof ReconcileEvent.PassEnded) {
        passed.countDown();
      }
    };
  }
}
