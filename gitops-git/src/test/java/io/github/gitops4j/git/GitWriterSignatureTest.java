package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.Trust;
import io.github.gitops4j.testkit.git.TestKey;
import io.github.gitops4j.testkit.git.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commits of a writer before the eyes of our own verifier. */
class GitWriterSignatureTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final Instant TIME = Instant.parse("2026-06-01T12:00:00Z");
  private static final TestKey KEY = TestKey.ed25519();

  @TempDir Path temp;
  private TestRepository repository;
  private GitCache cache;
  private Path signers;
  private GitSource source;
  private Revision seen;

  @BeforeEach
  void open() throws Exception {
    repository = TestRepository.create(temp.resolve("origin.git"));
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowFile().build();
    signers = temp.resolve("signers");
    allow("pat@example.com " + KEY.publicLine());
    source =
        cache
            .source(GitUrl.parse(repository.uri().toString()))
            .verify(GitVerification.ofCommits(signers))
            .build();
    repository.commit().put("a", "1").time(TIME).signer(SshSigning.by(KEY)).create();
    seen = source.latest(CALL);
  }

  @AfterEach
  void close() {
    cache.close();
    repository.close();
  }

  private void allow(String text) throws Exception {
    Files.writeString(signers, "pat@example.com " + KEY.publicLine() + "\n" + text + "\n");
  }

  private GitWriter writer(GitSource from, Supplier<GitSigningKey> key) {
    return GitWriter.builder(from, GitIdentity.of("Deployer", "deploy@example.com"))
        .clock(InstantSource.fixed(TIME))
        .signingKey(key)
        .build();
  }

  private GitChange change(String content) {
    return GitChange.edit(seen).put("a", content.getBytes(UTF_8)).build();
  }

  private static GitSigningKey ssh(TestKey key) {
    return GitSigningKey.ssh(Sensitive.of(key.privateText()));
  }

  static Stream<TestKey> keys() {
    return Stream.of(TestKey.ed25519(), TestKey.ecdsa(), TestKey.rsa());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aCommitSignedByAnyKeyOfSshIsVerified(TestKey key) throws Exception {
    allow("robot@example.com " + key.publicLine());
    Revision made = writer(source, () -> ssh(key)).write(change("2"), "Change a", CALL).revision();
    assertThat(source.fetch(made, CALL).provenance().signer().orElse(""))
        .startsWith("robot@example.com (SHA256:");
  }

  @Test
  void aKeyThatCannotBeHadIsSaidWithoutWhatItsSupplierThrew() {
    GitWriter writer =
        writer(
            source,
            () -> {
              throw new IllegalStateException("s3cr3t");
            });
    GitWriteException e =
        catchThrowableOfType(
            GitWriteException.class, () -> writer.write(change("2"), "Change a", CALL));
    assertThat(e.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(e)
        .hasMessage("getting the signing key failed: unexpected java.lang.IllegalStateException");
  }

  @Test
  void anEncryptedKeyIsOpenedByItsPassphrase() {
    Sensitive<String> encrypted = Sensitive.of(KEY.privateText("sesame"));
    Revision made =
        writer(source, () -> GitSigningKey.ssh(encrypted, Sensitive.of("sesame")))
            .write(change("2"), "Change a", CALL)
            .revision();
    assertThat(source.fetch(made, CALL).provenance().trust()).isEqualTo(Trust.VERIFIED);
    seen = made;
    refused(
        writer(source, () -> GitSigningKey.ssh(encrypted, Sensitive.of("wrong"))),
        FailureCategory.UNAUTHENTICATED);
    refused(
        writer(source, () -> GitSigningKey.ssh(Sensitive.of("no key"))),
        FailureCategory.UNAUTHENTICATED);
  }

  private GitOpsException refused(GitWriter writer, FailureCategory category) {
    String before = repository.refs().find("refs/heads/main").orElseThrow();
    GitOpsException e =
        catchThrowableOfType(
            GitOpsException.class, () -> writer.write(change("9"), "Change a", CALL));
    assertThat(e.category()).isEqualTo(category);
    assertThat(repository.refs().find("refs/heads/main")).contains(before);
    return e;
  }

  @Test
  void aCommitSignedByOpenPgpIsVerified() throws Exception {
    PgpSigning pgp = PgpSigning.key(TIME.minusSeconds(60), Duration.ofDays(1));
    allow(pgp.armoredKey());
    Sensitive<String> armored = Sensitive.of(pgp.armoredSecretKey("sesame"));
    Revision made =
        writer(source, () -> GitSigningKey.openPgp(armored, Sensitive.of("sesame")))
            .write(change("2"), "Change a", CALL)
            .revision();
    assertThat(source.fetch(made, CALL).provenance().signer().orElse(""))
        .startsWith("Pat <pat@example.com> (");
    seen = made;
    GitOpsException e =
        refused(
            writer(source, () -> GitSigningKey.openPgp(armored, Sensitive.of("wrong"))),
            FailureCategory.UNAUTHENTICATED);
    assertThat(e).hasNoCause();
    refused(
        writer(source, () -> GitSigningKey.openPgp(Sensitive.of("no key"))),
        FailureCategory.UNAUTHENTICATED);
  }

  @Test
  void aTipThatIsNotSignedAsDemandedGetsNoSignedCommitOnTop() {
    String unsigned = repository.commit().put("b", "evil").create();
    GitOpsException e = refused(writer(source, () -> ssh(KEY)), FailureCategory.FORBIDDEN);
    assertThat(e).hasMessageContaining(unsigned).hasMessageContaining("not signed");
  }

  @Test
  void whatIsPromotedHasToBeSignedAsDemanded() {
    String unsigned = repository.commit("staging").unrelated().put("a", "evil").create();
    GitScope staging = GitScope.of(new Revision("refs/heads/staging", unsigned), "");
    GitChange promotion = GitChange.promotion(staging, GitScope.of(seen, "prod"));
    GitOpsException e =
        catchThrowableOfType(
            GitOpsException.class,
            () -> writer(source, () -> ssh(KEY)).write(promotion, "Promote", CALL));
    assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
    assertThat(e).hasMessageContaining(unsigned);
  }

  @Test
  void keysAreNotPrinted() {
    assertThat(GitSigningKey.openPgp(Sensitive.of("secret"), Sensitive.of("sesame")).toString())
        .doesNotContain("secret")
        .doesNotContain("sesame");
    assertThat(ssh(KEY).toString()).doesNotContain("OPENSSH");
  }
}
