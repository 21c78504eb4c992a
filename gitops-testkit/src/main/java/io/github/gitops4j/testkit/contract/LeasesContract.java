package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.Lease;
import io.github.gitops4j.control.Leases;
import io.github.gitops4j.error.GitOpsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds {@link Leases} against their rules {@code LS-1} to {@code LS-5}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class LeasesContract extends FixtureKit<LeasesFixture> {
  private static final int WRITERS = 8;

  private Leases one;
  private Leases other;

  /** Creates the kit. */
  protected LeasesContract() {}

  /** Makes leases without a record. */
  @Override
  protected abstract LeasesFixture createFixture();

  @BeforeEach
  final void open() {
    one = fixture().open();
    other = fixture().open();
  }

  private static Optional<Lease> find(Leases leases, String name) {
    return leases.list(Calls.UNBOUNDED).stream()
        .filter(lease -> lease.name().equals(name))
        .findFirst();
  }

  private Lease created(String name, String holder) {
    assertTrue(one.write(Lease.create(name, holder), Calls.UNBOUNDED));
    return find(other, name).orElseThrow();
  }

  @Test
  @ContractRule("LS-1")
  final void whoKnowsAnEarlierVersionIsTooLate() {
    Lease seen = created("shard-1", "a");
    assertFalse(other.write(Lease.create("shard-1", "b"), Calls.UNBOUNDED));
    assertTrue(other.write(seen.heldBy("b"), Calls.UNBOUNDED));
    assertFalse(one.write(seen.heldBy("a"), Calls.UNBOUNDED));
    assertEquals("b", find(one, "shard-1").orElseThrow().holder());
    one.remove(find(one, "shard-1").orElseThrow(), Calls.UNBOUNDED);
    assertFalse(other.write(seen.heldBy("c"), Calls.UNBOUNDED), "of a record that is gone");
  }

  @Test
  @ContractRule("LS-1")
  final void ofSeveralWritersOneWins() throws InterruptedException, ExecutionException {
    Lease seen = created("shard-1", "");
    CountDownLatch begin = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<Boolean>> writes = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Lease wanted = seen.heldBy("w" + i);
        Leases leases = fixture().open();
        writes.add(
            executor.submit(
                () -> {
                  begin.await();
                  return leases.write(wanted, Calls.UNBOUNDED);
                }));
      }
      begin.countDown();
      List<String> winners = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        if (writes.get(i).get()) {
          winners.add("w" + i);
        }
      }
      assertEquals(List.of(find(one, "shard-1").orElseThrow().holder()), winners);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  @ContractRule("LS-2")
  final void aWriteThatChangesNothingGivesAnotherVersion() {
    Lease first = created("member-a", "a");
    assertTrue(one.write(first, Calls.UNBOUNDED));
    Lease second = find(other, "member-a").orElseThrow();
    assertNotEquals(first.version(), second.version());
    assertEquals(first.holder(), second.holder());
  }

  @Test
  @ContractRule("LS-3")
  final void aListHasAllThatWasWritten() {
    for (int i = 0; i < 20; i++) {
      created("shard-" + i, i % 2 == 0 ? "" : "p" + i);
    }
    Lease last = find(other, "shard-7").orElseThrow();
    assertTrue(one.write(last.heldBy("q").heldBy("r"), Calls.UNBOUNDED));
    assertEquals(20, other.list(Calls.UNBOUNDED).size());
    Lease now = find(other, "shard-7").orElseThrow();
    assertEquals("r", now.holder());
    assertEquals(last.transitions() + 2, now.transitions());
    assertEquals("", find(other, "shard-8").orElseThrow().holder());
  }

  @Test
  @ContractRule("LS-4")
  final void onlyWhatIsAsItWasSeenIsRemoved() {
    Lease seen = created("member-a", "a");
    assertTrue(one.write(seen, Calls.UNBOUNDED));
    other.remove(seen, Calls.UNBOUNDED);
    Lease now = find(one, "member-a").orElseThrow();
    other.remove(now, Calls.UNBOUNDED);
    assertTrue(find(one, "member-a").isEmpty());
    other.remove(now, Calls.UNBOUNDED);
  }

  @Test
  @ContractRule("LS-5")
  final void aCallThatHasEndedChangesNothing() {
    CallContext cancelled = Calls.cancelled();
    for (Runnable use :
        List.<Runnable>of(
            () -> one.write(Lease.create("member-a", "a"), cancelled), () -> one.list(cancelled))) {
      ending(() -> assertThrows(GitOpsException.class, use::run));
    }
    assertTrue(one.list(Calls.UNBOUNDED).isEmpty());
  }
}
