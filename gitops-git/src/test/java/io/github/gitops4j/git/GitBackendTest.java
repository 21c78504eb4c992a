package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.Backend;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.HttpAccess;
import io.github.gitops4j.testkit.git.TestCertificate;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitBackendTest {
  private static final String SECRET = "s3cr3t-pa55word";

  @TempDir Path temp;
  private TestRepository repository;
  private GitCache cache;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    repository.commit().put("envs/a.yaml", "a: 1\n").put("envs/b.txt", "b").create();
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowHttp().build();
  }

  @AfterEach
  void close() {
    cache.close();
    repository.close();
  }

  private static CallContext call() {
    return CallContext.withTimeout(Duration.ofSeconds(30));
  }

  private TreeSource source(String git) {
    return source(git, "");
  }

  private TreeSource source(String git, String beside) {
    String yaml =
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: shop}
        spec:
          source:
            git: %s
            %s
          target: {none: {}}
        """
            .formatted(git, beside);
    return ApplicationReader.of(
            List.of(GitBackend.bind(() -> cache)),
            List.of(
                Backend.bind(
                    "none",
                    settings ->
                        () -> {
                          throw new AssertionError("the target is not opened");
                        })))
        .read(temp.resolve("app.yaml").toString(), yaml.getBytes(StandardCharsets.UTF_8))
        .get(0)
        .openSource();
  }

  private static List<String> paths(TreeSource source) {
    FetchedTree fetched = source.fetch(source.latest(call()), call());
    List<String> paths = new ArrayList<>();
    fetched.tree().forEach(entry -> paths.add(entry.path()), call());
    return paths;
  }

  @Test
  void opensWhatTheFileSays() throws IOException {
    Files.writeString(temp.resolve("password"), SECRET + "\n");
    try (GitHttpServer server =
        GitHttpServer.builder().access(new HttpAccess.Basic("me", SECRET)).start()) {
      TreeSource source =
          source(
              "{url: '%s', ref: main, path: envs, include: ['*.yaml'], exclude: ['c*'], %s}"
                  .formatted(
                      server.serve("shop", repository),
                      "auth: {username: me, passwordFile: password}"));
      assertThat(paths(source)).containsExactly("a.yaml");
    }
  }

  @Test
  void fetchesNoHistoryIfTheFileSaysSo() {
    repository.commit().put("envs/a.yaml", "a: 2\n").create();
    try (GitHttpServer server = GitHttpServer.builder().start()) {
      URI url = server.serve("shop", repository);
      TreeSource source = source("{url: '%s', path: envs, shallow: true}".formatted(url));
      assertThat(paths(source)).containsExactly("a.yaml", "b.txt");
      assertThat(((GitSource) source).isShallow()).isTrue();
    }
  }

  @Test
  void followsARangeOfVersions() {
    repository.refs().tag("v1.4.0", repository.commit().put("envs/c.yaml", "c: 1\n").create());
    repository.refs().tag("v2.0.0", repository.commit().put("envs/d.yaml", "d: 1\n").create());
    try (GitHttpServer server = GitHttpServer.builder().start()) {
      URI url = server.serve("shop", repository);
      TreeSource source = source("{url: '%s', semver: '>=1.2 <2', path: envs}".formatted(url));
      assertThat(paths(source)).containsExactly("a.yaml", "b.txt", "c.yaml");
    }
  }

  @Test
  void aTokenThatIsReplacedInItsFileIsUsed() throws IOException {
    Files.writeString(temp.resolve("token"), "expired");
    HttpAccess current = new HttpAccess.Basic("x-access-token", SECRET);
    try (GitHttpServer server = GitHttpServer.builder().access(current).start()) {
      TreeSource source =
          source(
              "{url: '%s', auth: {tokenFile: token}}".formatted(server.serve("shop", repository)));
      GitOpsException e = catchThrowableOfType(GitOpsException.class, () -> paths(source));
      assertThat(e.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
      Files.writeString(temp.resolve("token"), SECRET);
      assertThat(paths(source)).hasSize(2);
    }
  }

  @Test
  void aMissingOrEmptySecretIsNamedByItsFile() throws IOException {
    TreeSource source = source("{url: 'http://127.0.0.1:1/x', auth: {tokenFile: token}}");
    SourceException missing = catchThrowableOfType(SourceException.class, () -> paths(source));
    assertThat(missing.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(missing).hasMessageContaining("token: reading a secret failed");
    Files.writeString(temp.resolve("token"), "\n");
    SourceException empty = catchThrowableOfType(SourceException.class, () -> paths(source));
    assertThat(empty).hasMessageContaining("it is empty");
  }

  @Test
  void onlyTheAuthoritiesOfTheFileVouchForTheServer() {
    TestCertificate certificate = TestCertificate.valid();
    certificate.writeAuthority(temp.resolve("ca.pem"));
    TestCertificate.valid().writeAuthority(temp.resolve("other.pem"));
    try (GitHttpServer server = GitHttpServer.builder().tls(certificate).start()) {
      String url = server.serve("shop", repository).toString();
      assertThat(paths(source("{url: '%s', caFile: ca.pem}".formatted(url)))).hasSize(2);
      for (String untrusting : List.of("{url: '%s', caFile: other.pem}", "{url: '%s'}")) {
        GitOpsException e =
            catchThrowableOfType(
                GitOpsException.class, () -> paths(source(untrusting.formatted(url))));
        assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
      }
    }
  }

  @Test
  void aCertificateOfAnotherHostOrOfThePastIsRefused() {
    for (TestCertificate bad : List.of(TestCertificate.forOtherHost(), TestCertificate.expired())) {
      bad.writeAuthority(temp.resolve("ca.pem"));
      try (GitHttpServer server = GitHttpServer.builder().tls(bad).start()) {
        String git = "{url: '%s', caFile: ca.pem}".formatted(server.serve("shop", repository));
        GitOpsException e = catchThrowableOfType(GitOpsException.class, () -> paths(source(git)));
        assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{url: 'https://me:s3cr3t-pa55word@example.com/x'} | no user or password",
        "{url: 'git://example.com/x'} | a repository URL begins with",
        "{ref: main} | source.git.url: missing",
        "{url: 'https://example.com/x', ref: 'a..b'} | source.git.ref: expected",
        "{url: 'https://example.com/x', semver: '>=1.2, foo'} | source.git.semver: expected",
        "{url: 'https://example.com/x', ref: v1, semver: '1.x'} | expected either ref or semver",
        "{url: 'https://example.com/x', path: '../y'} | source.git.path: expected",
        "{url: 'https://example.com/x', include: ['/a']} | source.git.include: expected",
        "{url: 'https://example.com/x', branch: main} | source.git.branch: unknown key",
        "{url: 'https://example.com/x', auth: {}} | source.git.auth: expected either",
        "{url: 'https://example.com/x', auth: {username: me}} | source.git.auth: expected either",
        "{url: 'https://example.com/x', auth: {token: s3cr3t-pa55word}} | auth.token: unknown key",
        "{url: 'https://example.com/x', auth: {tokenFile: a, username: b, passwordFile: c}} |"
            + " source.git.auth: expected either"
      })
  void whatIsWrongIsSaidWithItsLine(String git, String problem) {
    InvalidInputException e = catchThrowableOfType(InvalidInputException.class, () -> source(git));
    assertThat(e.line()).isBetween(5, 6);
    List<String> all = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
    for (Throwable other : e.getSuppressed()) {
      all.add(String.valueOf(other.getMessage()));
    }
    assertThat(String.join("\n", all)).contains(problem).doesNotContain(SECRET);
  }

  @Test
  void verifyStandsBesideGit() throws IOException {
    try (GitHttpServer server = GitHttpServer.builder().start()) {
      String git = "{url: '%s'}".formatted(server.serve("shop", repository));
      Files.writeString(temp.resolve("signers"), "");
      for (String mode : List.of("head", "tag")) {
        String verify = "verify: {mode: %s, allowedSigners: signers}".formatted(mode);
        SourceException e =
            catchThrowableOfType(SourceException.class, () -> paths(source(git, verify)));
        assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verify: {mode: head} | source.verify.allowedSigners: expected",
        "verify: {mode: some, allowedSigners: a} | source.verify.mode: expected head or tag",
        "verify: {allowedSigner: a} | source.verify.allowedSigner: unknown key",
        "verfy: {} | source.verfy: unknown key; did you mean verify?"
      })
  void aWrongVerifyIsAFindingAndNeverNoVerification(String beside, String problem) {
    InvalidInputException e =
        catchThrowableOfType(
            InvalidInputException.class, () -> source("{url: 'https://example.com/x'}", beside));
    List<String> all = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
    for (Throwable other : e.getSuppressed()) {
      all.add(String.valueOf(other.getMessage()));
    }
    assertThat(String.join("\n", all)).contains(problem);
  }

  @Test
  void aSchemeThatTheCacheForbidsIsASourceFailure() {
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> source("{url: 'file:///x'}"));
    assertThat(e.category()).isEqualTo(FailureCategory.INVALID_INPUT);
  }
}
