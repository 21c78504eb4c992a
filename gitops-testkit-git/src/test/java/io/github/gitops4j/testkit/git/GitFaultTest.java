package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class GitFaultTest {
  private Path temp;
  private TestRepository repository;
  private GitHttpServer server;
  private URI url;
  private int clones;

  @BeforeEach
  void start(@TempDir Path directory) {
    temp = directory;
    repository = TestRepository.create(temp.resolve("origin"));
    repository.commit().putMany("apps", 200, n -> "number: " + n * 7919L + "\n").create();
    server = GitHttpServer.builder().start();
    url = server.serve("app", repository);
  }

  @AfterEach
  void stop() {
    server.close();
    repository.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 403, 404, 429, 500, 503})
  void answersWithAStatus(int code) throws Exception {
    server.faults().next(new GitFault.Status(code, Optional.of(Duration.ofSeconds(7))));

    HttpURLConnection answer = open();
    assertThat(answer.getResponseCode()).isEqualTo(code);
    assertThat(answer.getHeaderField("Retry-After")).isEqualTo("7");
    assertThat(open().getResponseCode()).isEqualTo(200);
  }

  @Test
  void failsTheNextRequestOfAKindOnly() throws Exception {
    server.faults().next(RequestKind.FETCH, GitFault.Status.of(500));

    assertThat(open().getResponseCode()).isEqualTo(200);
    assertCloneFails();
    cloneSoundly();
  }

  @Test
  void failsAlwaysUntilCleared() throws Exception {
    server.faults().always(RequestKind.INFO_REFS, GitFault.Status.of(503));

    assertCloneFails();
    assertCloneFails();
    server.faults().clear();
    cloneSoundly();
  }

  @Test
  void prefersTheNewestStandingOrder() throws Exception {
    server.faults().always(GitFault.Status.of(500)).always(GitFault.Status.of(503));

    assertThat(open().getResponseCode()).isEqualTo(503);
  }

  @Test
  void answersWithAPage() throws Exception {
    server.faults().always(new GitFault.HtmlPage());

    HttpURLConnection answer = open();
    assertThat(answer.getContentType()).startsWith("text/html");
    assertThat(answer.getInputStream()).asString(UTF_8).contains("<html>");
    assertCloneFails();
  }

  @Test
  void givesTheSoundAnswerUnderAnotherType() throws Exception {
    server.faults().always(new GitFault.ContentType("application/octet-stream"));

    HttpURLConnection answer = open();
    assertThat(answer.getContentType()).isEqualTo("application/octet-stream");
    assertThat(answer.getInputStream().readAllBytes()).isNotEmpty();
    assertCloneFails();
  }

  @Test
  void redirects() throws Exception {
    URI other = server.urlOnOtherHost("app");
    server.faults().next(new GitFault.Redirect(URI.create(other + "/info/refs")));

    HttpURLConnection answer = open();
    answer.setInstanceFollowRedirects(false);
    assertThat(answer.getResponseCode()).isEqualTo(302);
    assertThat(answer.getHeaderField("Location")).isEqualTo(other + "/info/refs");
    assertThat(other.getHost()).isNotEqualTo(url.getHost());
  }

  @Test
  void resetsAfterSomeBytesOfTheBody() throws Exception {
    server.faults().always(new GitFault.ResetAfter(100));

    try (InputStream body = open().getInputStream()) {
      assertThat(body.readNBytes(100)).hasSize(100);
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(body::read)
          .withMessageContaining("reset");
    }
    assertCloneFails();
  }

  @Test
  void resetsInMidPackAtEveryPlace() throws Exception {
    cloneSoundly();
    long size = server.requests().bytesSent();
    for (long at = 0; at < size; at += size / 10) {
      server.faults().next(RequestKind.FETCH, new GitFault.ResetAfter(at / 2));
      assertCloneFails();
    }
    cloneSoundly();
  }

  @Test
  void truncatesInGoodForm() throws Exception {
    server.faults().next(new GitFault.TruncateAfter(100));

    assertThat(open().getInputStream().readAllBytes()).hasSize(100);
    server.faults().next(RequestKind.FETCH, new GitFault.TruncateAfter(1_000));
    assertCloneFails();
    cloneSoundly();
  }

  @Test
  void staysSilentUntilClosed() throws Exception {
    server.faults().always(new GitFault.Silent());

    HttpURLConnection answer = open();
    answer.setReadTimeout(100);
    assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(answer::getResponseCode);
    server.close();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> open().getResponseCode());
  }

  @Test
  void answersSlowly() throws Exception {
    server.faults().next(new GitFault.Slow(2_000));

    long start = System.nanoTime();
    int size = open().getInputStream().readAllBytes().length;
    Duration least = Duration.ofMillis(size * 1_000L / 2_000 / 2);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(least);
  }

  @Test
  void sendsAPackWithoutEnd() throws Exception {
    long cap = 20L << 20;
    server.faults().next(RequestKind.FETCH, GitFault.EndlessPack.of(cap));

    assertCloneFails();
    assertThat(server.requests().bytesSent()).isGreaterThan(cap);
    cloneSoundly();
  }

  @Test
  void sendsAPackWithoutEndToOneWhoHasSomething() throws Exception {
    try (Git git = cloneInto("first")) {
      repository.commit().put("more", "x").create();
      long cap = 1L << 20;
      server.faults().always(RequestKind.FETCH, GitFault.EndlessPack.of(cap));
      server.requests().clear();

      assertThatExceptionOfType(GitAPIException.class)
          .isThrownBy(() -> new JGitClient().fetch(git));
      assertThat(server.requests().bytesSent()).isGreaterThan(cap);
    }
  }

  @Test
  void sendsGarbage() throws Exception {
    server.faults().always(new GitFault.Garbage(100_000));

    HttpURLConnection answer = open();
    assertThat(answer.getContentType()).isEqualTo("application/x-git-upload-pack-advertisement");
    byte[] first = answer.getInputStream().readAllBytes();
    assertThat(first).hasSize(100_000).isEqualTo(open().getInputStream().readAllBytes());
    assertCloneFails();
  }

  @Test
  void failsBelowHttp() throws Exception {
    server.tcp().next(new TcpFault.Reset(TcpFault.Direction.TO_CLIENT, 0));

    assertThatExceptionOfType(SocketException.class).isThrownBy(this::postWithoutRetry);
    cloneSoundly();
  }

  @Test
  void servesDamage() throws Exception {
    repository.pack();
    repository.damage().truncatePack(500);

    assertCloneFails();
  }

  @Test
  void wantsCredentialsBeforeItFails() throws Exception {
    server.access(new HttpAccess.Bearer("t"));
    server.faults().next(GitFault.Status.of(500));

    assertThat(open().getResponseCode()).isEqualTo(401);
    server.access(new HttpAccess.Anonymous());
    assertThat(open().getResponseCode()).isEqualTo(500);
  }

  @Test
  void refusesFaultsThatMeanNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> GitFault.Status.of(99));
    assertThatIllegalArgumentException().isThrownBy(() -> new GitFault.Slow(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new GitFault.ResetAfter(-1));
  }

  private HttpURLConnection open() throws IOException {
    return (HttpURLConnection)
        URI.create(url + "/info/refs?service=git-upload-pack").toURL().openConnection();
  }

  /** The JDK's client repeats a GET that was reset, but not a streamed POST. */
  private void postWithoutRetry() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + "/git-upload-pack").toURL().openConnection();
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(4);
    connection.getOutputStream().write(new byte[] {'0', '0', '0', '0'});
    connection.getResponseCode();
  }

  private Git cloneInto(String name) throws GitAPIException {
    return new JGitClient().clone(url, temp.resolve(name));
  }

  private void cloneSoundly() throws GitAPIException {
    clones++;
    cloneInto("sound-" + clones).close();
  }

  private void assertCloneFails() {
    clones++;
    assertThatExceptionOfType(GitAPIException.class)
        .isThrownBy(() -> cloneInto("failed-" + clones).close());
  }
}
