package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.testkit.git.TestCertificate;
import io.github.gitops4j.testkit.git.TestKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the servers that people run, with a repository made by the git that people use. */
class RealServersIT {
  private static final String USER = "deploy";
  private static final String PASSWORD = "right";
  private static final TestKey HOST = TestKey.ed25519();
  private static final TestKey CLIENT = TestKey.ed25519();

  @TempDir Path temp;
  private RealRepository repository;
  private HttpBackend http;
  private OpenSshServer ssh;
  private GitCache cache;
  private Path authority;
  private Path knownHosts;

  @BeforeEach
  void open() throws Exception {
    repository = RealRepository.create(temp.resolve("real"));
    TestCertificate certificate = TestCertificate.valid();
    authority = certificate.writeAuthority(temp.resolve("ca.pem"));
    http = HttpBackend.start(repository.root(), certificate, USER, PASSWORD);
    ssh = OpenSshServer.start(temp.resolve("sshd"), HOST, CLIENT);
    knownHosts = Files.writeString(temp.resolve("known_hosts"), ssh.knownHostsLine(HOST) + "\n");
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowFile().build();
  }

  @AfterEach
  void close() {
    cache.close();
    ssh.close();
    http.close();
  }

  private GitSource.Builder source(String protocol) {
    return switch (protocol) {
      case "https" -> https(PASSWORD).caFile(authority);
      case "ssh" -> overSsh(CLIENT);
      default -> cache.source(GitUrl.parse(repository.bare().directory().toUri().toString()));
    };
  }

  private GitSource.Builder https(String password) {
    return cache
        .source(http.url("team/shop.git"))
        .credentials(password, () -> GitCredentials.basic(USER, Sensitive.of(password)));
  }

  private GitSource.Builder overSsh(TestKey key) {
    return cache
        .source(ssh.url(repository.bare().directory()))
        .knownHosts(knownHosts)
        .credentials(() -> GitCredentials.sshKey(Sensitive.of(key.privateText())));
  }

  private static CallContext call() {
    return CallContext.withTimeout(Duration.ofMinutes(2));
  }

  /** Pulls, and compares every mode, id and byte with what git says. */
  private Revision pullAndCompare(GitSource source) throws Exception {
    Revision latest = source.latest(call());
    SourceTree tree = source.fetch(latest, call()).tree();
    Map<String, String> listed = new HashMap<>();
    Map<String, TreeEntry> entries = new HashMap<>();
    tree.forEach(
        entry -> {
          listed.put(entry.path(), entry.mode().octal() + " " + entry.contentId());
          entries.put(entry.path(), entry);
        },
        call());
    assertThat(listed).isEqualTo(repository.bare().list(latest.id()));
    Set<String> ids = new TreeSet<>();
    for (TreeEntry entry : entries.values()) {
      if (entry.mode() != FileMode.SUBMODULE) {
        ids.add(entry.contentId());
      }
    }
    Map<String, byte[]> blobs = repository.bare().blobs(ids);
    for (TreeEntry entry : entries.values()) {
      if (entry.mode() != FileMode.SUBMODULE) {
        byte[] blob = requireNonNull(blobs.get(entry.contentId()), entry.path());
        assertThat(bytes(tree, entry)).as(entry.path()).isEqualTo(blob);
        assertThat(tree.size(entry)).isEqualTo(blob.length);
      }
    }
    return latest;
  }

