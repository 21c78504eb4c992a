package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.GitFault;
import io.github.gitops4j.testkit.git.HttpAccess;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestKey;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Between the first look at a branch and the answer to a push anything may happen. */
class GitWriteFaultsTest {
  private static final GitIdentity DEPLOYER = GitIdentity.of("Deployer", "deploy@example.com");
  private static final TestKey KEY = TestKey.ed25519();

  @TempDir Path temp;
  private ServedRepository served;
  private TestRepository repository;
  private String seen;
  private GitChange change;

  @BeforeEach
  void open() {
    served = ServedRepository.writable(temp);
    repository = served.repository();
    seen = repository.commit().put("prod/a", "1").put("other", "0").create();
    change = GitChange.edit(main(seen)).put("prod/a", "2".getBytes(UTF_8)).build();
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

  private GitWriter.Builder writer() {
    return GitWriter.builder(served.source().build(), DEPLOYER)
        .clock(InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z")))
        .retries(RetryPolicy.builder().attempts(4).first(Duration.ofMillis(1)).build());
  }

  /** The key is asked for after the branch was looked at and before anything is sent. */
  private GitWriter meanwhile(IntConsumer event) {
    List<Integer> asked = new ArrayList<>();
    return writer()
        .signingKey(
            () -> {
              asked.add(asked.size() + 1);
              event.accept(asked.size());
              return GitSigningKey.ssh(Sensitive.of(KEY.privateText()));
            })
        .build();
  }

  private GitOpsException failure(GitWriter writer, CallContext call) {
    return catchThrowableOfType(
        GitOpsException.class, () -> writer.write(change, "Change it", call));
  }

  private long commitsSinceSeen() {
    long commits = 0;
    for (String at = tip(); !at.equals(seen); at = view(at).parents().get(0)) {
      commits++;
    }
    return commits;
  }

  private CommitView view(String id) {
    return CommitView.of(repository, id);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aBranchThatMovesElsewhereIsFollowed(int times) {
    GitWriter writer =
        meanwhile(
            asked -> {
              if (asked <= times) {
                repository.commit().put("other", "" + asked).create();
              }
            });
    assertThat(writer.write(change, "Change it", call()))
        .isEqualTo(new GitWriteOutcome.Committed(main(tip())));
    assertThat(commitsSinceSeen()).isEqualTo(times + 1L);
    assertThat(CommitView.text(repository, String.valueOf(view(tip()).files().get("other"))))
        .isEqualTo("" + times);
  }

  @Test
  void aBranchThatAlwaysMovesIsAConflictAfterAllAttempts() {
    GitWriter writer = meanwhile(asked -> repository.commit().put("other", "" + asked).create());
    GitOpsException e = failure(writer, call());
    assertThat(e).isInstanceOf(GitWriteException.class);
    assertThat(e.category()).isEqualTo(FailureCategory.CONFLICT);
    assertThat(e.retryable()).isTrue();
    assertThat(commitsSinceSeen()).isEqualTo(4);
  }

  @Test
  void aRaceForTheSamePlaceIsStaleAndNamesTheWinner() {
    GitWriter writer =
        meanwhile(asked -> repository.commit().put("prod/a", "3").message("Mine\n").create());
    GitOpsException e = failure(writer, call());
    assertThat(e.category()).isEqualTo(FailureCategory.STALE);
    assertThat(e).hasMessageContaining(tip()).hasMessageContaining("\"Mine\"");
    assertThat(commitsSinceSeen()).isEqualTo(1);
  }

  @Test
  void aLostAnswerIsLookedUpAndNothingIsSentTwice() {
    served.server().faults().next(RequestKind.RECEIVE_PACK, new GitFault.ResetAfter(0));
    assertThat(writer().build().write(change, "Change it", call()))
        .isEqualTo(new GitWriteOutcome.Committed(main(tip())));
    assertThat(commitsSinceSeen()).isEqualTo(1);
    assertThat(served.server().requests().count(RequestKind.RECEIVE_PACK)).isEqualTo(1);
  }

  @Test
  void aLostAnswerIsFoundBelowWhatSomebodyBuiltOnIt() {
    served.server().faults().next(RequestKind.RECEIVE_PACK, new GitFault.ResetAfter(0));
    GitWriter writer =
        writer()
            .retries(
                RetryPolicy.builder()
                    .pause((time, call) -> repository.commit().put("prod/a", "3").create())
                    .build())
            .build();
    GitWriteOutcome outcome = writer.write(change, "Change it", call());
    assertThat(outcome)
        .isEqualTo(new GitWriteOutcome.Committed(main(view(tip()).parents().get(0))));
    assertThat(view(outcome.revision().id()).parents()).containsExactly(seen);
  }

  @Test
  void aPushThatDidNotArriveIsSentAgain() {
    served.server().faults().next(RequestKind.RECEIVE_PACK, GitFault.Status.of(503));
    assertThat(writer().build().write(change, "Change it", call()))
        .isEqualTo(new GitWriteOutcome.Committed(main(tip())));
    assertThat(commitsSinceSeen()).isEqualTo(1);
  }

  @Test
  void aSilentServerEndsAtTheDeadlineAndTheCallerIsToldThatItIsNotKnown() {
    served.source().build().fetch(main(seen), call());
    served.server().faults().always(RequestKind.RECEIVE_PACK, new GitFault.Silent());
    CallContext call = CallContext.withTimeout(Duration.ofSeconds(8));
    GitOpsException e = failure(writer().build(), call);
    assertThat(e).isInstanceOf(CallException.class);
    assertThat(e.category()).isEqualTo(FailureCategory.TIMEOUT);
    assertThat(e).hasMessageContaining("has arrived is not known");
    served.server().faults().clear();
    writer().build().write(change, "Change it", call());
    assertThat(commitsSinceSeen()).isEqualTo(1);
  }

  @Test
  void aCallThatIsCancelledWhilePushingEndsAtOnce() throws Exception {
    served.server().faults().always(RequestKind.RECEIVE_PACK, new GitFault.Silent());
    Cancellation cancellation = new Cancellation();
    CallContext call = CallContext.builder().cancellation(cancellation).build();
    CompletableFuture<GitOpsException> failing =
        CompletableFuture.supplyAsync(() -> failure(writer().build(), call));
    Awaitility.await().until(() -> served.server().requests().count(RequestKind.RECEIVE_PACK) == 1);
    cancellation.cancel();
    GitOpsException e = failing.get(30, TimeUnit.SECONDS);
    assertThat(e.category()).isEqualTo(FailureCategory.CANCELLED);
    assertThat(e).hasMessageContaining("has arrived is not known");
    assertThat(tip()).isEqualTo(seen);
  }

  @ParameterizedTest
  @CsvSource({"401, UNAUTHENTICATED", "403, FORBIDDEN", "404, NOT_FOUND", "503, UNAVAILABLE"})
  void whatAServerRefusesIsTold(int status, FailureCategory category) {
    served.server().faults().always(RequestKind.RECEIVE_PACK, GitFault.Status.of(status));
    GitOpsException e = failure(writer().build(), call());
    assertThat(e).isInstanceOf(GitWriteException.class);
    assertThat(e.category()).isEqualTo(category);
    assertThat(e).hasMessageContaining("pushing failed");
    assertThat(tip()).isEqualTo(seen);
  }

  @Test
  void aWrongPasswordIsNeitherAcceptedNorPrinted() {
    served.server().access(new HttpAccess.Basic("deploy", "right"));
    GitSource source =
        served
            .source()
            .credentials(() -> GitCredentials.basic("deploy", Sensitive.of("hunter2")))
            .build();
    GitOpsException e = failure(GitWriter.builder(source, DEPLOYER).build(), call());
    assertThat(e.category()).isEqualTo(FailureCategory.UNAUTHENTICATED);
    assertThat(e).hasMessageNotContaining("hunter2");
  }

  @Test
  void aServerThatTakesNoPushesIsForbidden() {
    try (ServedRepository readOnly = ServedRepository.in(temp.resolve("read-only"))) {
      String only = readOnly.repository().commit().put("a", "1").create();
      GitWriter writer = GitWriter.builder(readOnly.source().build(), DEPLOYER).build();
      GitChange edit = GitChange.edit(main(only)).remove("a").put("b", new byte[0]).build();
      GitWriteException e =
          catchThrowableOfType(
              GitWriteException.class, () -> writer.write(edit, "Change it", call()));
      assertThat(e.category()).isEqualTo(FailureCategory.FORBIDDEN);
      assertThat(e).hasMessageNotContaining("not known");
    }
  }

  @Test
  void aBranchThatIsGoneIsNotMadeAgain() {
    GitWriter writer = meanwhile(asked -> repository.refs().delete("refs/heads/main"));
    assertThat(failure(writer, call()).category()).isEqualTo(FailureCategory.NOT_FOUND);
    assertThat(repository.refs().find("refs/heads/main")).isEqualTo(Optional.empty());
  }

  @Test
  void aCacheThatIsDeletedMeanwhileIsFetchedAgain() {
    GitWriter writer =
        meanwhile(
            asked -> {
              try {
                Leftovers.deleteTree(temp.resolve("cache"));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(writer.write(change, "Change it", call()))
        .isEqualTo(new GitWriteOutcome.Committed(main(tip())));
    assertThat(commitsSinceSeen()).isEqualTo(1);
  }

  /** Runs in the child: cache, URL, base, and whether it dies before or while it pushes. */
  public static void main(String[] args) {
    try (GitCache cache = CachePuller.open(Path.of(args[0]))) {
      GitSource source = cache.source(GitUrl.parse(args[1])).build();
      GitChange change = GitChange.edit(main(args[2])).put("prod/a", "2".getBytes(UTF_8)).build();
      GitWriter.builder(source, DEPLOYER)
          .signingKey(
              () -> {
                if (args[3].equals("before")) {
                  Runtime.getRuntime().halt(9);
                }
                return GitSigningKey.ssh(Sensitive.of(KEY.privateText()));
              })
          .build()
          .write(change, "Change it", call());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "while"})
  void aProcessThatDiesLeavesNothingAndTheNextOneDoesIt(String when) throws Exception {
    served.server().faults().next(RequestKind.RECEIVE_PACK, new GitFault.Silent());
    Process child =
        ChildJvm.of(
                GitWriteFaultsTest.class,
                List.of(),
                temp.resolve("cache"),
                served.url(),
                seen,
                when)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (when.equals("while")) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> served.server().requests().count(RequestKind.RECEIVE_PACK) == 1);
      child.destroyForcibly();
    }
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tip()).isEqualTo(seen);
    served.server().faults().clear();
    assertThat(writer().build().write(change, "Change it", call()))
        .isEqualTo(new GitWriteOutcome.Committed(main(tip())));
    assertThat(commitsSinceSeen()).isEqualTo(1);
  }
}
