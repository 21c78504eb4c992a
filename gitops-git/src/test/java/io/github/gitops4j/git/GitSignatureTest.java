package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Trust;
import io.github.gitops4j.testkit.git.ObjectKind;
import io.github.gitops4j.testkit.git.TestKey;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSignatureTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final Instant TIME = Instant.parse("2026-06-01T12:00:00Z");
  private static final TestKey KEY = TestKey.ed25519();

  @TempDir Path temp;
  private TestRepository repository;
  private GitCache cache;
  private Path signers;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowFile().build();
    signers = temp.resolve("signers");
    allow("pat@example.com " + KEY.publicLine());
  }

  @AfterEach
  void close() {
    cache.close();
    repository.close();
  }

  private void allow(String text) {
    try {
      Files.writeString(signers, "# who may sign\n\n" + text + "\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String commit(Function<byte[], String> signer) {
    return repository.commit().put("a", "1").time(TIME).signer(signer).create();
  }

  private Provenance fetch(GitVerification rules, GitRef ref) {
    GitSource source =
        cache.source(GitUrl.parse(repository.uri().toString())).ref(ref).verify(rules).build();
    return source.fetch(source.latest(CALL), CALL).provenance();
  }

  private Provenance fetch() {
    return fetch(GitVerification.ofCommits(signers), GitRef.branch("main"));
  }

  private static void refused(String commit, String why, Runnable fetch) {
    SourceException e = catchThrowableOfType(SourceException.class, fetch::run);
    assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
    assertThat(e).hasMessageContaining(commit).hasMessageContaining(why);
  }

  static Stream<TestKey> keys() {
    return Stream.of(TestKey.ed25519(), TestKey.ecdsa(), TestKey.rsa());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aCommitSignedByAnAllowedKeyIsVerified(TestKey key) {
    allow("\"pat@example.com,p@example.org\" namespaces=\"file,git\" " + key.publicLine());
    commit(SshSigning.by(key));
    Provenance provenance = fetch();
    assertThat(provenance.trust()).isEqualTo(Trust.VERIFIED);
    assertThat(provenance.signer().orElse("")).startsWith("pat@example.com,p@example.org (SHA256:");
  }

  @Test
  void anUnsignedCommitIsRefused() {
    String commit = repository.commit().put("a", "1").create();
    refused(commit, "it is not signed", this::fetch);
  }

  @Test
  void aSignatureOfAnotherContentIsRefused() {
    String other = SshSigning.by(KEY).apply("something else".getBytes(UTF_8));
    refused(commit(any -> other), "does not match its content", this::fetch);
  }

  @Test
  void aCommitWithASignatureInItsMessageIsRefused() {
    String text = SshSigning.by(KEY).apply("x".getBytes(UTF_8)).replace("\n", "\n ");
    String commit = repository.commit().put("a", "1").message("x\n\ngpgsig " + text).create();
    refused(commit, "it is not signed", this::fetch);
  }

  @Test
  void aKeyThatIsNotListedIsRefused() {
    refused(commit(SshSigning.by(TestKey.ed25519())), "not one of the allowed", this::fetch);
    refused(
        repository.commit().put("b", "1").time(TIME).signer(SshSigning.by(TestKey.rsa())).create(),
        "SHA256:",
        this::fetch);
  }

  @Test
  void aRevokedKeyIsRefusedAlthoughItIsListed() throws IOException {
    Path revoked = Files.writeString(temp.resolve("revoked"), KEY.publicLine() + "\n");
    String commit = commit(SshSigning.by(KEY));
    GitVerification rules = GitVerification.ofCommits(signers).withRevoked(revoked);
    refused(commit, "is revoked", () -> fetch(rules, GitRef.branch("main")));
  }

  @Test
  void anAuthorityOfCertificatesIsNotASigner() {
    allow("* cert-authority " + KEY.publicLine());
    refused(commit(SshSigning.by(KEY)), "not one of the allowed", this::fetch);
  }

  @ParameterizedTest
  @CsvSource({
    "'namespaces=\"file\"', may not sign for git",
    "'namespaces=\"*,!git\"', may not sign for git",
    "'valid-after=\"20260602\"', was not valid yet",
    "'valid-before=\"202606011159Z\"', was no longer valid",
    "'namespaces=\"git\",valid-before=\"20260601115959\"', was no longer valid"
  })
  void aKeyThatMayNotSignThisIsRefused(String options, String why) {
    allow("pat@example.com " + options + " " + KEY.publicLine());
    refused(commit(SshSigning.by(KEY)), why, this::fetch);
  }

  @Test
  void aKeyWithinItsTimeIsAccepted() {
    allow(
        "pat@example.com valid-after=\"20260601\",valid-before=\"20260602Z\" " + KEY.publicLine());
    commit(SshSigning.by(KEY));
    assertThat(fetch().trust()).isEqualTo(Trust.VERIFIED);
  }

  @Test
  void aSignatureForAnotherPurposeIsRefused() {
    refused(commit(SshSigning.by(KEY, "file")), "for the namespace file", this::fetch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rubbish",
        "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----",
        "-----BEGIN SSH SIGNATURE-----\n!\n-----END SSH SIGNATURE-----",
        "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----",
        "-----BEGIN PGP SIGNATURE-----",
        "-----BEGIN SIGNED MESSAGE-----\nMIIB\n-----END SIGNED MESSAGE-----"
      })
  void whatIsNoSignatureIsRefused(String text) {
    refused(commit(any -> text), "signature", this::fetch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pat@example.com",
        "pat@example.com ssh-ed25519 AAAA",
        "pat@example.com no-such-option ssh-ed25519 AAAA",
        "pat@example.com valid-after=\"soon\" ssh-ed25519 AAAA",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\nAAAA"
      })
  void aFileOfSignersThatIsNotUnderstoodIsNamedWithItsLine(String text) {
    commit(SshSigning.by(KEY));
    allow(text);
    InvalidInputException e = catchThrowableOfType(InvalidInputException.class, () -> fetch());
    assertThat(e.line()).isBetween(3, 5);
  }

  @Test
  void aFileOfSignersThatIsNotThereLetsNobodyPass() throws IOException {
    commit(SshSigning.by(KEY));
    Files.delete(signers);
    assertThat(catchThrowableOfType(InvalidInputException.class, () -> fetch()))
        .hasMessageContaining("reading signers failed");
  }

  private String tag(String inside, String name, String commit, Function<byte[], String> signer) {
    String text =
        "object %s\ntype commit\ntag %s\ntagger Pat <pat@example.com> %d +0000\n\nrelease\n"
            .formatted(commit, inside, TIME.getEpochSecond());
    byte[] raw = (text + signer.apply(text.getBytes(UTF_8))).getBytes(UTF_8);
    String id = repository.writeRaw(ObjectKind.TAG, raw);
    repository.refs().tag(name, id);
    return id;
  }

  private Provenance fetchTag(String name) {
    return fetch(GitVerification.ofTags(signers), GitRef.tag(name));
  }

  @Test
  void aSignedTagIsVerified() {
    String commit = repository.commit().put("a", "1").create();
    tag("v1", "v1", commit, SshSigning.by(KEY));
    assertThat(fetchTag("v1").signer().orElse("")).startsWith("pat@example.com");
  }

  @Test
  void aTagThatIsNotSignedAsDemandedIsRefused() {
    String commit = commit(SshSigning.by(KEY));
    tag("v1", "v1", commit, any -> "");
    refused(commit, "it is not signed", () -> fetchTag("v1"));
    tag("v1", "v2", commit, SshSigning.by(KEY));
    refused(commit, "made under another name", () -> fetchTag("v2"));
    repository.refs().tag("light", commit);
    refused(commit, "not an annotated tag", () -> fetchTag("light"));
    refused(
        commit,
        "it is not a tag",
        () -> fetch(GitVerification.ofTags(signers), GitRef.branch("main")));
    tag("v3", "v3", commit, any -> SshSigning.by(KEY).apply("other".getBytes(UTF_8)));
    refused(commit, "does not match its content", () -> fetchTag("v3"));
  }

  @Test
  void anOpenPgpSignatureIsVerifiedBesideSshKeys() throws Exception {
    PgpSigning pgp = PgpSigning.key(TIME.minusSeconds(60), Duration.ofDays(1));
    allow("pat@example.com " + KEY.publicLine() + "\n" + pgp.armoredKey());
    commit(pgp.at(TIME));
    assertThat(fetch().signer().orElse("")).startsWith("Pat <pat@example.com> (");
    commit(SshSigning.by(KEY));
    assertThat(fetch().trust()).isEqualTo(Trust.VERIFIED);
  }

  @Test
  void anOpenPgpSignatureThatIsNotGoodIsRefused() throws Exception {
    PgpSigning pgp = PgpSigning.key(TIME.minusSeconds(60), Duration.ofDays(1));
    refused(commit(pgp.at(TIME)), "not one of the allowed", this::fetch);
    allow(pgp.armoredKey());
    String other = pgp.at(TIME).apply("else".getBytes(UTF_8));
    refused(commit(any -> other), "does not match its content", this::fetch);
    refused(commit(pgp.at(TIME.plus(Duration.ofDays(2)))), "had expired", this::fetch);
    refused(commit(pgp.at(TIME.minusSeconds(3600))), "not valid yet", this::fetch);
    allow(pgp.revoke().armoredKey());
    refused(commit(pgp.at(TIME)), "is revoked", this::fetch);
  }
}
