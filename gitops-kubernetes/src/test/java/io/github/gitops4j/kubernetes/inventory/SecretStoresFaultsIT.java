package io.github.gitops4j.kubernetes.inventory;

import static io.github.gitops4j.kubernetes.inventory.StoresSite.CALL;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.TIME;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.commit;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.ended;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.puts;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to the stores when Secrets, requests or writers go wrong. */
@ExtendWith(ControlPlaneExtension.class)
class SecretStoresFaultsIT {
  private static final StateLimits SMALL = new StateLimits(2_000, 2_000, 5_000);

  private final StoresSite site;

  SecretStoresFaultsIT(ControlPlane plane) {
    this.site = StoresSite.in(plane);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aLostHeadIsNoEmptyInventoryAfterARestart() {
    SecretStores stores = site.open();
    commit(stores, puts(0, 3, "first"));
    commit(stores, puts(0, 3, "second"));
    site.delete("state");
    InventoryException seen = failure(() -> stores.inventory().read(CALL));
    assertThat(seen).hasMessageContaining("/state: reading failed: it is gone");
    InventoryException restarted = failure(() -> site.open().inventory().read(CALL));
    assertThat(restarted)
        .hasMessageContaining("the inventory is lost")
        .hasMessageContaining("gitops4j.github.io/state=state to begin without it");
    assertThat(failure(() -> commit(site.open(), puts(0, 1, "third"))).category())
        .isEqualTo(FailureCategory.INTERNAL);
    assertThat(
            catchThrowableOfType(HistoryException.class, () -> site.open().history().state(CALL)))
        .hasMessageContaining("the inventory is lost");
    site.open().forget(CALL);
    assertThat(site.open().inventory().read(CALL).sequence()).isZero();
  }

  @Test
  void aLostOrForeignChunkIsNamed() {
    commit(site.open(SMALL), puts(0, 30, "first"));
    String chunk = site.secretLike("inventory");
    String other =
        site.secrets().keySet().stream()
            .filter(n -> n.contains("-inventory-") && !n.equals(chunk))
            .findFirst()
            .orElseThrow();
    site.replace(chunk, site.state(other));
    assertThat(failure(() -> site.open(SMALL).inventory().read(CALL)))
        .hasMessageContaining(chunk + ": reading failed: it is not what was written there");
    site.replace(chunk, "H4sI");
    assertThat(failure(() -> site.open(SMALL).inventory().read(CALL)))
        .hasMessageContaining(chunk + ": reading failed: it was damaged");
    site.delete(chunk);
    assertThat(failure(() -> site.open(SMALL).inventory().read(CALL)))
        .hasMessageContaining(chunk + ": reading failed: it is gone");
  }

  @Test
  void aLostOrForeignSegmentIsNamedAndTheStateIsStillKnown() {
    SecretStores stores = site.open(SMALL);
    for (int i = 0; i < 20; i++) {
      stores.history().append(ended("note " + i), TIME, CALL);
    }
    site.replace("state-history-1", site.state("state-history-2"));
    assertThat(historyFailure(() -> site.open(SMALL).history().newest(100, CALL)))
        .hasMessageContaining("state-history-1: reading failed: a record breaks the chain");
    site.delete("state-history-1");
    assertThat(historyFailure(() -> site.open(SMALL).history().newest(100, CALL)))
        .hasMessageContaining("state-history-1: reading failed: it is gone");
    assertThat(site.open(SMALL).history().state(CALL).sequence()).isEqualTo(20);
    site.delete("state");
    site.delete("state-origin");
    assertThat(historyFailure(() -> site.open(SMALL).history().state(CALL)))
        .hasMessageContaining("state-history-1: reading failed: it is gone");
  }

  @Test
  void aSegmentThatIsYoungerThanARestoredHeadStopsTheRollOver() {
    SecretStores stores = site.open(SMALL);
    commit(stores, puts(0, 1, "first"));
    String backup = site.state("state");
    appendUntilItRollsOver(stores, "first");
    site.restore("state", backup);

    SecretStores restored = site.open(SMALL);
    assertThat(records(restored)).hasSize(1);
    assertThat(historyFailure(() -> appendUntilItRollsOver(restored, "other")))
        .hasMessageContaining("state-history-1: writing failed: it is there already")
        .hasMessageContaining("delete it to go on");
    assertThat(records(site.open(SMALL))).hasSize(1);

    site.delete("state-history-1");
    appendUntilItRollsOver(restored, "other");
  }

  private void appendUntilItRollsOver(SecretStores stores, String note) {
    for (int i = 0; i < 12; i++) {
      stores.history().append(ended(note + i), TIME, CALL);
    }
    assertThat(site.secrets()).containsKey("state-history-1");
  }

  @Test
  void aSegmentOfAnotherHistoryStopsTheRollOver() {
    SecretStores stores = site.open(SMALL);
    for (int i = 0; i < 12; i++) {
      stores.history().append(ended("note " + i), TIME, CALL);
    }
    String segment = site.state("state-history-1");
    stores.forget(CALL);
    stores.history().append(ended("other"), TIME, CALL);
    site.create(
        "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\":"
            + " \"state-history-1\"}, \"data\": {\"state\": \""
            + segment
            + "\"}}");
    HistoryException refused =
        historyFailure(
            () -> {
              for (int i = 0; i < 12; i++) {
                stores.history().append(ended("other " + i), TIME, CALL);
              }
            });
    assertThat(refused).hasMessageContaining("state-history-1");
  }

  @Test
  void aSecretThatUnpacksToAGigabyteIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        zip.write(zeros);
      }
    }
    commit(site.open(), puts(0, 3, "first"));
    site.replace("state", Base64.getEncoder().encodeToString(bytes.toByteArray()));
    InventoryException refused = failure(() -> site.open().inventory().read(CALL));
    assertThat(refused).hasMessageContaining("/state: reading failed: it was damaged");
    assertThat(refused.getCause()).hasMessageContaining("it unpacks to more than");
  }

  @Test
  void theSecretsOfAnotherOwnerAreNotRead() {
    commit(site.open(), puts(0, 3, "first"));
    InventoryException refused = failure(() -> site.openAs("another").inventory().read(CALL));
    assertThat(refused.category()).isEqualTo(FailureCategory.CONFLICT);
    assertThat(refused).hasMessageContaining("it is the inventory of kit");
  }

  @Test
  void aWriteWhoseAnswerIsLostIsFoundToHaveHappened() {
    SecretStores stores = site.openPatient();
    commit(stores, puts(0, 3, "first"));
    ApiFault lost = new ApiFault.BrokenAnswer(0, ApiFault.End.RESET);
    site.proxy().faults().next(ApiCall::isWrite, lost);
    Inventory written = commit(stores, puts(0, 4, "second"));
    assertThat(written.sequence()).isEqualTo(2);
    site.proxy().faults().next(ApiCall::isWrite, lost);
    HistoryRecord record = stores.history().append(ended("once"), TIME, CALL);
    assertThat(site.open().history().newest(10, CALL)).containsExactly(record);
    assertThat(records(site.open())).isEqualTo(records(written));
  }

  @Test
  void aServerThatIsBusyOrFailsIsAskedAgain() {
    SecretStores stores = site.openPatient();
    commit(stores, puts(0, 3, "first"));
    for (ApiFault fault :
        List.of(
            ApiFault.status(500),
            ApiFault.status(503),
            ApiFault.retryLater(429, Duration.ZERO),
            new ApiFault.LostRequest())) {
      site.proxy().faults().next(ApiCall::isWrite, fault);
      commit(stores, puts(0, 3, fault.toString()));
    }
    assertThat(stores.inventory().read(CALL).sequence()).isEqualTo(5);
  }

  @Test
  void refusalsOfAWriteAreToldApart() {
    SecretStores stores = site.openPatient();
    commit(stores, puts(0, 3, "first"));
    commit(stores, puts(0, 3, "second"));
    assertThat(refused(stores, 413)).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
    assertThat(refused(stores, 403)).isEqualTo(FailureCategory.FORBIDDEN);
    assertThat(refused(stores, 500)).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(stores.inventory().read(CALL).sequence()).isEqualTo(2);
  }

  private FailureCategory refused(SecretStores stores, int status) {
    site.proxy().faults().always(ApiCall::isWrite, ApiFault.status(status));
    InventoryException refused = failure(() -> commit(stores, puts(0, 3, "third")));
    site.proxy().faults().clear();
    return refused.category();
  }

  @Test
  void ofTwoProcessesOneCommitsAndTheOtherIsToldSo() {
    SecretStores one = site.open(SMALL);
    SecretStores two = site.open(SMALL);
    commit(one, puts(0, 100, "first"));
    long sequence = two.inventory().read(CALL).sequence();
    Inventory written = one.inventory().commit(sequence, puts(0, 100, "one"), CALL);
    InventoryException stale =
        failure(() -> two.inventory().commit(sequence, puts(0, 100, "two"), CALL));
    assertThat(stale.category()).isEqualTo(FailureCategory.STALE);
    assertThat(records(site.open(SMALL))).isEqualTo(records(written));
  }

  @Test
  void aCommitIsNotStoppedByARecordThatSomebodyAddsMeanwhile() {
    SecretStores stores = site.openBehindProxy(SMALL);
    commit(stores, puts(0, 3, "first"));
    commit(stores, puts(0, 3, "second"));
    site.proxy()
        .faults()
        .next(
            call -> call.method().equals("PUT"),
            new ApiFault.Before(
                () -> site.open(SMALL).history().append(ended("meanwhile"), TIME, CALL)));
    Inventory written = stores.inventory().commit(2, puts(0, 100, "third"), CALL);
    assertThat(records(site.open(SMALL))).isEqualTo(records(written));
    assertThat(site.open(SMALL).history().state(CALL).sequence()).isEqualTo(1);
  }

  @Test
  void recordsOfManyProcessesAllFollowEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String name = "writer " + i;
        writers.add(() -> appendTen(site.open(SMALL), name));
      }
      int added = 0;
      for (Future<Integer> each : threads.invokeAll(writers)) {
        added += each.get();
      }
      assertThat(site.open(SMALL).history().newest(100, CALL)).hasSize(added).hasSizeGreaterThan(9);
    } finally {
      threads.shutdown();
    }
  }

  private static int appendTen(SecretStores stores, String name) {
    int added = 0;
    for (int i = 0; i < 10; i++) {
      try {
        stores.history().append(ended(name), TIME, CALL);
        added++;
      } catch (GitOpsException e) {
        assertThat(e.category()).isEqualTo(FailureCategory.STALE);
      }
    }
    return added;
  }

  @Test
  void whoReadsAHeadWhoseChunksAreReplacedMeanwhileReadsTheNextOne() {
    commit(site.open(SMALL), puts(0, 30, "first"));
    site.proxy()
        .faults()
        .next(
            call -> call.path().contains("-inventory-"),
            new ApiFault.Before(() -> commit(site.open(SMALL), puts(0, 30, "second"))));
    SecretStores reader = site.openBehindProxy(SMALL);
    assertThat(records(reader)).isEqualTo(records(site.open(SMALL)));
    assertThat(reader.inventory().read(CALL).sequence()).isEqualTo(2);
  }

  @Test
  void killedAtAnyRequestTheOldOrTheNewStateIsThereAndTheNextProcessGoesOn() {
    for (boolean sent : List.of(false, true)) {
      boolean reached = true;
      for (int request = 1; reached; request++) {
        reached = killedAt(request, sent);
      }
    }
  }

  /** Says whether there was such a request. */
  private boolean killedAt(int request, boolean sent) {
    site.proxy().faults().clear();
    SecretStores before = site.open(SMALL);
    before.forget(CALL);
    SortedMap<ResourceKey, InventoryRecord> old = records(commit(before, puts(0, 40, "old")));
    SecretStores victim = site.openBehindProxy(SMALL);
    victim.inventory().read(CALL);
    ApiFault dead = new ApiFault.LostRequest();
    Runnable kill = () -> site.proxy().faults().always(call -> true, dead);
    site.proxy()
        .faults()
        .nth(request, call -> true, sent ? new ApiFault.After(kill) : new ApiFault.Before(kill));
    boolean failed = false;
    try {
      SortedMap<ResourceKey, InventoryRecord> written =
          records(victim.inventory().commit(1, puts(20, 60, "new"), CALL));
      assertThat(records(site.open(SMALL))).isEqualTo(written);
    } catch (InventoryException e) {
      failed = true;
      assertThat(records(site.open(SMALL)))
          .as("killed at request " + request)
          .satisfiesAnyOf(
              now -> assertThat(now).isEqualTo(old), now -> assertThat(now).hasSize(60));
    }
    boolean reached = site.proxy().faults().pending() == 0;
    site.proxy().faults().clear();
    Inventory next = commit(site.open(SMALL), puts(0, 70, "next"));
    assertThat(records(site.open(SMALL))).isEqualTo(records(next)).hasSize(70);
    long chunks = site.secrets().keySet().stream().filter(n -> n.contains("-inventory-")).count();
    assertThat(chunks).as("leftovers after a kill at request " + request).isLessThan(12);
    return reached || failed;
  }

  private static InventoryException failure(ThrowingCallable call) {
    return catchThrowableOfType(InventoryException.class, call);
  }

  private static HistoryException historyFailure(ThrowingCallable call) {
    return catchThrowableOfType(HistoryException.class, call);
  }
}
