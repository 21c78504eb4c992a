package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.reconcile.Ledger;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds the {@link Ledger} of a target against its rules {@code LED-1} to {@code LED-5}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class LedgerContract extends FixtureKit<StoreFixture<Target>> {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final int ALL = 1000;

  private Target target;
  private Ledger ledger;

  /** Creates the kit. */
  protected LedgerContract() {}

  /** Makes a target that has a ledger, and nothing in its stores. */
  @Override
  protected abstract StoreFixture<Target> createFixture();

  @BeforeEach
  final void open() {
    target = fixture().store();
    ledger = target.ledger().orElseThrow();
  }

  @Test
  @ContractRule("LED-1")
  final void bothStoresGiveWhatWasCommittedInOneStep() {
    Inventory first = ledger.commit(0, entry("a", "one", "two"), Calls.UNBOUNDED);
    assertEquals(1, first.sequence());
    assertHolds(target, List.of("a"), List.of("one", "two"));
    Inventory second = target.inventory().commit(1, puts("b"), Calls.UNBOUNDED);
    target.history().append(event("three"), TIME, Calls.UNBOUNDED);
    Inventory third = ledger.commit(second.sequence(), entry("c", "four"), Calls.UNBOUNDED);
    assertEquals(3, third.sequence());
    assertHolds(target, List.of("a", "b", "c"), List.of("one", "two", "three", "four"));
    assertEquals(TIME, target.history().newest(1, Calls.UNBOUNDED).get(0).time());
  }

  @Test
  @ContractRule("LED-2")
  final void refusesASequenceThatMovedAndAddsNothing() {
    ledger.commit(0, entry("a", "one"), Calls.UNBOUNDED);
    Calls.assertFails(
        InventoryException.class,
        List.of(FailureCategory.STALE),
        () -> ledger.commit(0, entry("b", "two"), Calls.UNBOUNDED));
    assertHolds(target, List.of("a"), List.of("one"));
  }

  @Test
  @ContractRule(value = "LED-3", needs = Capability.REOPEN)
  final void bothAreThereAfterAKill() {
    ledger.commit(0, entry("a", "one"), Calls.UNBOUNDED);
    assertHolds(fixture().reopen(), List.of("a"), List.of("one"));
  }

  @Test
  @ContractRule(value = "LED-4", needs = Capability.REOPEN)
  final void aRecordThatSomebodyAddsMeanwhileIsNoReasonToFail() {
    ledger.commit(0, entry("a", "one"), Calls.UNBOUNDED);
    fixture().reopen().history().append(event("two"), TIME, Calls.UNBOUNDED);
    ledger.commit(1, entry("b", "three"), Calls.UNBOUNDED);
    assertHolds(target, List.of("a", "b"), List.of("one", "two", "three"));
  }

  @Test
  @ContractRule("LED-5")
  final void aCallThatHasEndedChangesNothing() {
    ledger.commit(0, entry("a", "one"), Calls.UNBOUNDED);
    assertEnds(ended -> ledger.commit(1, entry("b", "two"), ended));
    assertHolds(target, List.of("a"), List.of("one"));
  }

  private static void assertHolds(Target target, List<String> names, List<String> notes) {
    List<String> held = new ArrayList<>();
    target.inventory().read(Calls.UNBOUNDED).forEach(record -> held.add(record.key().name()));
    Collections.sort(held);
    assertEquals(names, held);
    List<HistoryRecord> records = new ArrayList<>(target.history().newest(ALL, Calls.UNBOUNDED));
    Collections.reverse(records);
    assertEquals(
        notes.stream().map(LedgerContract::event).toList(),
        records.stream().map(HistoryRecord::event).toList());
    ContentDigest last = records.get(records.size() - 1).digest();
    assertEquals(last, target.history().state(Calls.UNBOUNDED).digest());
  }

  private static Ledger.Entry entry(String name, String... notes) {
    List<HistoryEvent> events = List.of(notes).stream().map(LedgerContract::event).toList();
    return new Ledger.Entry(puts(name), events, TIME);
  }

  private static HistoryEvent event(String by) {
    return new HistoryEvent.RevisionUnpinned(by);
  }

  private static List<InventoryChange> puts(String name) {
    return List.of(
        new InventoryChange.Put(
            InventoryRecord.pending(
                ResourceKey.file(name), ContentDigest.of(name), ResourceTraits.DEFAULT)));
  }
}
