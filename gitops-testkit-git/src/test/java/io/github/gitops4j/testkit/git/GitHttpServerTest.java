package io.github.gitops4j.testkit.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GitHttpServerTest {
  private Path temp;
  private TestRepository repository;

  @BeforeEach
  void create(@TempDir Path directory) {
    temp = directory;
    repository = TestRepository.create(temp.resolve("origin"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void servesClonesAndFetches() throws Exception {
    String one = repository.commit().putMany("apps", 300, n -> "number: " + n + "\n").create();
    try (GitHttpServer server = GitHttpServer.builder().start();
        Git git = new JGitClient().clone(server.serve("team/app", repository), temp.resolve("c"))) {
      assertThat(JGitClient.branch(git, "main")).isEqualTo(one);
      assertThat(server.requests().count(RequestKind.INFO_REFS)).isEqualTo(1);
      assertThat(server.requests().count(RequestKind.LS_REFS)).isEqualTo(1);
      assertThat(server.requests().count(RequestKind.FETCH)).isEqualTo(1);
      assertThat(server.requests().bytesSent()).isGreaterThan(10_000);
      assertThat(server.requests().all())
          .allSatisfy(request -> assertThat(request.sentAuthorization()).isFalse())
          .first()
          .extracting(RecordedRequest::method, RecordedRequest::path)
          .containsExactly("GET", "/team/app.git/info/refs?service=git-upload-pack");

      String two = repository.commit().put("new", "file").create();
      repository.refs().branch("old", one);
      new JGitClient().fetch(git);
      assertThat(JGitClient.branch(git, "main")).isEqualTo(two);
      assertThat(JGitClient.branch(git, "old")).isEqualTo(one);
    }
  }

  @Test
  void servesAnEmptyRepository() throws Exception {
    try (GitHttpServer server = GitHttpServer.builder().start();
        Git git = new JGitClient().clone(server.serve("empty", repository), temp.resolve("c"))) {
      assertThat(git.getRepository().getRefDatabase().getRefs()).isEmpty();
    }
  }

  @Test
  void takesPushesOnOption() throws Exception {
    String one = repository.commit().put("a", "1").create();
    try (GitHttpServer server = GitHttpServer.builder().allowPush().start()) {
      URI url = server.serve("app", repository);
      try (Git git = new JGitClient().clone(url, temp.resolve("clone"));
          TestRepository clone = TestRepository.open(temp.resolve("clone"))) {
        String two = clone.commit().put("b", "2").create();
        new JGitClient().push(git, two, "refs/heads/main");

        assertThat(repository.refs().find("refs/heads/main")).contains(two).isNotEqualTo(one);
        assertThat(server.requests().count(RequestKind.RECEIVE_PACK)).isEqualTo(1);
      }
    }
  }

  @Test
  void refusesPushesByDefault() throws Exception {
    String one = repository.commit().put("a", "1").create();
    try (GitHttpServer server = GitHttpServer.builder().start();
        Git git = new JGitClient().clone(server.serve("app", repository), temp.resolve("clone"))) {
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(() -> new JGitClient().push(git, one, "refs/heads/other"))
          .withMessageContaining("not permitted");
    }
    assertThat(repository.refs().find("refs/heads/other")).isEmpty();
  }

  @Test
  void asksForBasicAuthentication() throws Exception {
    repository.commit().put("a", "1").create();
    HttpAccess access = new HttpAccess.Basic("robot", "pass:word");
    try (GitHttpServer server = GitHttpServer.builder().access(access).start()) {
      URI url = server.serve("app", repository);
      JGitClient right = new JGitClient().basic("robot", "pass:word");

      assertRefused(new JGitClient(), url);
      assertRefused(new JGitClient().basic("robot", "wrong"), url);
      server.requests().clear();
      try (Git git = right.clone(url, temp.resolve("clone"))) {
        assertThat(server.requests().all())
            .extracting(RecordedRequest::sentAuthorization)
            .startsWith(false, true);
        server.access(new HttpAccess.Basic("robot", "next"));
        assertThatExceptionOfType(TransportException.class).isThrownBy(() -> right.fetch(git));
      }
    }
    assertThat(access.toString()).doesNotContain("pass:word");
  }

  @Test
  void asksForABearerToken() throws Exception {
    repository.commit().put("a", "1").create();
    HttpAccess access = new HttpAccess.Bearer("t0ken");
    try (GitHttpServer server = GitHttpServer.builder().access(access).start()) {
      URI url = server.serve("app", repository);

      assertRefused(new JGitClient().header("Authorization", "Bearer other"), url);
      new JGitClient()
          .header("Authorization", "Bearer t0ken")
          .clone(url, temp.resolve("clone"))
          .close();
    }
    assertThat(access.toString()).doesNotContain("t0ken");
  }

  @Test
  void servesTlsToWhoTrustsItsAuthority() throws Exception {
    String id = repository.commit().put("a", "1").create();
    TestCertificate certificate = TestCertificate.valid();
    try (GitHttpServer server = GitHttpServer.builder().tls(certificate).start()) {
      URI url = server.serve("app", repository);
      try (Git git =
          new JGitClient().trust(certificate.authority()).clone(url, temp.resolve("clone"))) {
        assertThat(JGitClient.branch(git, "main")).isEqualTo(id);
      }
      assertRefused(new JGitClient(), url);
      assertRefused(new JGitClient().trust(TestCertificate.valid().authority()), url);
      assertThat(status(certificate, server.url("app"))).isEqualTo(200);
      assertThat(status(certificate, server.urlOnOtherHost("app"))).isEqualTo(200);
    }
  }

  @Test
  void showsCertificatesThatClientsMustRefuse() {
    for (TestCertificate bad :
        new TestCertificate[] {TestCertificate.expired(), TestCertificate.forOtherHost()}) {
      try (GitHttpServer server = GitHttpServer.builder().tls(bad).start()) {
        URI url = server.serve("app", repository);
        assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> status(bad, url));
      }
    }
  }

  @Test
  void forgetsWithdrawnRepositories() {
    try (GitHttpServer server = GitHttpServer.builder().start()) {
      URI url = server.serve("app", repository);
      server.withdraw("app");

      assertRefused(new JGitClient(), url);
      assertThat(server.requests().count(RequestKind.INFO_REFS)).isEqualTo(1);
    }
  }

  private void assertRefused(JGitClient client, URI url) {
    assertThatExceptionOfType(GitAPIException.class)
        .isThrownBy(() -> client.clone(url, temp.resolve("refused")).close());
  }

  private static int status(TestCertificate certificate, URI url) throws Exception {
    URI refs = URI.create(url + "/info/refs?service=git-upload-pack");
    HttpClient client = HttpClient.newBuilder().sslContext(certificate.clientContext()).build();
    return client
        .send(
            HttpRequest.newBuilder(refs).timeout(Duration.ofSeconds(20)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
