package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.Lease;
import io.github.gitops4j.control.Leases;
import io.github.gitops4j.control.Shards;
import io.github.gitops4j.control.SharedShards;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.testkit.InMemoryLeases;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that share applications, played on one clock. */
class SharedShardsTest {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int SHARDS = 16;

  private final ManualClock clock = ManualClock.create();
  private final InMemoryLeases records = new InMemoryLeases();
  private final List<Replica> processes = new ArrayList<>();

  /** A process that may fall asleep, be killed, and lose its network. */
  private final class Replica implements Leases {
    final SharedShards shards;
    final Shards.Taking taking;
    private final Deque<Runnable> asleepTasks = new ArrayDeque<>();
    private final Random random;
    boolean isAsleep;
    boolean isDead;
    boolean losesNextWrite;
    double chanceOfLoss;

    Replica(String name, int shardCount) {
      this.random = new Random(name.hashCode());
      this.shards =
          SharedShards.builder(name, this, this::run, clock)
              .ticker(clock)
              .lease(LEASE)
              .shards(shardCount)
              .build();
      this.taking = shards.begin(() -> {});
    }

    private void run(Runnable task) {
      if (isAsleep) {
        asleepTasks.add(task);
      } else if (!isDead) {
        task.run();
      }
    }

    void wake() {
      isAsleep = false;
      while (!asleepTasks.isEmpty()) {
        asleepTasks.remove().run();
      }
    }

    private void loseOrNot(String what) {
      if (random.nextDouble() < chanceOfLoss) {
        throw new SourceException(FailureCategory.UNAVAILABLE, what + " was lost");
      }
    }

    @Override
    public List<Lease> list(CallContext call) {
      loseOrNot("the list");
      return records.list(call);
    }

    @Override
    public boolean write(Lease lease, CallContext call) {
      if (losesNextWrite) {
        losesNextWrite = false;
        throw new SourceException(FailureCategory.UNAVAILABLE, "the request was lost");
      }
      loseOrNot("the request");
      boolean written = records.write(lease, call);
      loseOrNot("the answer");
      return written;
    }

    @Override
    public void remove(Lease lease, CallContext call) {
      loseOrNot("the request");
      records.remove(lease, call);
    }
  }

  private Replica start(String name) {
    Replica process = new Replica(name, SHARDS);
    processes.add(process);
    return process;
  }

