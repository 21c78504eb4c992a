package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.TestCertificate;
import io.github.gitops4j.testkit.git.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits for the servers that people run, before the eyes of the git that people use. */
class GitWriterIT {
  private static final TestKey HOST = TestKey.ed25519();
  private static final TestKey CLIENT = TestKey.ed25519();
  private static final TestKey SIGNER = TestKey.ed25519();
  private static final GitIdentity DEPLOYER = GitIdentity.of("Deployer", "deploy@example.com");

  @TempDir Path temp;
  private RealRepository repository;
  private RealGit bare;
  private HttpBackend http;
  private OpenSshServer ssh;
  private GitCache cache;
  private Path authority;
  private Path knownHosts;

  @BeforeEach
  void open() throws Exception {
    repository = RealRepository.create(temp.resolve("real"));
    bare = repository.bare();
    bare.run("config", "http.receivepack", "true");
    bare.run("config", "receive.fsckObjects", "true");
    TestCertificate certificate = TestCertificate.valid();
    authority = certificate.writeAuthority(temp.resolve("ca.pem"));
    http = HttpBackend.start(repository.root(), certificate, "deploy", "right");
    ssh = OpenSshServer.start(temp.resolve("sshd"), HOST, CLIENT);
    knownHosts = Files.writeString(temp.resolve("known_hosts"), ssh.knownHostsLine(HOST) + "\n");
    cache = GitCache.open(temp.resolve("cache"), JGitIsolation.install());
  }

  @AfterEach
  void close() {
    cache.close();
    ssh.close();
    http.close();
  }

  private GitSource source(String protocol) {
    return protocol.equals("https")
        ? cache
            .source(http.url("team/shop.git"))
            .caFile(authority)
            .credentials(() -> GitCredentials.basic("deploy", Sensitive.of("right")))
            .build()
        : cache
            .source(ssh.url(bare.directory()))
            .knownHosts(knownHosts)
            .credentials(() -> GitCredentials.sshKey(Sensitive.of(CLIENT.privateText())))
            .build();
  }

  private static CallContext call() {
    return CallContext.withTimeout(Duration.ofMinutes(2));
  }

  private String head() throws Exception {
    return bare.run("rev-parse", "main");
  }

  private static GitChange edit(Revision seen, String content) {
    return GitChange.edit(seen).put("lf.txt", content.getBytes(UTF_8)).build();
  }

