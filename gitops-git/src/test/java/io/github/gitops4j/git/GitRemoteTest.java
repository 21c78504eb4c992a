package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
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
  private TestRepository repository;
  private GitHttpServer server;
  private GitCache cache;
  private GitUrl url;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    server = GitHttpServer.builder().start();
    url = GitUrl.parse(server.serve("shop", repository).toString());
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowHttp().build();
  }

  @AfterEach
  void close() {
    cache.close();
    server.close();
    repository.close();
  }

  private GitSource source(GitRef ref) {
    return cache.source(url).ref(ref).build();
  }

  @Test
  void branchesTagsRangesAndCommitsNeedOneListing() {
    String commit = repository.commit().put("a", "1").create();
    repository.refs().tag("v1.0.0", commit);
    GitSource branch = source(GitRef.branch("main"));
    GitSource range = source(GitRef.semver(">=1 <2"));
    GitSource fixed = source(GitRef.commit(commit));
    GitSource missing = source(GitRef.branch("missing"));
    server.requests().clear();

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
    assertThat(server.requests().count(RequestKind.LS_REFS)).isEqualTo(1);
  }

  @Test
  void whatIsFixedNeedsNone() {
    String commit = repository.commit().put("a", "1").create();
    GitSource fixed = source(GitRef.commit(commit));
    server.requests().clear();

    fixed.remote().orElseThrow().latest(List.of(fixed, fixed), CALL);

    assertThat(server.requests().all()).isEmpty();
  }

  @Test
  void sourcesOfOneRepositoryAndOneSetOfCredentialsHaveOneRemote() {
    GitSource one = source(GitRef.branch("main"));
    GitSource other = cache.source(url).path("other").build();
    GitSource foreign =
        cache
            .source(url)
            .credentials("robot", () -> GitCredentials.token(Sensitive.of("t")))
            .build();

    assertThat(one.remote()).isEqualTo(other.remote()).isNotEqualTo(foreign.remote());
    assertThat(one.remote().orElseThrow().id()).isEqualTo(url.toString());
  }
}
