package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds an {@link InventoryStore} against its rules {@code INV-1} to {@code INV-9}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class InventoryStoreContract extends FixtureKit<StoreFixture<InventoryStore>> {
  private static final int MANY = 1000;
  private static final int KEY_BYTES = 32;

  private InventoryStore store;

  /** Creates the kit. */
  protected InventoryStoreContract() {}

  /** Makes an empty store. */
  @Override
  protected abstract StoreFixture<InventoryStore> createFixture();

  @BeforeEach
  final void open() {
    store = fixture().store();
  }

  @Test
  @ContractRule("INV-1")
  final void isEmptyAtSequenceZeroBeforeTheFirstCommit() {
    Inventory empty = store.read(Calls.UNBOUNDED);
    assertEquals(0, empty.sequence());
    assertEquals(0, empty.size());
  }

  @Test
  @ContractRule("INV-1")
  final void readsWhatTheLastCommitLeft() {
    Inventory first = commit(store, put("a", "1"), put("b", "1"), pending("c"));
    Inventory second = commit(store, put("a", "2"), remove("b"), remove("never-there"));
    assertEquals(1, first.sequence());
    assertEquals(2, second.sequence());
    Inventory read = store.read(Calls.UNBOUNDED);
    assertEquals(records(second), records(read));
    assertEquals(List.of(key("a"), key("c")), List.copyOf(records(read).keySet()));
    assertEquals(record(put("a", "2")), read.get(key("a")).orElseThrow());
    assertEquals(record(pending("c")), read.get(key("c")).orElseThrow());
  }

  @Test
  @ContractRule(value = "INV-2", needs = Capability.TORN_WRITE)
  final void aCommitCutShortAnywhereIsNotThereAtAll() {
    for (long cut : Places.below(twoCommits().secondBytes() + 1)) {
      renewFixture();
      open();
      Inventory before = twoCommits().first();
      fixture().tear(cut);
      Inventory expected = cut == 0 ? store.read(call()) : before;
      InventoryStore reopened = fixture().reopen();
      assertEquals(records(expected), records(reopened.read(call())), "cut " + cut);
      Inventory next = commit(reopened, put("d", "1"));
      assertEquals(expected.sequence() + 1, next.sequence());
      assertEquals(records(next), records(fixture().reopen().read(call())));
    }
  }

  /**
   * What two commits left.
   *
   * @param firstBytes bytes kept after the first
   * @param secondBytes bytes that the second one added
   */
  private record TwoCommits(Inventory first, Inventory second, long firstBytes, long secondBytes) {}

  private TwoCommits twoCommits() {
    Inventory first = commit(store, put("a", "1"), pending("b"));
    long size = fixture().size();
    Inventory second = commit(store, put("a", "2"), put("b", "2"), put("c", "2"), remove("z"));
    return new TwoCommits(first, second, size, fixture().size() - size);
  }

  @Test
  @ContractRule("INV-2")
  final void aRefusedCommitLeavesNoneOfItsChanges() {
    Inventory before = commit(store, put("a", "1"));
    assertThrows(
        InventoryException.class,
        () -> store.commit(before.sequence() + 7, List.of(put("a", "2"), put("b", "2")), call()));
    assertEquals(records(before), records(store.read(Calls.UNBOUNDED)));
  }

  @Test
  @ContractRule("INV-3")
  final void refusesASequenceThatMoved() {
    Inventory empty = store.read(Calls.UNBOUNDED);
    Inventory first = commit(store, put("a", "1"));
    Calls.assertFails(
        InventoryException.class,
        List.of(FailureCategory.STALE),
        () -> store.commit(empty.sequence(), List.of(put("b", "1")), call()));
    assertEquals(records(first), records(store.read(Calls.UNBOUNDED)));
    assertEquals(first.sequence(), store.read(Calls.UNBOUNDED).sequence());
  }

  @Test
  @ContractRule(value = "INV-3", needs = Capability.REOPEN)
  final void noticesACommitMadeElsewhere() {
    commit(store, put("a", "1"));
    Inventory elsewhere = commit(fixture().reopen(), put("b", "1"));
    Calls.assertFails(
        InventoryException.class,
        List.of(FailureCategory.STALE),
        () -> store.commit(1, List.of(put("c", "1")), call()));
    assertEquals(records(elsewhere), records(store.read(Calls.UNBOUNDED)));
  }

  @Test
  @ContractRule(value = "INV-4", needs = Capability.MEASURED_SIZE)
  final void aCommitAddsTheChangesAndNotTheInventory() {
    commit(store, many());
    long before = fixture().size();
    commit(store, put("one-more", "1"));
    long added = fixture().size() - before;
    assertTrue(added * 20 < before, () -> "one record added " + added + " bytes to " + before);
  }

  @Test
  @ContractRule(value = "INV-5", needs = Capability.DAMAGE)
  final void throwsWhatCannotBeReadAndNeverTakesItForEmpty() {
    TwoCommits example = twoCommits();
    for (long at : Places.below(Math.max(1, example.firstBytes() + example.secondBytes()))) {
      renewFixture();
      open();
      TwoCommits kept = twoCommits();
      InventoryStore damaged = fixture().damage(at);
      assertThrows(InventoryException.class, () -> damaged.read(call()), "bit at " + at);
      assertThrows(
          InventoryException.class,
          () -> damaged.commit(kept.second().sequence(), List.of(put("d", "1")), call()),
          "bit at " + at);
    }
  }

  @Test
  @ContractRule(value = "INV-6", needs = Capability.REOPEN)
  final void aCommitIsThereAfterAKill() {
    Inventory committed = commit(store, put("a", "1"), pending("b"));
    Inventory reopened = fixture().reopen().read(Calls.UNBOUNDED);
    assertEquals(committed.sequence(), reopened.sequence());
    assertEquals(records(committed), records(reopened));
    assertEquals(committed.owner(), reopened.owner());
  }

  @Test
  @ContractRule("INV-7")
  final void readingAgainGivesTheSameSequenceAndTheSameRecords() {
    commit(store, many());
    Inventory first = store.read(Calls.UNBOUNDED);
    Inventory again = store.read(Calls.UNBOUNDED);
    assertEquals(first.sequence(), again.sequence());
    ResourceKey key = key("r7");
    // Cheap means that nothing was read and built anew: the very same record is given again.
    assertSame(first.get(key).orElseThrow(), again.get(key).orElseThrow());
  }

  @Test
  @ContractRule("INV-8")
  final void theMaskingKeyHasEnoughBytesAndStays() {
    byte[] first = maskingKey(commit(store, put("a", "1")));
    assertTrue(first.length >= KEY_BYTES, () -> "a masking key of " + first.length + " bytes");
    commit(store, put("a", "2"));
    assertEquals(hex(first), hex(maskingKey(store.read(Calls.UNBOUNDED))));
  }

  @Test
  @ContractRule(value = "INV-8", needs = Capability.REOPEN)
  final void theMaskingKeyStaysAfterAKill() {
    byte[] first = maskingKey(commit(store, put("a", "1")));
    assertEquals(hex(first), hex(maskingKey(fixture().reopen().read(Calls.UNBOUNDED))));
  }

  @Test
  @ContractRule("INV-9")
  final void aCallThatHasEndedChangesNothing() {
    Inventory before = commit(store, put("a", "1"));
    assertEnds(store::read);
    assertEnds(ended -> store.commit(before.sequence(), List.of(put("a", "2")), ended));
    assertEquals(records(before), records(store.read(call())));
    assertEquals(before.sequence(), store.read(call()).sequence());
  }

  private static CallContext call() {
    return Calls.UNBOUNDED;
  }

  private static Inventory commit(InventoryStore store, InventoryChange... changes) {
    long sequence = store.read(Calls.UNBOUNDED).sequence();
    return store.commit(sequence, List.of(changes), Calls.UNBOUNDED);
  }

  private static InventoryChange[] many() {
    List<InventoryChange> changes = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      changes.add(put("r" + i, "1"));
    }
    return changes.toArray(InventoryChange[]::new);
  }

  private static ResourceKey key(String name) {
    return ResourceKey.file(name);
  }

  private static InventoryChange put(String name, String content) {
    Applied applied =
        new Applied(
            ContentDigest.of(content),
            ContentDigest.of("live " + content),
            "uid " + name,
            "[/spec/list/[name=x]/port, /spec/*]");
    return new InventoryChange.Put(
        InventoryRecord.applied(key(name), applied, ResourceTraits.DEFAULT));
  }

  private static InventoryChange pending(String name) {
    return new InventoryChange.Put(
        InventoryRecord.pending(key(name), ContentDigest.of(name), ResourceTraits.DEFAULT));
  }

  private static InventoryChange remove(String name) {
    return new InventoryChange.Remove(key(name));
  }

  private static InventoryRecord record(InventoryChange change) {
    return ((InventoryChange.Put) change).record();
  }

  private static SortedMap<ResourceKey, InventoryRecord> records(Inventory inventory) {
    SortedMap<ResourceKey, InventoryRecord> records = new TreeMap<>();
    inventory.forEach((InventoryRecord record) -> records.put(record.key(), record));
    return records;
  }

  private static byte[] maskingKey(Inventory inventory) {
    return inventory.maskingKey().reveal(bytes -> bytes.clone());
  }

  private static String hex(byte[] bytes) {
    return ContentDigest.of(new String(bytes, StandardCharsets.ISO_8859_1)).hex();
  }
}
