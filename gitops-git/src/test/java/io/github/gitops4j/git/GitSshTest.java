package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.GitSshServer;
import io.github.gitops4j.testkit.git.TcpFault;
import io.github.gitops4j.testkit.git.TestKey;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSshTest {
  @TempDir Path temp;
  private final TestKey key = TestKey.ed25519();
  private TestRepository repository;
  private GitSshServer server;
  private GitCache cache;
  private Path knownHosts;
  private GitUrl url;

  @BeforeEach
  void open() throws IOException {
    repository = TestRepository.create(temp.resolve("origin.git"));
    repository.commit().putMany("apps", 200, n -> "content " + n).create();
    server = GitSshServer.builder().authorize(key).start();
    url = GitUrl.parse(server.serve("shop", repository).toString());
    knownHosts = Files.writeString(temp.resolve("known_hosts"), server.knownHostsLine() + "\n");
    cache = GitCache.open(temp.resolve("cache"), JGitIsolation.install());
  }

  @AfterEach
  void close() {
    cache.close();
    server.close();
    repository.close();
  }

  private static CallContext call() {
    return CallContext.withTimeout(Duration.ofSeconds(60));
  }

  private GitSource source(GitCredentials credentials) {
    return cache.source(url).knownHosts(knownHosts).credentials(() -> credentials).build();
  }

  private static GitCredentials plain(TestKey key) {
    return GitCredentials.sshKey(Sensitive.of(key.privateText()));
  }

  private static void pull(GitSource source, CallContext call) {
    source.fetch(source.latest(call), call);
  }

  private GitOpsException failure(CallContext call) {
    return catchThrowableOfType(GitOpsException.class, () -> pull(source(plain(key)), call));
  }

  private GitOpsException refused() {
    GitOpsException e = failure(call());
    assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
    assertThat(server.commands()).isEmpty();
    return e;
  }

  static Stream<TestKey> keys() {
    return Stream.of(TestKey.ed25519(), TestKey.ecdsa(), TestKey.rsa());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKindOfKeyIsTakenOnBothSides(TestKey one) throws IOException {
    server.authorize(one);
    server.changeHostKey(one);
    Files.writeString(knownHosts, server.knownHostsLine() + "\n");
    pull(source(plain(one)), call());
    assertThat(server.commands()).isNotEmpty().allMatch(text -> text.startsWith("git-upload-pack"));
  }

  @Test
  void anEncryptedKeyNeedsItsPassphrase() {
    Sensitive<String> text = Sensitive.of(key.privateText("right"));
    pull(source(GitCredentials.sshKey(text, Sensitive.of("right"))), call());
    for (Optional<Sensitive<String>> bad :
        List.of(Optional.<Sensitive<String>>empty(), Optional.of(Sensitive.of("wrong")))) {
      GitSource source =
          cache
              .source(url)
              .knownHosts(knownHosts)
              .credentials("bad " + bad.isPresent(), () -> new GitCredentials.SshKey(text, bad))
              .build();
      GitOpsException e = catchThrowableOfType(GitOpsException.class, () -> source.latest(call()));
      assertThat(e.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
      assertThat(e).hasMessageContaining("passphrase is missing or wrong");
    }
  }

  @Test
  void aKeyThatCannotBeHadIsSaidWithoutWhatItsSupplierThrew() {
    GitSource source =
        cache
            .source(url)
            .knownHosts(knownHosts)
            .credentials(
                () -> {
                  throw new IllegalStateException("s3cr3t");
                })
            .build();
    GitOpsException e = catchThrowableOfType(GitOpsException.class, () -> source.latest(call()));
    assertThat(e.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(e)
        .hasMessageStartingWith(url + ": fetching failed: getting credentials failed: unexpected ")
        .hasMessageNotContaining("s3cr3t");
    assertThat(server.commands()).isEmpty();
  }

  @Test
  void aKeyThatTheServerDoesNotKnowIsUnauthenticated() {
    server.revokeAll();
    GitOpsException e = failure(call());
    assertThat(e.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    server.authorize(key);
    pull(source(plain(key)), call());
  }

  @Test
  void whatIsNoKeyIsSaidAndNotPrinted() {
    GitCredentials none = GitCredentials.sshKey(Sensitive.of("s3cr3t"));
    GitOpsException e =
        catchThrowableOfType(GitOpsException.class, () -> source(none).latest(call()));
    assertThat(e.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(e).hasMessageContaining("not a private key").hasMessageNotContaining("s3cr3t");
  }

  @Test
  void anUnknownHostIsRefusedAndNotLearned() throws IOException {
    Files.writeString(knownHosts, "example.com " + TestKey.ed25519().publicLine() + "\n");
    byte[] before = Files.readAllBytes(knownHosts);
    assertThat(refused()).hasMessageContaining("is not known").hasMessageContaining("SHA256:");
    assertThat(knownHosts).hasBinaryContent(before);
  }

  @Test
  void aChangedHostKeyIsRefusedUntilTheFileHasIt() throws IOException {
    server.changeHostKey(TestKey.ed25519());
    assertThat(refused()).hasMessageContaining("it has changed");
    Files.writeString(knownHosts, server.knownHostsLine() + "\n");
    pull(source(plain(key)), call());
  }

  @Test
  void aRevokedHostKeyIsRefusedAlthoughItIsListed() throws IOException {
    String line = server.knownHostsLine();
    Files.writeString(knownHosts, line + "\n@revoked " + line + "\n");
    assertThat(refused()).hasMessageContaining("is revoked");
  }

  @Test
  void anAuthorityOfCertificatesIsRefusedClearly() throws IOException {
    Files.writeString(knownHosts, "@cert-authority " + server.knownHostsLine() + "\n");
    assertThat(refused()).hasMessageContaining("host certificates are not supported");
  }

  @Test
  void aPortBelongsToTheName() throws IOException {
    String withoutPort = server.knownHostsLine().replaceFirst("\\[(.*)]:\\d+", "$1");
    Files.writeString(knownHosts, withoutPort + "\n");
    assertThat(refused()).hasMessageContaining("is not known");
  }

  @Test
  void aHashedNameIsFound() throws Exception {
    byte[] salt = "0123456789abcdefghij".getBytes(StandardCharsets.US_ASCII);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(salt, "HmacSHA1"));
    String name = "[127.0.0.1]:" + server.port();
    byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.US_ASCII));
    Base64.Encoder base64 = Base64.getEncoder();
    String hashed = "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(hash);
    Files.writeString(knownHosts, server.knownHostsLine().replace(name, hashed) + "\n");
    pull(source(plain(key)), call());
  }

  @ParameterizedTest
  @ValueSource(strings = {"what is this\n", "* ssh-ed25519 !!!\n"})
  void aFileThatIsNotUnderstoodLetsNobodyIn(String text) throws IOException {
    Files.writeString(knownHosts, text);
    refused();
    Files.delete(knownHosts);
    refused();
  }

  @Test
  void aSilentServerEndsAtTheDeadline() {
    server.tcp().always(new TcpFault.Stall(TcpFault.Direction.TO_CLIENT, 0));
    GitOpsException e = failure(CallContext.withTimeout(Duration.ofSeconds(1)));
    assertThat(e.category()).isEqualTo(FailureCategory.TIMEOUT);
  }

  @Test
  void cancellingEndsAConversation() {
    server.tcp().always(new TcpFault.Stall(TcpFault.Direction.TO_CLIENT, 0));
    Cancellation cancellation = new Cancellation();
    CallContext call =
        CallContext.builder().cancellation(cancellation).timeout(Duration.ofMinutes(5)).build();
    CompletableFuture<GitOpsException> result = CompletableFuture.supplyAsync(() -> failure(call));
    cancellation.cancel();
    assertThat(result.join().category()).isEqualTo(FailureCategory.CANCELLED);
  }

  @Test
  void aServerThatSendsTooMuchIsLeft() {
    try (GitCache small =
        GitCache.builder(temp.resolve("small"), JGitIsolation.install())
            .limits(new GitLimits(2000, Duration.ofSeconds(30)))
            .build()) {
      GitSource source =
          small.source(url).knownHosts(knownHosts).credentials(() -> plain(key)).build();
      GitOpsException e = catchThrowableOfType(GitOpsException.class, () -> pull(source, call()));
      assertThat(e.category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
    }
  }

  @Test
  void aRepositoryThatIsNotThere() {
    GitUrl other = GitUrl.parse(server.url("nothing").toString());
    GitSource source =
        cache.source(other).knownHosts(knownHosts).credentials(() -> plain(key)).build();
    GitOpsException e = catchThrowableOfType(GitOpsException.class, () -> pull(source, call()));
    assertThat(e.category()).isEqualTo(FailureCategory.NOT_FOUND);
  }

  @Test
  void sshNeedsKnownHosts() {
    assertThatThrownBy(() -> cache.source(url).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known hosts");
  }

  @Test
  void theTwoFormsOfAUrlAreKeptApart() {
    GitUrl home = GitUrl.parse("git@example.com:team/shop.git");
    assertThat(home.scheme()).isEqualTo("ssh");
    assertThat(home).hasToString("git@example.com:team/shop.git");
    assertThat(home).isNotEqualTo(GitUrl.parse("ssh://git@example.com/team/shop.git"));
    assertThat(home).isEqualTo(GitUrl.parse("git@example.com:team/shop"));
    assertThat(GitUrl.parse("ssh://git@example.com:22/a"))
        .isEqualTo(GitUrl.parse("ssh://git@Example.com/a.git"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh://example.com/x",
        "ssh://git:s3cr3t@example.com/x",
        "ssh://-oProxyCommand=x@example.com/x",
        "git@-oProxyCommand=x:y",
        "git@example.com:-x",
        "git@example.com:",
        "git:s3cr3t@example.com:x",
        "example.com:x"
      })
  void aUrlThatIsNotPlainIsRefused(String text) {
    assertThatThrownBy(() -> GitUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cr3t");
  }

  private GitWriteOutcome write(Revision seen) {
    GitChange change = GitChange.edit(seen).put("new", new byte[] {'1'}).build();
    return GitWriter.builder(source(plain(key)), GitIdentity.of("A", "a@example.com"))
        .build()
        .write(change, "Add a file", call());
  }

  @Test
  void aCommitIsPushedOnlyWhereThatIsPermitted() {
    Revision seen = source(plain(key)).latest(call());
    GitWriteException e = catchThrowableOfType(GitWriteException.class, () -> write(seen));
    assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
    try (GitSshServer writable = GitSshServer.builder().authorize(key).allowPush().start()) {
      url = GitUrl.parse(writable.serve("shop", repository).toString());
      Files.writeString(knownHosts, writable.knownHostsLine() + "\n");
      Revision made = write(seen).revision();
      assertThat(repository.refs().find("refs/heads/main")).contains(made.id());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