  private static Map<String, String> below(Map<String, String> files, String directory) {
    Map<String, String> below = new TreeMap<>();
    files.forEach(
        (path, file) -> {
          if (path.startsWith(directory + "/")) {
            below.put(path.substring(directory.length() + 1), file);
          }
        });
    return below;
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh"})
  void whatIsPromotedAndRolledBackIsWhatGitSays(String protocol) throws Exception {
    GitSource source = source(protocol);
    GitWriter writer = GitWriter.builder(source, DEPLOYER).build();
    Revision seen = source.latest(call());
    Revision promoted =
        writer
            .write(
                GitChange.promotion(GitScope.of(seen, ""), GitScope.of(seen, "copy/of/all"))
                    .keeping("dir/**"),
                "Copy all",
                call())
            .revision();
    assertThat(promoted.id()).isEqualTo(head());
    Map<String, String> expected = new TreeMap<>(bare.list(seen.id()));
    expected.keySet().removeIf(path -> path.startsWith("dir/"));
    assertThat(below(bare.list("main"), "copy/of/all")).isEqualTo(expected);
    assertThat(bare.run("log", "-1", "--format=%(trailers)|%an|%ce", "main"))
        .isEqualTo("Promoted-from: " + seen + " .\n|Deployer|deploy@example.com");

    String broken = repository.commit("dir/with space", "broken\n");
    Revision bad = source.latest(call());
    assertThat(bad.id()).isEqualTo(broken);
    writer.write(GitChange.rollback(GitScope.of(bad, "dir"), seen), "Roll back", call());
    assertThat(below(bare.list("main"), "dir")).isEqualTo(below(bare.list(seen.id()), "dir"));
    assertThat(bare.run("log", "-1", "--format=%(trailers:key=Rolled-back-to,valueonly)", "main"))
        .isEqualTo(seen.id());
    assertThat(bare.run("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  private void hook(String name, String script) throws IOException {
    Path hook = bare.directory().resolve("hooks").resolve(name);
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh"})
  void aHookThatRefusesIsQuoted(String protocol) throws Exception {
    hook("pre-receive", "echo 'main is frozen until Monday' >&2; exit 1\n");
    GitSource source = source(protocol);
    Revision seen = source.latest(call());
    GitWriteException e =
        catchThrowableOfType(
            GitWriteException.class,
            () ->
                GitWriter.builder(source, DEPLOYER)
                    .build()
                    .write(edit(seen, "x"), "Change", call()));
    assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
    assertThat(e)
        .hasMessageContaining("pre-receive hook declined")
        .hasMessageContaining("main is frozen until Monday");
    assertThat(head()).isEqualTo(seen.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh"})
  void anotherPusherIsFollowed(String protocol) throws Exception {
    GitSource source = source(protocol);
    Revision seen = source.latest(call());
    GitWriter writer =
        GitWriter.builder(source, DEPLOYER)
            .signingKey(
                () -> {
                  pushOnce();
                  return GitSigningKey.ssh(Sensitive.of(SIGNER.privateText()));
                })
            .build();
    Revision made = writer.write(edit(seen, "mine\n"), "Change", call()).revision();
    assertThat(made.id()).isEqualTo(head());
    assertThat(bare.run("show", "main:lf.txt")).isEqualTo("mine");
    assertThat(bare.run("show", "main:crlf.txt")).isEqualTo("theirs");
    assertThat(bare.run("rev-list", "--count", seen.id() + "..main")).isEqualTo("2");
  }

  private void pushOnce() {
    try {
      if (!Files.exists(temp.resolve("pushed"))) {
        Files.createFile(temp.resolve("pushed"));
        repository.commit("crlf.txt", "theirs\n");
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBranchThatIsLockedIsTriedAgain() throws Exception {
    Path lock = Files.createFile(bare.directory().resolve("refs/heads/main.lock"));
    GitSource source = source("https");
    Revision seen = source.latest(call());
    RetryPolicy retries =
        RetryPolicy.builder()
            .pause(
                (time, call) -> {
                  try {
                    Files.deleteIfExists(lock);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .build();
    GitWriter writer = GitWriter.builder(source, DEPLOYER).retries(retries).build();
    assertThat(writer.write(edit(seen, "x"), "Change", call()).revision().id()).isEqualTo(head());
  }

  @Test
  void gitVerifiesASignatureOfSsh() throws Exception {
    Path signers =
        Files.writeString(temp.resolve("signers"), "deploy@example.com " + SIGNER.publicLine());
    GitSource source = source("https");
    GitWriter.builder(source, DEPLOYER)
        .signingKey(() -> GitSigningKey.ssh(Sensitive.of(SIGNER.privateText())))
        .build()
        .write(edit(source.latest(call()), "x"), "Change", call());
    bare.run("-c", "gpg.ssh.allowedSignersFile=" + signers, "verify-commit", "main");
    assertThat(
            bare.run(
                "-c",
                "gpg.ssh.allowedSignersFile=" + signers,
                "log",
                "-1",
                "--format=%G? %GS",
                "main"))
        .isEqualTo("G deploy@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sesame"})
  void gitVerifiesASignatureOfGpg(String passphrase) throws Exception {
    try (RealGpg gpg = RealGpg.create()) {
      Sensitive<String> key = Sensitive.of(gpg.newKey("Deployer <deploy@example.com>", passphrase));
      GitSource source = source("https");
      GitWriter.builder(source, DEPLOYER)
          .signingKey(
              () ->
                  passphrase.isEmpty()
                      ? GitSigningKey.openPgp(key)
                      : GitSigningKey.openPgp(key, Sensitive.of(passphrase)))
          .build()
          .write(edit(source.latest(call()), "x"), "Change", call());
      bare.run("-c", "gpg.program=" + gpg.program(), "verify-commit", "main");
      assertThat(
              bare.run("-c", "gpg.program=" + gpg.program(), "log", "-1", "--format=%GS", "main"))
          .isEqualTo("Deployer <deploy@example.com>");
    }
  }
}