  /** Lets time pass, and looks at each moment whether two take care of one shard. */
  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      nothingIsOfTwo();
    }
  }

  private void nothingIsOfTwo() {
    Map<Integer, Replica> whose = new HashMap<>();
    for (Replica process : processes) {
      if (!process.isDead) {
        for (int shard : process.shards.mine()) {
          assertThat(whose.put(shard, process)).as("shard %s is of two", shard).isNull();
        }
      }
    }
  }

  private static Set<Integer> all() {
    Set<Integer> all = new TreeSet<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      all.add(shard);
    }
    return all;
  }

  private Set<Integer> held() {
    Set<Integer> held = new TreeSet<>();
    processes.stream().filter(p -> !p.isDead).forEach(p -> held.addAll(p.shards.mine()));
    return held;
  }

  private List<Integer> sizes() {
    return processes.stream().filter(p -> !p.isDead).map(p -> p.shards.mine().size()).toList();
  }

  @Test
  void oneAloneHasAllAtOnce() {
    start("a");
    pass(Duration.ofSeconds(1));
    assertThat(held()).isEqualTo(all());
  }

  @Test
  void theyAreEven() {
    start("a");
    start("b");
    start("c");
    pass(Duration.ofSeconds(30));
    assertThat(held()).isEqualTo(all());
    assertThat(sizes()).allMatch(size -> size >= 4 && size <= 6);
    start("d");
    pass(Duration.ofSeconds(30));
    assertThat(held()).isEqualTo(all());
    assertThat(sizes()).containsOnly(4);
  }

  @Test
  void whatADeadProcessHadIsTakenOver() {
    start("a");
    Replica b = start("b");
    pass(Duration.ofSeconds(30));
    b.isDead = true;
    pass(LEASE.plusSeconds(12));
    assertThat(held()).isEqualTo(all());
  }

  @Test
  void whoGivesUpIsNotWaitedFor() {
    start("a");
    Replica b = start("b");
    pass(Duration.ofSeconds(30));
    b.taking.close();
    assertThat(b.shards.mine()).isEmpty();
    pass(Duration.ofSeconds(6));
    assertThat(held()).isEqualTo(all());
  }

  @Test
  void onlyWhatCouldNotBeGivenUpIsWaitedFor() {
    start("a");
    Replica b = start("b");
    pass(Duration.ofSeconds(30));
    b.losesNextWrite = true;
    b.taking.close();
    pass(Duration.ofSeconds(6));
    assertThat(held()).hasSize(SHARDS - 1);
    pass(LEASE.plus(LEASE));
    assertThat(held()).isEqualTo(all());
  }

  @Test
  void whoWasAsleepHasNothingWhenItWakesUp() {
    start("a");
    Replica b = start("b");
    pass(Duration.ofSeconds(30));
    b.isAsleep = true;
    pass(LEASE.multipliedBy(3));
    assertThat(processes.get(0).shards.mine()).isEqualTo(all());
    assertThat(b.shards.mine()).isEmpty();
    b.wake();
    nothingIsOfTwo();
    pass(Duration.ofSeconds(30));
    assertThat(sizes()).containsExactly(8, 8);
  }

  @Test
  void whoSeesAnotherNumberOfShardsTakesNothing() {
    start("a");
    pass(Duration.ofSeconds(10));
    Replica other = new Replica("b", SHARDS + 1);
    pass(Duration.ofSeconds(60));
    assertThat(other.shards.mine()).isEmpty();
    assertThat(processes.get(0).shards.mine()).isEqualTo(all());
  }

  @Test
  void aRecordThatSomebodyDeletedIsMadeAgainAndNothingIsOfTwo() {
    start("a");
    start("b");
    pass(Duration.ofSeconds(30));
    records.list(CallContext.unbounded()).stream()
        .filter(lease -> lease.name().startsWith("member-") || lease.holder().equals("b"))
        .forEach(lease -> records.remove(lease, CallContext.unbounded()));
    pass(Duration.ofSeconds(60));
    assertThat(held()).isEqualTo(all());
  }

  @Test
  void theRecordsOfTheDeadAreRemoved() {
    start("a");
    start("b").isDead = true;
    pass(LEASE.multipliedBy(12));
    assertThat(records.list(CallContext.unbounded()))
        .extracting(Lease::name)
        .doesNotContain("member-b");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverHappensNothingIsOfTwoAndInTheEndAllIsTakenCareOf(long seed) {
    Random random = new Random(seed);
    int started = 0;
    for (int step = 0; step < 200; step++) {
      List<Replica> alive = processes.stream().filter(p -> !p.isDead).toList();
      Replica any = alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
      int dice = random.nextInt(10);
      if (any == null || (dice == 0 && alive.size() < 6)) {
        start("p" + ++started);
      } else if (dice == 1) {
        any.isDead = true;
      } else if (dice == 2) {
        any.isAsleep = true;
      } else if (dice == 3) {
        any.wake();
        nothingIsOfTwo();
      } else if (dice == 4) {
        any.chanceOfLoss = random.nextDouble();
      } else if (dice == 5) {
        any.chanceOfLoss = 0;
      }
      pass(Duration.ofSeconds(1 + random.nextInt(10)));
    }
    start("last");
    for (Replica process : processes) {
      process.chanceOfLoss = 0;
      process.wake();
    }
    pass(Duration.ofSeconds(90));
    assertThat(held()).as("seed %s", seed).isEqualTo(all());
    int most = sizes().stream().mapToInt(Integer::intValue).max().orElseThrow();
    assertThat(most).isLessThanOrEqualTo((SHARDS + sizes().size() - 1) / sizes().size());
  }
}
