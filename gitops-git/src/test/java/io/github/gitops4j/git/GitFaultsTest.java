package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.testkit.fault.BlackHole;
import io.github.gitops4j.testkit.git.GitFault;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.HttpAccess;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitFaultsTest {
  private static final String SECRET = "s3cr3t-pa55word";

  @TempDir Path temp;
  private TestRepository repository;
  private GitHttpServer server;
  private GitCache cache;
  private GitUrl url;

  @BeforeEach
  void open() {
    JGitIsolation isolation = JGitIsolation.install();
    repository = TestRepository.create(temp.resolve("origin.git"));
    repository.commit().putMany("apps", 200, n -> "content " + n).create();
    server = GitHttpServer.builder().start();
    url = GitUrl.parse(server.serve("shop", repository).toString());
    cache = GitCache.builder(temp.resolve("cache"), isolation).allowFile().allowHttp().build();
  }

  @AfterEach
  void close() {
    cache.close();
    server.close();
    repository.close();
  }

  private static CallContext call() {
    return CallContext.withTimeout(Duration.ofSeconds(30));
  }

  private GitSource source() {
    return cache.source(url).build();
  }

  private void pull(GitSource source, CallContext call) {
    source.fetch(source.latest(call), call);
  }

  private GitOpsException failure(GitSource source, CallContext call) {
    return catchThrowableOfType(GitOpsException.class, () -> pull(source, call));
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(401, FailureCategory.UNAUTHENTICATED),
        Arguments.of(403, FailureCategory.FORBIDDEN),
        Arguments.of(404, FailureCategory.NOT_FOUND),
        Arguments.of(429, FailureCategory.UNAVAILABLE),
        Arguments.of(500, FailureCategory.UNAVAILABLE),
        Arguments.of(503, FailureCategory.UNAVAILABLE));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void aStatusHasItsCategory(int status, FailureCategory category) {
    server.faults().always(GitFault.Status.of(status));
    assertThat(failure(source(), call()).category()).isEqualTo(category);
    server.faults().clear();
    pull(source(), call());
  }

  /** JGit's messages hold the URL, and so whatever is in the name of a repository. */
  @ParameterizedTest
  @MethodSource("statuses")
  void theNameOfARepositoryDecidesNoCategory(int status, FailureCategory category) {
    String name = "404-403-401/not%20found/not%20authorized:%20Cannot%20log%20in%20at%20x";
    GitUrl misleading = GitUrl.parse(server.url(name).toString());
    server.faults().always(GitFault.Status.of(status));
    GitOpsException e = failure(cache.source(misleading).build(), call());
    assertThat(e.category()).isEqualTo(category);
  }

  @Test
  void aRedirectWithoutEndIsNotFollowed() {
    server.faults().always(new GitFault.Redirect(server.url("shop")));
    assertThat(failure(source(), call()).category()).isEqualTo(FailureCategory.FORBIDDEN);
  }

  @Test
  void aRepositoryThatIsNotThere() {
    GitUrl other = GitUrl.parse(server.url("nothing").toString());
    GitOpsException e = failure(cache.source(other).build(), call());
    assertThat(e.category()).isEqualTo(FailureCategory.NOT_FOUND);
  }

  @Test
  void aFileThatIsNoRepository() {
    GitUrl other = GitUrl.parse(temp.resolve("nothing.git").toUri().toString());
    GitOpsException e = failure(cache.source(other).build(), call());
    assertThat(e.category()).isEqualTo(FailureCategory.NOT_FOUND);
  }

  @Test
  void anEmptyRepositoryIsNotAnEmptyDesiredState() {
    try (TestRepository empty = TestRepository.create(temp.resolve("empty.git"))) {
      GitUrl other = GitUrl.parse(server.serve("empty", empty).toString());
      GitOpsException e = failure(cache.source(other).build(), call());
      assertThat(e.category()).isEqualTo(FailureCategory.NOT_FOUND);
    }
  }

  @Test
  void aRefThatIsGone() {
    GitSource source = source();
    pull(source, call());
    repository.refs().delete("refs/heads/main");
    assertThat(failure(source, call()).category()).isEqualTo(FailureCategory.NOT_FOUND);
  }

  @Test
  void aWrongPasswordIsNeitherAcceptedNorPrinted() {
    server.access(new HttpAccess.Basic("user", "right"));
    GitSource source =
        cache
            .source(url)
            .credentials(() -> GitCredentials.basic("user", Sensitive.of(SECRET)))
            .build();
    GitOpsException e = failure(source, call());
    assertThat(e.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(String.valueOf(e.getMessage())).doesNotContain(SECRET);
  }

  @Test
  void credentialsThatCannotBeHadAreSaidWithoutWhatTheirSupplierThrew() {
    GitOpsException thrown =
        failure(
            cache
                .source(url)
                .credentials(
                    () -> {
                      throw new IllegalStateException(SECRET);
                    })
                .build(),
            call());
    assertThat(thrown.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(thrown)
        .hasMessage(
            url
                + ": fetching failed: getting credentials failed: "
                + "unexpected java.lang.IllegalStateException");
    GitOpsException nothing =
        failure(cache.source(url).credentials("nobody", () -> nothing()).build(), call());
    assertThat(nothing.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(nothing)
        .hasMessage(url + ": fetching failed: getting credentials failed: the supplier gave null");
    assertThat(server.requests().all()).isEmpty();
  }

  @SuppressWarnings("NullAway")
  private static GitCredentials nothing() {
    return null;
  }

  @Test
  void passwordAndBearerTokenAreSent() {
    server.access(new HttpAccess.Basic("user", SECRET));
    pull(
        cache
            .source(url)
            .credentials("a", () -> GitCredentials.basic("user", Sensitive.of(SECRET)))
            .build(),
        call());
    server.access(new HttpAccess.Bearer(SECRET));
    pull(
        cache
            .source(url)
            .credentials("b", () -> GitCredentials.bearer(Sensitive.of(SECRET)))
            .build(),
        call());
  }

  @Test
  void aRedirectToAnotherHostGetsNothing() {
    try (GitHttpServer foreign = GitHttpServer.builder().start()) {
      URI elsewhere = foreign.serve("shop", repository);
      server.faults().always(new GitFault.Redirect(elsewhere));
      GitSource source =
          cache.source(url).credentials(() -> GitCredentials.bearer(Sensitive.of(SECRET))).build();
      GitOpsException e = failure(source, call());
      assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
      assertThat(foreign.requests().all()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100, 1000, 3000})
  void aConnectionThatBreaksLeavesNothingHalf(long bytes) {
    server.faults().next(RequestKind.FETCH, new GitFault.ResetAfter(bytes));
    GitSource source = source();
    assertThat(failure(source, call())).isNotNull();
    pull(source, call());
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 500, 2000})
  void aPackThatIsCutIsRefused(long bytes) {
    server.faults().next(RequestKind.FETCH, new GitFault.TruncateAfter(bytes));
    GitSource source = source();
    assertThat(failure(source, call())).isNotNull();
    pull(source, call());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -30, 200, 2000})
  void anObjectThatIsCorruptAtTheRemoteIsRefused(long offset) {
    repository.pack();
    repository.damage().flipPackByte(offset);
    GitSource source = source();
    GitOpsException e = failure(source, call());
    assertThat(e.retryable()).isTrue();
    repository.damage().flipPackByte(offset);
    pull(source, call());
  }

  @Test
  void aRemoteThatIsDamagedCostsNothingThatIsHere() {
    GitSource source = source();
    Revision good = source.latest(call());
    pull(source, call());
    String broken = repository.commit().put("apps/new", "new").create();
    repository.damage().deleteLoose(repository.treeOf(broken));
    assertThat(failure(source, call()).retryable()).isTrue();
    long before = server.requests().count(RequestKind.FETCH);
    SourceTree tree = source.fetch(good, call()).tree();
    assertThat(tree.names("", call())).containsExactly("apps");
    assertThat(server.requests().count(RequestKind.FETCH)).isEqualTo(before);
  }

  @Test
  void anObjectThatIsMalformedIsRefused() {
    String tree = repository.treeOf(repository.commit().put("a", "1").create());
    String commit =
        repository.commitRaw(("tree " + tree + "\nauthor A <a@b> 1 +0000\n\nm\n").getBytes(UTF_8));
    repository.refs().branch("main", commit);
    GitSource source = source();
    assertThat(failure(source, call())).hasMessageContaining("fetching failed");
    repository.refs().branch("main", repository.commit("other").put("b", "1").create());
    pull(source, call());
  }

  @Test
  void aSilentServerEndsAtTheDeadline() {
    server.faults().always(new GitFault.Silent());
    GitOpsException e = failure(source(), CallContext.withTimeout(Duration.ofMillis(700)));
    assertThat(e.category()).isEqualTo(FailureCategory.TIMEOUT);
  }

  @Test
  void aServerThatTakesNoConnectionEndsAtTheDeadline() {
    try (BlackHole away = BlackHole.open()) {
      GitUrl nowhere = GitUrl.parse("http://127.0.0.1:" + away.port() + "/shop.git");
      GitOpsException e =
          failure(cache.source(nowhere).build(), CallContext.withTimeout(Duration.ofMillis(300)));
      assertThat(e.category()).isEqualTo(FailureCategory.TIMEOUT);
    }
  }

  @Test
  void cancellingEndsATransfer() {
    server.faults().always(new GitFault.Silent());
    Cancellation cancellation = new Cancellation();
    CallContext call =
        CallContext.builder().cancellation(cancellation).timeout(Duration.ofMinutes(5)).build();
    CompletableFuture<GitOpsException> result =
        CompletableFuture.supplyAsync(() -> failure(source(), call));
    cancellation.cancel();
    assertThat(result.join().category()).isEqualTo(FailureCategory.CANCELLED);
  }

  @Test
  void aServerThatSendsWithoutEndIsLeft() {
    server.faults().always(RequestKind.FETCH, GitFault.EndlessPack.of(64 << 20));
    try (GitCache small =
        GitCache.builder(temp.resolve("small"), JGitIsolation.install())
            .allowHttp()
            .limits(new GitLimits(1 << 20, Duration.ofSeconds(30)))
            .build()) {
      GitOpsException e = failure(small.source(url).build(), call());
      assertThat(e.category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
    }
  }

  @Test
  void aPackThatDeclaresTwoBillionObjectsIsAFailureAndNotTheEnd() {
    server.faults().always(RequestKind.FETCH, new GitFault.EndlessPack(1 << 20, Integer.MAX_VALUE));
    assertThat(failure(source(), call()).category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
  }

  @Test
  void aWebPageIsNoRepository() {
    server.faults().always(new GitFault.HtmlPage());
    assertThat(failure(source(), call())).isNotNull();
  }

  @Test
  void anUnknownCommitIsNotFound() {
    Revision unknown = new Revision("refs/heads/main", "1".repeat(40));
    assertThatThrownBy(() -> source().fetch(unknown, call()))
        .hasMessageContaining("does not have it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:s3cr3t-pa55word@example.com/x.git",
        "https://user@example.com/x",
        "ext::sh -c id",
        "ssh://-oProxyCommand=x/y",
        "-oProxyCommand=x",
        "https://example.com/x\nHost: y",
        "git://example.com/x",
        "ftp://example.com/x",
        "https://example.com/x?token=s3cr3t-pa55word",
        "https:///x",
        "https://example.com",
        "/etc/passwd",
        "https://ex\u00e4mple.com/x"
      })
  void aUrlThatIsNotPlainIsRefusedAndItsPasswordNotPrinted(String text) {
    assertThatThrownBy(() -> GitUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void aSchemeThatIsNotAllowedIsRefused() {
    try (GitCache strict = GitCache.open(temp.resolve("strict"), JGitIsolation.install())) {
      assertThatThrownBy(() -> strict.source(url)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
