package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.ObjectKind;
import io.github.gitops4j.testkit.git.RequestKind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSemverTest {
  private static final CallContext CALL = CallContext.unbounded();

  @TempDir Path temp;
  private ServedRepository served;

  @BeforeEach
  void open() {
    served = ServedRepository.in(temp);
  }

  @AfterEach
  void close() {
    served.close();
  }

  private String release(String tag) {
    String commit = served.repository().commit().put("version", tag).create();
    served.repository().refs().tag(tag, commit);
    return commit;
  }

  private GitSource source(String range) {
    return served.source().ref(GitRef.semver(range)).build();
  }

  @Test
  void followsTheHighestTagOfTheRange() {
    release("v1.9.0");
    release("v1.10.0-rc.1");
    release("v2.0.0");
    release("not-a-version");
    String tenth = release("v1.10.0");
    release("v1.2.0");
    GitSource source = source(">=1.2 <2");
    Revision latest = source.latest(CALL);
    assertThat(latest).isEqualTo(new Revision("refs/tags/v1.10.0", tenth));
    assertThat(source.fetch(latest, CALL).tree().names("", CALL)).containsExactly("version");

    String eleventh = release("v1.11.0");
    assertThat(source.latest(CALL)).isEqualTo(new Revision("refs/tags/v1.11.0", eleventh));
    served.repository().refs().delete("refs/tags/v1.11.0");
    assertThat(source.latest(CALL)).isEqualTo(latest);
  }

  @Test
  void aPreReleaseIsTakenIfTheRangeNamesOne() {
    release("v1.0.0");
    String candidate = release("v1.1.0-rc.1");
    assertThat(source(">=1.0.0-0").latest(CALL).id()).isEqualTo(candidate);
    assertThat(source(">=1.0.0").latest(CALL).ref()).isEqualTo("refs/tags/v1.0.0");
  }

  @Test
  void anAnnotatedTagLeadsToItsCommit() {
    String commit = served.repository().commit().put("a", "1").create();
    served.repository().refs().annotatedTag("v1.0.0", commit, ObjectKind.COMMIT, "first");
    assertThat(source("1.x").latest(CALL)).isEqualTo(new Revision("refs/tags/v1.0.0", commit));
  }

  @Test
  void askingForTheHighestTagTransfersNoObjects() {
    release("v1.0.0");
    source("*").latest(CALL);
    assertThat(served.server().requests().count(RequestKind.FETCH)).isZero();
  }

  @Test
  void aRangeWithoutATagIsNotFound() {
    release("v1.0.0");
    GitOpsException e =
        catchThrowableOfType(GitOpsException.class, () -> source(">=2").latest(CALL));
    assertThat(e.category()).isEqualTo(FailureCategory.NOT_FOUND);
    assertThat(e).hasMessageContaining("no tag is in the range >=2");
  }

  @Test
  void twoTagsOfOneVersionMustBeOnOneCommit() {
    String commit = release("v1.0.0");
    served.repository().refs().tag("1.0.0", commit);
    assertThat(source("1.x").latest(CALL).id()).isEqualTo(commit);
    release("1.0");
    GitOpsException e =
        catchThrowableOfType(GitOpsException.class, () -> source("1.x").latest(CALL));
    assertThat(e.category()).isEqualTo(FailureCategory.INVALID_INPUT);
    assertThat(e).hasMessageContaining("one version at two commits");
  }

  @Test
  void buildMetadataOrdersWhatIsOtherwiseEqual() {
    String later = release("1.0.0+build.11");
    release("1.0.0+build.2");
    assertThat(source("1.x").latest(CALL).id()).isEqualTo(later);
  }

  @Test
  void aRangeThatCannotBeReadIsRefusedAtOnce() {
    assertThatThrownBy(() -> GitRef.semver(">=1.2, foo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'foo'");
  }
}
