package io.github.gitops4j.tests.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.gate.ApprovalRequired;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory is the target; a process is a target that is opened, used once and closed. */
class HistoryOnDiskTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final int SAMPLES = Boolean.getBoolean("gitops.soak") ? 1_000_000 : 250;

  @TempDir Path temp;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private Path root;
  private Path file;

  @BeforeEach
  void create() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    file = root.resolve(".gitops/history.jsonl");
  }

  private <T> T process(List<Gate> gates, Function<Reconciler, T> work) {
    try (FilesystemTarget target = FilesystemTarget.at(root)) {
      return work.apply(Reconciler.builder(source, target).gates(gates).build());
    }
  }

  private <T> T process(Function<Reconciler, T> work) {
    return process(List.of(), work);
  }

  private Revision applied(String content) {
    Revision revision = source.commit(content, files -> files.put("a", content));
    assertThat(process(reconciler -> reconciler.reconcile(CALL)).converged()).isTrue();
    return revision;
  }

  private HistoryState state() {
    try (FilesystemTarget target = FilesystemTarget.at(root)) {
      return target.history().state(CALL);
    }
  }

  @Test
  void aPinHoldsFromProcessToProcessUntilItIsTakenAway() {
    Revision first = applied("one");
    applied("two");
    assertThat(process(reconciler -> reconciler.rollback(first, "me", CALL)).converged()).isTrue();
    assertThat(process(reconciler -> reconciler.reconcile(CALL)).outcomes()).isEmpty();
    assertThat(root.resolve("a")).hasContent("one");
    assertThat(state().pin().orElseThrow().by()).isEqualTo("me");

    process(
        reconciler -> {
          reconciler.unpin("you", CALL);
          return 0;
        });
    assertThat(state().pin()).isEmpty();
    assertThat(process(reconciler -> reconciler.reconcile(CALL)).converged()).isTrue();
    assertThat(root.resolve("a")).hasContent("two");
  }

  @Test
  void aPinEndsInAnotherProcessWhenTheSourceMovesOn() {
    Revision first = applied("one");
    applied("two");
    process(reconciler -> reconciler.rollback(first, "me", CALL));
    applied("three");
    assertThat(root.resolve("a")).hasContent("three");
    assertThat(state().pin()).isEmpty();
  }

  @Test
  void anApprovalIsGivenInOneProcessAndUsedInAnother() {
    List<Gate> gates = List.of(new ApprovalRequired());
    source.commit("one", files -> files.put("a", "one"));
    ReconcileReport refused = process(gates, reconciler -> reconciler.reconcile(CALL));
    assertThat(refused.result()).isInstanceOf(PassResult.Refused.class);
    Plan plan = refused.plan().orElseThrow();
    process(
        gates,
        reconciler -> {
          reconciler.approve(plan.digest(), "me", CALL);
          return 0;
        });
    assertThat(state().approvals()).contains(plan.digest());
    assertThat(process(gates, reconciler -> reconciler.apply(plan, CALL)).converged()).isTrue();
    assertThat(root.resolve("a")).hasContent("one");
  }

  private byte[] eventful() throws IOException {
    Revision first = applied("one");
    applied("two");
    process(reconciler -> reconciler.rollback(first, "me", CALL));
    process(
        reconciler -> {
          reconciler.approve(reconciler.plan(CALL).digest(), "me", CALL);
          reconciler.unpin("me", CALL);
          return 0;
        });
    return Files.readAllBytes(file);
  }

  @Test
  void anyByteThatIsChangedIsDetectedAndTheFileNamed() throws IOException {
    byte[] whole = eventful();
    int last = whole.length - 1;
    int stride = Math.max(1, last / SAMPLES);
    for (int at = 0; at < last; at += stride) {
      for (int bits : new int[] {0x01, 0x20, 0x80}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) bits;
        Files.write(file, damaged);
        assertThat(catchThrowable(this::state))
            .as("byte %d, bits %d, %s", at, bits, (char) damaged[at])
            .isInstanceOf(HistoryException.class)
            .hasMessageContaining("history.jsonl");
      }
    }
    Files.write(file, whole);
    assertThat(state().pin()).isEmpty();
  }

  @Test
  void aDamagedHistoryStopsThePassBeforeItWrites() throws IOException {
    byte[] damaged = eventful();
    damaged[damaged.length / 2] ^= 1;
    Files.write(file, damaged);
    source.commit("four", files -> files.put("a", "four"));
    ReconcileReport report = process(reconciler -> reconciler.reconcile(CALL));
    PassResult.Failed failed = (PassResult.Failed) report.result();
    assertThat(failed.stage()).isEqualTo("history");
    assertThat(failed.failure().message()).contains("history.jsonl");
    assertThat(root.resolve("a")).hasContent("one");
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
  }

  @Test
  void noRecordCanBeTakenOutRepeatedOrMoved() throws IOException {
    eventful();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSizeGreaterThan(6);
    for (int i = 0; i < lines.size() - 1; i++) {
      List<String> without = new ArrayList<>(lines);
      without.remove(i);
      assertRefused(without);
      List<String> twice = new ArrayList<>(lines);
      twice.add(i, lines.get(i));
      assertRefused(twice);
      List<String> swapped = new ArrayList<>(lines);
      Collections.swap(swapped, i, i + 1);
      assertRefused(swapped);
    }
  }

  private void assertRefused(List<String> lines) throws IOException {
    Files.write(file, lines);
    assertThatThrownBy(this::state)
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("history.jsonl");
  }

  private HistoryAudit audit() {
    try (FilesystemTarget target = FilesystemTarget.at(root)) {
      return Reconciler.builder(source, target).build().audit(CALL);
    }
  }

  @Test
  void anAuditNamesTheRecordThatIsDamagedAndItsLine() throws IOException {
    byte[] whole = eventful();
    assertThat(audit()).isEqualTo(new HistoryAudit.Whole(state().sequence(), state().digest()));
    int line = 1;
    int stride = Math.max(1, whole.length / SAMPLES);
    for (int at = 0; at < whole.length; at++) {
      if (at % stride == 0) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 1;
        Files.write(file, damaged);
        HistoryAudit.Breach breach = ((HistoryAudit.Broken) audit()).breach();
        assertThat(breach.place()).as("byte %d", at).isEqualTo(file + ":" + line);
        assertThat(breach.sequence()).isEqualTo(line);
      }
      if (whole[at] == '\n') {
        line++;
      }
    }
  }

  @Test
  void anAuditReadsWhatIsThereNowAndNotWhatWasReadBefore() throws IOException {
    byte[] whole = eventful();
    try (FilesystemTarget target = FilesystemTarget.at(root)) {
      Reconciler reconciler = Reconciler.builder(source, target).build();
      assertThat(reconciler.audit(CALL)).isInstanceOf(HistoryAudit.Whole.class);
      assertThat(reconciler.history(1, CALL)).hasSize(1);
      byte[] damaged = whole.clone();
      damaged[whole.length / 2] ^= 1;
      Files.write(file, damaged);
      assertThat(reconciler.history(1, CALL)).hasSize(1);
      assertThat(reconciler.audit(CALL)).isInstanceOf(HistoryAudit.Broken.class);
    }
  }

  @Test
  void anAuditSaysThatTheFileIsGone() throws IOException {
    eventful();
    Files.delete(file);
    HistoryAudit.Breach breach = ((HistoryAudit.Broken) audit()).breach();
    assertThat(breach.kind()).isEqualTo(HistoryAudit.Kind.MISSING);
    assertThat(breach.toString()).isEqualTo(file + ": the file is gone");
  }

  @Test
  void anAuditChangesNothingAndTellsARecordThatWasNeverFinished() throws IOException {
    byte[] whole = eventful();
    byte[] torn = Arrays.copyOf(whole, whole.length - 5);
    Files.write(file, torn);
    HistoryAudit.Broken broken = (HistoryAudit.Broken) audit();
    assertThat(broken.breach().kind()).isEqualTo(HistoryAudit.Kind.TORN);
    assertThat(broken.records()).isEqualTo(state().sequence());
    assertThat(Files.readAllBytes(file)).isEqualTo(torn);
  }

  @Test
  void theTrailSaysWhatWasPlannedDecidedApprovedAndDone() {
    source.commit(
        "one",
        files -> {
          files.put("a", "one");
          files.put("b", "one");
        });
    List<Gate> gates = List.of(new ApprovalRequired());
    Plan plan = process(gates, reconciler -> reconciler.reconcile(CALL)).plan().orElseThrow();
    process(
        gates,
        reconciler -> {
          reconciler.approve(plan.digest(), "ada", CALL);
          return 0;
        });
    process(gates, reconciler -> reconciler.reconcile(CALL));
    List<HistoryRecord> records = process(reconciler -> reconciler.history(10, CALL));
    assertThat(records).hasSize(4);
    HistoryEvent.PlanRefused refused = (HistoryEvent.PlanRefused) records.get(3).event();
    HistoryEvent.OperationBegan began = (HistoryEvent.OperationBegan) records.get(1).event();
    assertThat(refused.context().planned()).isEqualTo(Map.of(ActionKind.CREATE, 2));
    assertThat(refused.context().approvedBy()).isEmpty();
    assertThat(began.context().planned()).isEqualTo(Map.of(ActionKind.CREATE, 2));
    assertThat(began.context().approvedBy()).contains("ada");
    assertThat(began.context().decisions())
        .containsExactly(
            new GateDecision("inputs-understood", GateVerdict.allow()),
            new GateDecision("approval", new GateVerdict.Allow("approved by digest")));
    assertThat(((HistoryEvent.OperationEnded) records.get(0).event()).effects())
        .isEqualTo(Map.of(Effect.CREATED, 2));
  }

  @Test
  void aLastRecordThatWasNeverFinishedIsLeftOutAndReplaced() throws IOException {
    byte[] whole = eventful();
    long records = state().sequence();
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThat(state().sequence()).isEqualTo(records - 1);
    process(
        reconciler -> {
          reconciler.unpin("again", CALL);
          return 0;
        });
    assertThat(state().sequence()).isEqualTo(records);
    List<HistoryRecord> newest = process(reconciler -> reconciler.history(1, CALL));
    assertThat(newest.get(0).event().toString()).contains("again");
  }
}