  private static byte[] bytes(SourceTree tree, TreeEntry entry) throws IOException {
    try (InputStream in = tree.open(entry)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh", "file"})
  void whatIsReadEqualsWhatGitSays(String protocol) throws Exception {
    GitSource source = source(protocol).build();
    Revision first = pullAndCompare(source);
    String second = repository.commit("lf.txt", "three\n");
    assertThat(pullAndCompare(source).id()).isEqualTo(second);

    String third = repository.rewind("crlf.txt", "other\r\n");
    Revision rewound = pullAndCompare(source);
    assertThat(rewound.id()).isEqualTo(third);
    RevisionOrder order = source.order();
    Revision gone = new Revision(rewound.ref(), second);
    assertThat(order.relation(rewound, gone, call())).isEqualTo(RevisionOrder.Relation.DIVERGED);
    assertThat(order.relation(rewound, first, call())).isEqualTo(RevisionOrder.Relation.AHEAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh", "file"})
  void withoutHistoryTheSameIsRead(String protocol) throws Exception {
    repository.tagTwice("v1.0.0-rc.1", "v1.0.0");
    pullAndCompare(source(protocol).ref(GitRef.tag("v1.0.0")).shallow().build());
    GitSource source = source(protocol).shallow().build();
    Revision first = pullAndCompare(source);
    repository.commit("lf.txt", "three\n");
    pullAndCompare(source);
    String last = repository.rewind("crlf.txt", "other\r\n");
    assertThat(pullAndCompare(source).id()).isEqualTo(last);

    repository.bare().run("config", "uploadpack.allowReachableSHA1InWant", "true");
    GitSource another = source(protocol).shallow().credentials("x", credentials(protocol)).build();
    pullAndCompare(another);
    assertThat(another.fetch(first, call()).tree().find("lf.txt", call())).isPresent();
  }

  private Supplier<GitCredentials> credentials(String protocol) {
    return switch (protocol) {
      case "https" -> () -> GitCredentials.basic(USER, Sensitive.of(PASSWORD));
      case "ssh" -> () -> GitCredentials.sshKey(Sensitive.of(CLIENT.privateText()));
      default -> GitCredentials::none;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh"})
  void tenThousandFilesThenOne(String protocol) throws Exception {
    repository.commitMany(10_000);
    GitSource source = source(protocol).build();
    pullAndCompare(source);
    repository.bare().run("repack", "-a", "-d", "--quiet");
    repository.commit("many/42/f4242", "changed\n");
    pullAndCompare(source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh", "file"})
  void aTagOfATagAmongPackedRefs(String protocol) throws Exception {
    repository.tagTwice("v1.0.0-rc.1", "v1.0.0");
    String head = repository.bare().run("rev-parse", "main");
    GitSource tag = source(protocol).ref(GitRef.tag("v1.0.0")).build();
    assertThat(pullAndCompare(tag)).isEqualTo(new Revision("refs/tags/v1.0.0", head));
    GitSource range = source(protocol).ref(GitRef.semver("^1")).build();
    assertThat(range.latest(call())).isEqualTo(new Revision("refs/tags/v1.0.0", head));
  }

  private static FailureCategory failure(GitSource source) {
    return catchThrowableOfType(GitOpsException.class, () -> source.latest(call())).category();
  }

  @Test
  void anAuthorityOrPasswordThatIsWrongIsRefused() {
    assertThat(failure(https(PASSWORD).build())).isEqualTo(FailureCategory.FORBIDDEN);
    assertThat(failure(https("wrong").caFile(authority).build()))
        .isEqualTo(FailureCategory.UNAUTHENTICATED);
  }

  @Test
  void aHostKeyOrClientKeyThatIsWrongIsRefused() throws IOException {
    assertThat(failure(overSsh(TestKey.ed25519()).build()))
        .isEqualTo(FailureCategory.UNAUTHENTICATED);
    Files.writeString(knownHosts, ssh.knownHostsLine(TestKey.ed25519()) + "\n");
    assertThat(failure(overSsh(CLIENT).build())).isEqualTo(FailureCategory.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ssh"})
  void aRepositoryThatIsNotThereIsNotFound(String protocol) {
    GitSource.Builder missing =
        protocol.equals("https")
            ? cache
                .source(http.url("team/nothing.git"))
                .caFile(authority)
                .credentials(() -> GitCredentials.basic(USER, Sensitive.of(PASSWORD)))
            : cache
                .source(ssh.url(repository.root().resolve("nothing.git")))
                .knownHosts(knownHosts)
                .credentials(() -> GitCredentials.sshKey(Sensitive.of(CLIENT.privateText())));
    assertThat(failure(missing.build())).isEqualTo(FailureCategory.NOT_FOUND);
  }
}
