package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.source.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link HistoryStore} against its rules {@code HIS-1} to {@code HIS-7}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class HistoryStoreContract extends FixtureKit<StoreFixture<HistoryStore>> {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456789Z");
  private static final int ALL = 1000;

  private HistoryStore store;

  /** Creates the kit. */
  protected HistoryStoreContract() {}

  /** Makes an empty history. */
  @Override
  protected abstract StoreFixture<HistoryStore> createFixture();

  @BeforeEach
  final void open() {
    store = fixture().store();
  }

  @Test
  @ContractRule("HIS-1")
  final void appendsRecordsThatFollowEachOther() {
    HistoryRecord first = append(store, pinned("one"));
    HistoryRecord second = append(store, unpinned());
    assertEquals(1, first.sequence());
    assertEquals(HistoryRecord.START, first.previous());
    assertEquals(2, second.sequence());
    assertEquals(first.digest(), second.previous());
    assertEquals(unpinned(), second.event());
  }

  @Test
  @ContractRule(value = "HIS-1", needs = Capability.TORN_WRITE)
  final void aRecordCutShortAnywhereIsNotThereAtAll() {
    for (long cut : Places.below(twoRecords().secondBytes() + 1)) {
      renewFixture();
      open();
      TwoRecords kept = twoRecords();
      fixture().tear(cut);
      HistoryStore reopened = fixture().reopen();
      List<HistoryRecord> left =
          cut == 0 ? List.of(kept.second(), kept.first()) : List.of(kept.first());
      assertEquals(left, reopened.newest(ALL, Calls.UNBOUNDED), "cut " + cut);
      HistoryRecord next = append(reopened, unpinned());
      assertEquals(left.get(0).digest(), next.previous());
      List<HistoryRecord> all = new ArrayList<>(List.of(next));
      all.addAll(left);
      assertEquals(all, fixture().reopen().newest(ALL, Calls.UNBOUNDED));
    }
  }

  /**
   * What two records left.
   *
   * @param firstBytes bytes kept after the first
   * @param secondBytes bytes that the second one added
   */
  private record TwoRecords(
      HistoryRecord first, HistoryRecord second, long firstBytes, long secondBytes) {}

  private TwoRecords twoRecords() {
    HistoryRecord first = append(store, pinned("one"));
    long size = fixture().size();
    HistoryRecord second = append(store, ended());
    return new TwoRecords(first, second, size, fixture().size() - size);
  }

  @Test
  @ContractRule("HIS-2")
  final void theStateIsTheFoldOverAllRecords() {
    assertEquals(0, store.state(Calls.UNBOUNDED).sequence());
    assertEquals(HistoryRecord.START, store.state(Calls.UNBOUNDED).digest());
    HistoryState expected = HistoryState.empty();
    for (HistoryEvent event : List.of(pinned("one"), approved(), ended(), unpinned())) {
      expected = expected.after(append(store, event));
      HistoryState state = store.state(Calls.UNBOUNDED);
      assertEquals(expected.sequence(), state.sequence());
      assertEquals(expected.digest(), state.digest());
      assertEquals(expected.pin(), state.pin());
      assertEquals(expected.approvals(), state.approvals());
      assertEquals(expected.lastEnded(), state.lastEnded());
      assertEquals(expected.running(), state.running());
    }
  }

  @Test
  @ContractRule("HIS-3")
  final void givesTheNewestFirstEachIntactAndChained() {
    for (int i = 0; i < 5; i++) {
      append(store, pinned("r" + i));
    }
    List<HistoryRecord> all = store.newest(ALL, Calls.UNBOUNDED);
    assertEquals(5, all.size());
    assertEquals(all.subList(0, 2), store.newest(2, Calls.UNBOUNDED));
    for (int i = 0; i < all.size(); i++) {
      HistoryRecord record = all.get(i);
      assertEquals(5 - i, record.sequence());
      assertTrue(record.isIntact(), () -> record + " is not intact");
      ContentDigest before = i == 4 ? HistoryRecord.START : all.get(i + 1).digest();
      assertEquals(before, record.previous());
    }
  }

  @Test
  @ContractRule(value = "HIS-4", needs = Capability.DAMAGE)
  final void throwsABrokenChainInPlaceOfSkippingARecord() {
    TwoRecords example = twoRecords();
    for (long at : Places.below(Math.max(1, example.firstBytes() + example.secondBytes()))) {
      renewFixture();
      open();
      twoRecords();
      HistoryStore damaged = fixture().damage(at);
      String where = "bit at " + at;
      assertThrows(HistoryException.class, () -> damaged.state(Calls.UNBOUNDED), where);
      assertThrows(HistoryException.class, () -> damaged.newest(1, Calls.UNBOUNDED), where);
      assertThrows(HistoryException.class, () -> append(damaged, unpinned()), where);
    }
  }

  @Test
  @ContractRule(value = "HIS-5", needs = Capability.REOPEN)
  final void aRecordIsThereAfterAKill() {
    HistoryRecord first = append(store, pinned("one"));
    HistoryRecord second = append(store, ended());
    HistoryStore reopened = fixture().reopen();
    assertEquals(List.of(second, first), reopened.newest(ALL, Calls.UNBOUNDED));
    assertEquals(second.digest(), append(reopened, unpinned()).previous());
  }

  @Test
  @ContractRule(value = "HIS-5", needs = Capability.REOPEN)
  final void seesWhatWasAppendedElsewhere() {
    append(store, pinned("one"));
    HistoryRecord elsewhere = append(fixture().reopen(), pinned("two"));
    assertEquals(elsewhere, store.newest(1, Calls.UNBOUNDED).get(0));
    assertEquals(elsewhere.digest(), append(store, unpinned()).previous());
  }

  @Test
  @ContractRule("HIS-6")
  final void aCallThatHasEndedAddsNothing() {
    HistoryRecord first = append(store, pinned("one"));
    assertEnds(ended -> store.append(unpinned(), TIME, ended));
    assertEnds(store::state);
    assertEnds(ended -> store.newest(1, ended));
    assertEquals(List.of(first), store.newest(ALL, Calls.UNBOUNDED));
  }

  @Test
  @ContractRule("HIS-7")
  final void anAuditIsGivenEveryRecord() {
    assertEquals(new HistoryAudit.Whole(0, HistoryRecord.START), audited(store));
    append(store, pinned("one"));
    HistoryRecord last = append(store, ended());
    assertEquals(new HistoryAudit.Whole(2, last.digest()), audited(store));
    assertEnds(ended -> store.audit(HistoryAuditor.create(), ended));
  }

  @Test
  @ContractRule(value = "HIS-7", needs = Capability.DAMAGE)
  final void anAuditIsGivenWhatIsDamaged() {
    TwoRecords example = twoRecords();
    for (long at : Places.below(Math.max(1, example.firstBytes() + example.secondBytes()))) {
      renewFixture();
      open();
      twoRecords();
      HistoryStore damaged = fixture().damage(at);
      assertFalse(isWhole(damaged), "bit at " + at);
    }
  }

  /** Where nothing can be read at all, that is an error and no audit. */
  private static boolean isWhole(HistoryStore store) {
    try {
      return audited(store) instanceof HistoryAudit.Whole;
    } catch (HistoryException e) {
      return false;
    }
  }

  private static HistoryAudit audited(HistoryStore store) {
    HistoryAuditor auditor = HistoryAuditor.create();
    store.audit(auditor, Calls.UNBOUNDED);
    return auditor.result();
  }

  private static HistoryRecord append(HistoryStore store, HistoryEvent event) {
    return store.append(event, TIME, Calls.UNBOUNDED);
  }

  private static HistoryEvent pinned(String id) {
    return new HistoryEvent.RevisionPinned(
        Revision.ofId(id), new Revision("refs/heads/main", "head"), "somebody \"quoted\" \u00e9");
  }

  private static HistoryEvent unpinned() {
    return new HistoryEvent.RevisionUnpinned("somebody");
  }

  private static HistoryEvent approved() {
    return new HistoryEvent.PlanApproved(ContentDigest.of("plan"), "somebody");
  }

  private static HistoryEvent ended() {
    return new HistoryEvent.OperationEnded(
        "operation",
        Revision.ofId("one"),
        OperationResult.SUCCEEDED,
        Map.of(),
        List.of("a note, and\nanother line"));
  }
}
