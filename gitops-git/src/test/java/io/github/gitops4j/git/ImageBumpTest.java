package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.EntryMode;
import io.github.gitops4j.testkit.git.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit that gives an image another version. */
class ImageBumpTest {
  private static final String SHOP = "ghcr.io/acme/shop";
  private static final String SHA = "sha256:" + "0a".repeat(32);
  private static final String DEPLOYMENT =
      """
      # ghcr.io/acme/shop:1.0 was the first
      kind: Deployment
      spec:
        template:
          spec:
            initContainers:
            - {name: a, image: 'ghcr.io/acme/shop:1.0'}   # by hand
            containers:
            - name: b
              image: ghcr.io/acme/shop:1.0@%s
              args: ["ghcr.io/acme/shop:1.0"]
            - image: ghcr.io/acme/shop-tools:1.0
            - image: ghcr.io/acme/shop
      """
          .formatted(SHA);

  @TempDir Path temp;
  private ServedRepository served;
  private TestRepository repository;
  private GitWriter writer;
  private String seen;

  @BeforeEach
  void open() {
    served = ServedRepository.writable(temp);
    repository = served.repository();
    writer =
        GitWriter.builder(served.source().build(), GitIdentity.of("Deployer", "deploy@example.com"))
            .build();
    seen =
        repository
            .commit()
            .put("prod/web/deployment.yaml", DEPLOYMENT)
            .put("prod/job.json", "{\"image\":\t\"ghcr.io/acme/shop:1.0\"}\n")
            .put("prod/notes.txt", "image: ghcr.io/acme/shop:1.0\n")
            .put("prod/run.yml", ("image: " + SHOP).getBytes(UTF_8), EntryMode.EXECUTABLE)
            .put("prod/chart.yaml", "{{ if x }}\nimage: other\n{{ end }}\n")
            .symlink("prod/link.yaml", "run.yml")
            .put("staging/deployment.yaml", DEPLOYMENT)
            .create();
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static Revision main(String id) {
    return new Revision("refs/heads/main", id);
  }

  private static CallContext call() {
    return CallContext.withTimeout(Duration.ofMinutes(1));
  }

  private String tip() {
    return repository.refs().find("refs/heads/main").orElseThrow();
  }

  private Map<String, String> files(String commit) {
    return CommitView.of(repository, commit).files();
  }

  private String text(String path) {
    return CommitView.text(repository, requireNonNull(files(tip()).get(path)));
  }

  private Set<String> changed() {
    Map<String, String> before = files(seen);
    Map<String, String> after = files(tip());
    assertThat(after).containsOnlyKeys(before.keySet());
    after.entrySet().removeAll(before.entrySet());
    return after.keySet();
  }

  private GitChange bump(String path, String version) {
    return GitChange.imageBump(GitScope.of(main(seen), path), SHOP, version);
  }

  private GitWriteOutcome write(GitChange change) {
    return writer.write(change, "Deploy it", call());
  }

  private GitWriteException refused(GitChange change) {
    String before = tip();
    GitWriteException e = catchThrowableOfType(GitWriteException.class, () -> write(change));
    assertThat(tip()).isEqualTo(before);
    return e;
  }

  @Test
  void givesEachFieldTheVersionAndTouchesNothingElse() {
    assertThat(write(bump("prod", "2.0"))).isEqualTo(new GitWriteOutcome.Committed(main(tip())));

    String meant =
        DEPLOYMENT
            .replace("'ghcr.io/acme/shop:1.0'", "'ghcr.io/acme/shop:2.0'")
            .replace("image: ghcr.io/acme/shop:1.0@" + SHA, "image: ghcr.io/acme/shop:2.0")
            .replace("image: ghcr.io/acme/shop\n", "image: ghcr.io/acme/shop:2.0\n");
    assertThat(text("prod/web/deployment.yaml")).isEqualTo(meant);
    assertThat(text("prod/job.json")).isEqualTo("{\"image\":\t\"ghcr.io/acme/shop:2.0\"}\n");
    assertThat(text("prod/run.yml")).isEqualTo("image: ghcr.io/acme/shop:2.0");
    assertThat(changed())
        .containsExactlyInAnyOrder("prod/web/deployment.yaml", "prod/job.json", "prod/run.yml");
    assertThat(files(tip()).get("prod/run.yml")).startsWith("100755 ");
    assertThat(CommitView.of(repository, tip()).message())
        .isEqualTo("Deploy it\n\nBumped-image: ghcr.io/acme/shop:2.0\n");
  }

  @ParameterizedTest
  @CsvSource({"v2-rc.1, :v2-rc.1", "DIGEST, @DIGEST", "2.0@DIGEST, :2.0@DIGEST"})
  void theVersionIsATagOrADigestOrBoth(String version, String meant) {
    write(bump("prod", version.replace("DIGEST", SHA)));
    assertThat(text("prod/run.yml")).isEqualTo("image: " + SHOP + meant.replace("DIGEST", SHA));
  }

  @Test
  void ofTheWholeRepositoryIsInEveryDirectory() {
    write(bump("", "2.0"));
    assertThat(changed()).contains("staging/deployment.yaml", "prod/job.json");
  }

  @Test
  void isNothingToDoWhereAllOfItHasTheVersion() {
    write(bump("prod", "2.0"));
    assertThat(write(bump("prod", "2.0"))).isEqualTo(new GitWriteOutcome.NothingToDo(main(tip())));
  }

  @Test
  void isMadeWhereSomethingElseOfAFileChangedSince() {
    String other = DEPLOYMENT.replace("name: b", "name: c");
    repository.commit().put("prod/web/deployment.yaml", other).create();
    write(bump("prod", "2.0"));
    assertThat(text("prod/web/deployment.yaml"))
        .contains("name: c\n        image: ghcr.io/acme/shop:2.0\n");
  }

  @Test
  void isStaleWhereSomebodyChoseAnotherVersionSince() {
    String newer = DEPLOYMENT.replace("shop:1.0", "shop:3.0");
    String mover = repository.commit().put("prod/web/deployment.yaml", newer).create();
    GitWriteException e = refused(bump("prod", "2.0"));
    assertThat(e.category()).isEqualTo(FailureCategory.STALE);
    assertThat(e.movedBy()).contains(main(mover));
    assertThat(e).hasMessageContaining("prod/web/deployment.yaml was changed since");
  }

  @Test
  void anImageThatNobodyNamesIsRefused() {
    GitChange change = GitChange.imageBump(GitScope.of(main(seen), "prod"), "acme/shop", "2.0");
    assertThat(refused(change).category()).isEqualTo(FailureCategory.INVALID_INPUT);
    assertThat(refused(change)).hasMessageContaining("no file in prod names the image acme/shop");
    assertThat(refused(bump("nowhere", "2.0")).category()).isEqualTo(FailureCategory.NOT_FOUND);
  }

  @Test
  void aFileThatNamesItAndCannotBeReadIsRefusedWithItsPlace() {
    seen = repository.commit().put("prod/bad.yaml", "a: [\nimage: " + SHOP + ":1.0\n").create();
    GitWriteException e = refused(bump("prod", "2.0"));
    assertThat(e.category()).isEqualTo(FailureCategory.INVALID_INPUT);
    assertThat(e).hasMessageContaining("prod/bad.yaml:3:1: expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:1", "a@sha256:0", "a/B", "a//b", "a b", "a/b/", "-a", "a\n"})
  void aNameIsOneOfAnImage(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitChange.imageBump(GitScope.of(main(seen), ""), name, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":1", "@sha256:00", "sha256:12", ".1", "1 # x", "1\n", "1@2"})
  void aVersionIsATagOrADigest(String version) {
    assertThatIllegalArgumentException().isThrownBy(() -> bump("", version));
  }

  @Test
  void aNameMayHaveAPortAndADigestAfterIt() {
    assertThat(new ImageName("localhost:5000/a_b/c").at("1")).isEqualTo("localhost:5000/a_b/c:1");
    assertThat(new ImageName("[::1]:5000/a").at(SHA)).isEqualTo("[::1]:5000/a@" + SHA);
    assertThat(new ImageName("nginx").version("nginx:1.27")).contains(":1.27");
    assertThat(new ImageName("nginx").version("nginx-unit:1")).isEmpty();
    assertThat(new ImageName("nginx").version("nginx/x:1")).isEmpty();
  }
}
