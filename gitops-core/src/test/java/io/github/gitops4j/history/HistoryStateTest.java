package io.github.gitops4j.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryStateTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final Revision ONE = new Revision("main", "1");
  private static final Revision TWO = new Revision("main", "2");
  private static final ContentDigest PLAN = ContentDigest.of("plan");

  private HistoryState state = HistoryState.empty();

  private HistoryRecord add(HistoryEvent event) {
    HistoryRecord record = HistoryRecord.following(state.sequence(), state.digest(), TIME, event);
    state = state.after(record);
    return record;
  }

  private static HistoryEvent.OperationBegan began(String operation, Revision revision) {
    return new HistoryEvent.OperationBegan(
        operation,
        revision,
        "content",
        PLAN,
        new HistoryEvent.OperationContext(
            Provenance.unknown(), Map.of(), List.of(), Optional.empty()));
  }

  private static HistoryEvent.OperationEnded ended(String operation) {
    return new HistoryEvent.OperationEnded(
        operation, ONE, OperationResult.SUCCEEDED, Map.of(), List.of());
  }

  @Test
  void anOperationRunsFromItsBeginToItsEnd() {
    add(began("op", ONE));
    assertThat(state.running().orElseThrow().operation()).isEqualTo("op");
    assertThat(state.lastApplied()).contains(ONE);
    add(
        new HistoryEvent.OperationAwaits(
            "op", "wave", List.of(), List.of(), TIME, TIME.plusSeconds(1)));
    assertThat(state.awaits()).isPresent();
    add(ended("op"));
    assertThat(state.running()).isEmpty();
    assertThat(state.awaits()).isEmpty();
    assertThat(state.lastEnded().orElseThrow().operation()).isEqualTo("op");
    assertThat(state.lastApplied()).contains(ONE);
    assertThat(state.lastAppliedAt()).contains(TIME.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void aPinHoldsUntilItIsTakenAway() {
    add(new HistoryEvent.RevisionPinned(ONE, TWO, "me"));
    add(began("op", ONE));
    assertThat(state.pin().orElseThrow().revision()).isEqualTo(ONE);
    add(new HistoryEvent.RevisionUnpinned("me"));
    assertThat(state.pin()).isEmpty();
  }

  @Test
  void theNewestHundredApprovalsAreKept() {
    for (int i = 0; i < 150; i++) {
      add(new HistoryEvent.PlanApproved(ContentDigest.of("plan " + i), "me"));
    }
    assertThat(state.approvals()).hasSize(100);
    assertThat(state.approvals())
        .contains(ContentDigest.of("plan 149"), ContentDigest.of("plan 50"))
        .doesNotContain(ContentDigest.of("plan 49"));
  }

  @Test
  void whoApprovedAPlanLastIsKnown() {
    add(new HistoryEvent.PlanApproved(PLAN, "me"));
    add(new HistoryEvent.PlanApproved(ContentDigest.of("another"), "her"));
    add(new HistoryEvent.PlanApproved(PLAN, "you"));
    assertThat(state.approvedBy(PLAN)).contains("you");
    assertThat(state.approvedBy(ContentDigest.of("a third"))).isEmpty();
  }

  @Test
  void eachRecordNamesTheOneBefore() {
    HistoryRecord first = add(began("op", ONE));
    HistoryRecord second = add(ended("op"));
    assertThat(first.previous()).isEqualTo(HistoryRecord.START);
    assertThat(second.previous()).isEqualTo(first.digest());
    assertThat(second.sequence()).isEqualTo(2);
    assertThat(first.isIntact()).isTrue();
    assertThat(second.isIntact()).isTrue();
  }

  @Test
  void noPartOfARecordCanBeChangedUnseen() {
    HistoryRecord record = add(began("op", ONE));
    assertThat(
            List.of(
                new HistoryRecord(
                    2, record.time(), record.event(), record.previous(), record.digest()),
                new HistoryRecord(
                    1,
                    record.time().plusMillis(1),
                    record.event(),
                    record.previous(),
                    record.digest()),
                new HistoryRecord(
                    1, record.time(), began("op", TWO), record.previous(), record.digest()),
                new HistoryRecord(1, record.time(), record.event(), PLAN, record.digest())))
        .noneMatch(HistoryRecord::isIntact);
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    HistoryRecord record = add(began("op", ONE));
    HistoryRecord read = HistoryJson.read("history:1", HistoryJson.write(record));
    assertThat(read).isEqualTo(record);
    assertThat(read.isIntact()).isTrue();
  }

  @Test
  void textThatIsNoRecordIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> HistoryJson.read("history:7", "{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(GitOpsException.class)
        .hasMessageContaining("history:7");
  }

  @Test
  void aTextThatCannotBeWrittenIsReadAsItWasRecorded() {
    HistoryRecord record =
        HistoryRecord.following(
            0, HistoryRecord.START, Instant.EPOCH, new HistoryEvent.RevisionUnpinned("a\ud800b"));
    HistoryRecord read = HistoryJson.read("history", HistoryJson.write(record));
    assertThat(read.isIntact()).isTrue();
    assertThat(read.digest()).isEqualTo(record.digest());
    assertThat(read.event()).isEqualTo(new HistoryEvent.RevisionUnpinned("a?b"));
  }
}
