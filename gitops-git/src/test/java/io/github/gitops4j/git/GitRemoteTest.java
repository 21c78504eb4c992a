package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.RequestKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several sources of one repository track, told by one listing of its refs. */
class GitRemoteTest {
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

  private GitSource source(GitRef ref) {
    return served.source().ref(ref).build();
  }

  @Test
  void branchesTagsRangesAndCommitsNeedOneListing() {
    String commit = served.repository().commit().put("a", "1").create();
    served.repository().refs().tag("v1.0.0", commit);
    GitSource branch = source(GitRef.branch("main"));
    GitSource range = source(GitRef.semver(">=1 <2"));
    GitSource fixed = source(GitRef.commit(commit));
    GitSource missing = source(GitRef.branch("missing"));
    served.server().requests().clear();

    List<Tracked> tracked =
        branch.remote().orElseThrow().latest(List.of(branch, range, fixed, missing), CALL);

    assertThat(tracked.subList(0, 3))
        .containsExactly(
            new Tracked.At(new Revision("refs/heads/main", commit)),
            new Tracked.At(new Revision("refs/tags/v1.0.0", commit)),
            new Tracked.At(Revision.ofId(commit)));
    assertThat(tracked.get(3))
        .isInstanceOfSatisfying(
            Tracked.Unresolved.class,
            unresolved ->
                assertThat(unresolved.failure().category()).isEqualTo(FailureCategory.NOT_FOUND));
    assertThat(served.server().requests().count(RequestKind.LS_REFS)).isEqualTo(1);
  }

  @Test
  void whatIsFixedNeedsNone() {
    String commit = served.repository().commit().put("a", "1").create();
    GitSource fixed = source(GitRef.commit(commit));
    served.server().requests().clear();

    fixed.remote().orElseThrow().latest(List.of(fixed, fixed), CALL);

    assertThat(served.server().requests().all()).isEmpty();
  }

  @Test
  void sourcesOfOneRepositoryAndOneSetOfCredentialsHaveOneRemote() {
    GitSource one = source(GitRef.branch("main"));
    GitSource other = served.source().path("other").build();
    GitSource foreign =
        served.source().credentials("robot", () -> GitCredentials.token(Sensitive.of("t"))).build();

    assertThat(one.remote()).isEqualTo(other.remote()).isNotEqualTo(foreign.remote());
    assertThat(one.remote().orElseThrow().id()).isEqualTo(served.url().toString());
  }
}
