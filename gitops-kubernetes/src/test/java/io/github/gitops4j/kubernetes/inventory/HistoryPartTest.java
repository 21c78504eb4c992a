package io.github.gitops4j.kubernetes.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HookRun;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HistoryPartTest {
  private static final int KINDS = 13;
  private static final List<OperationResult> RESULTS = List.of(OperationResult.values());

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @Property(tries = 300)
  void theStateFollowsFromWhatIsCarriedAsFromAll(
      @ForAll("histories") List<HistoryEvent> events,
      @ForAll("histories") List<HistoryEvent> more) {
    List<HistoryRecord> records = records(HistoryState.empty(), events);
    HistoryPart rolled = new HistoryPart(0, List.of(), records).withoutFirst(records.size());
    assertSame(rolled.state(), fold(records));
    HistoryPart longer = rolled.with(records(rolled.state(), more));
    List<HistoryRecord> all = new ArrayList<>(records);
    all.addAll(longer.tail());
    assertSame(longer.state(), fold(all));
    int half = longer.tail().size() / 2;
    assertSame(longer.withoutFirst(half).state(), fold(all));
  }

  @Test
  void aTailThatDoesNotFollowIsRefused() {
    List<HistoryRecord> records =
        records(HistoryState.empty(), List.of(event(1, 0), event(5, 0), event(2, 0)));
    HistoryPart gap = new HistoryPart(0, List.of(), List.of(records.get(0), records.get(2)));
    assertThatThrownBy(gap::state).hasMessageContaining("record 3 breaks the chain");
  }

  @Provide
  Arbitrary<List<HistoryEvent>> histories() {
    return Arbitraries.integers()
        .between(0, 1_000)
        .map(number -> event(number % KINDS, number / KINDS % 7))
        .list()
        .ofMinSize(1)
        .ofMaxSize(250);
  }

  private static ResourceKey hook(int number) {
    return ResourceKey.file("hook-" + number % 4);
  }

  private static HistoryEvent event(int kind, int number) {
    Revision revision = Revision.ofId("revision-" + number);
    return switch (kind) {
      case 0 ->
          new HistoryEvent.OperationBegan(
              "operation-" + number,
              revision,
              "content-" + number % 3,
              ContentDigest.of("plan"),
              context());
      case 1 ->
          new HistoryEvent.OperationAwaits(
              "operation-" + number, "wave", List.of(), List.of(), TIME, TIME);
      case 2 ->
          new HistoryEvent.OperationEnded(
              "operation-" + number,
              revision,
              RESULTS.get(number % RESULTS.size()),
              Map.of(),
              List.of());
      case 3 -> new HistoryEvent.PlanApproved(ContentDigest.of("plan " + number), "somebody");
      case 4 -> new HistoryEvent.RevisionPinned(revision, revision, "somebody");
      case 5 -> new HistoryEvent.RevisionUnpinned("somebody");
      case 6 ->
          new HistoryEvent.OperationEnded(
              "operation-" + number, revision, OperationResult.SUCCEEDED, Map.of(), List.of());
      case 7 -> new HistoryEvent.OperationFailing("operation-" + number, "why " + number);
      case 8 ->
          new HistoryEvent.HookStarted(
              "operation-" + number,
              new HookRun(hook(number), "rev", "content", ContentDigest.of("hook"), ""));
      case 9 ->
          new HistoryEvent.HookEnded(
              "operation-" + number,
              hook(number),
              number % 2 == 0 ? Hook.End.FAILED : Hook.End.SUCCEEDED,
              "why " + number);
      case 10 -> new HistoryEvent.HooksRetried("somebody");
      case 11 -> new HistoryEvent.PlanRefused(revision, ContentDigest.of("plan"), context());
      default -> new HistoryEvent.RevisionFailed(revision, "content-" + number % 3, "ill");
    };
  }

  private static HistoryEvent.OperationContext context() {
    List<GateDecision> decisions = List.of();
    return new HistoryEvent.OperationContext(
        new Provenance("a", "c", Optional.empty(), "b", Optional.empty(), Trust.NOT_CHECKED),
        Map.of(),
        decisions,
        Optional.empty());
  }

  private static List<HistoryRecord> records(HistoryState after, List<HistoryEvent> events) {
    List<HistoryRecord> records = new ArrayList<>();
    HistoryState state = after;
    for (HistoryEvent event : events) {
      HistoryRecord record = HistoryRecord.following(state.sequence(), state.digest(), TIME, event);
      records.add(record);
      state = state.after(record);
    }
    return records;
  }

  private static HistoryState fold(List<HistoryRecord> records) {
    HistoryState state = HistoryState.empty();
    for (HistoryRecord record : records) {
      state = state.after(record);
    }
    return state;
  }

  private static void assertSame(HistoryState one, HistoryState other) {
    assertThat(one).usingRecursiveComparison().isEqualTo(other);
    assertThat(List.copyOf(one.approvals())).isEqualTo(List.copyOf(other.approvals()));
  }
}
