package io.github.gitops4j.kubernetes.inventory;

import static io.github.gitops4j.kubernetes.inventory.StoresSite.CALL;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.TIME;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.commit;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.ended;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.key;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.put;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.puts;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.records;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the stores keep, in how many requests and Secrets, and what they convert. */
@ExtendWith(ControlPlaneExtension.class)
class SecretStoresIT {
  private static final StateLimits SMALL = new StateLimits(2_000, 2_000, 5_000);

  private final StoresSite site;

  SecretStoresIT(ControlPlane plane) {
    this.site = StoresSite.in(plane);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void fiftyThousandObjectsFitAndOneChangeIsOneRequest() {
    Inventory all = commit(site.open(), puts(0, 50_000, "first"));
    assertThat(records(site.open())).isEqualTo(records(all));
    assertThat(site.secrets().values()).allSatisfy(size -> assertThat(size).isLessThan(700_000));

    SecretStores stores = site.openBehindProxy(StateLimits.DEFAULT);
    stores.inventory().read(CALL);
    commit(stores, List.of(put(3, "settling"), remove(4)));
    ApiFaultProxy proxy = site.proxy();
    proxy.forgetCalls();
    long sequence = all.sequence() + 1;
    Inventory changed = stores.inventory().commit(sequence, List.of(put(7, "second")), CALL);
    assertThat(proxy.calls()).hasSize(1);
    assertThat(changed.size()).isEqualTo(49_999);
    assertThat(records(site.open())).isEqualTo(records(changed));
  }

  @Test
  void changesGoIntoThoseChunksOnlyThatTheyBelongTo() {
    commit(site.open(SMALL), puts(0, 200, "first"));
    List<String> before = List.copyOf(site.secrets().keySet());
    List<InventoryChange> near = new ArrayList<>();
    for (int i = 0; i < 200; i += 20) {
      near.add(put(i, "second"));
    }
    Inventory all = commit(site.open(SMALL), near);
    List<String> after = new ArrayList<>(site.secrets().keySet());
    after.retainAll(before);
    assertThat(before).hasSizeGreaterThan(10);
    assertThat(after).hasSizeGreaterThan(before.size() / 2);
    assertThat(records(site.open(SMALL))).isEqualTo(records(all));
  }

  @Test
  void chunksOfWhatIsForgottenGoAway() {
    commit(site.open(SMALL), puts(0, 200, "first"));
    List<InventoryChange> removes = new ArrayList<>();
    for (int i = 0; i < 199; i++) {
      removes.add(remove(i));
    }
    commit(site.open(SMALL), removes);
    commit(site.open(SMALL), puts(199, 210, "second"));
    assertThat(site.secrets().keySet()).hasSizeLessThan(5);
    assertThat(records(site.open(SMALL)).keySet()).hasSize(11);
  }

  @Test
  void anInventoryOfManyObjectsIsReadInOneRequestMoreForEachChunk() {
    commit(site.open(), puts(0, 1_000, "first"));
    SecretStores stores = site.openBehindProxy(StateLimits.DEFAULT);
    stores.inventory().read(CALL);
    assertThat(site.proxy().calls()).hasSize(2);
    stores.history().state(CALL);
    assertThat(site.proxy().calls()).hasSize(3);
  }

  @Test
  void theHistoryRollsOverByBytes() {
    SecretStores stores = site.open();
    List<HistoryRecord> all = new ArrayList<>();
    HistoryEvent approved = new HistoryEvent.PlanApproved(ContentDigest.of("plan"), "somebody");
    all.add(stores.history().append(approved, TIME, CALL));
    for (int i = 0; i < 120; i++) {
      all.add(0, stores.history().append(ended("x".repeat(3_000) + i), TIME, CALL));
    }
    assertThat(site.secrets()).containsKeys("state-history-1", "state-history-3");
    SecretStores reopened = site.open();
    assertThat(reopened.history().newest(1_000, CALL)).isEqualTo(all);
    HistoryState state = reopened.history().state(CALL);
    assertThat(state.sequence()).isEqualTo(121);
    assertThat(state.digest()).isEqualTo(all.get(0).digest());
    assertThat(state.approvals()).containsExactly(ContentDigest.of("plan"));
    assertThat(state.lastEnded()).isEqualTo(stores.history().state(CALL).lastEnded());
  }

  @Test
  void theStateOfALongHistoryIsReadWithoutIt() {
    SecretStores stores = site.open(SMALL);
    for (int i = 0; i < 60; i++) {
      stores.history().append(ended("note " + i), TIME, CALL);
    }
    SecretStores reopened = site.openBehindProxy(SMALL);
    assertThat(reopened.history().state(CALL).sequence()).isEqualTo(60);
    assertThat(site.proxy().calls()).hasSize(1);
    assertThat(reopened.history().newest(3, CALL)).hasSize(3);
    assertThat(site.proxy().calls()).hasSizeLessThan(4);
  }

  @Test
  void aSegmentThatAKilledWriterLeftIsTakenOver() {
    SecretStores stores = site.open(SMALL);
    SecretStores killed = site.openBehindProxy(SMALL);
    site.proxy().faults().always(call -> call.method().equals("PUT"), ApiFault.status(500));
    int appended = 0;
    while (!site.secrets().containsKey("state-history-1")) {
      stores.history().append(ended("note " + appended++), TIME, CALL);
      try {
        killed.history().append(ended("lost"), TIME, CALL);
      } catch (HistoryException e) {
        assertThat(e.retryable()).isTrue();
      }
    }
    stores.history().append(ended("note " + appended++), TIME, CALL);
    assertThat(site.open(SMALL).history().newest(100, CALL)).hasSize(appended);
  }

  @Test
  void allSecretsHaveLabels() {
    SecretStores stores = site.open(SMALL);
    commit(stores, puts(0, 30, "first"));
    for (int i = 0; i < 10; i++) {
      stores.history().append(ended("note " + i), TIME, CALL);
    }
    assertThat(site.parts())
        .containsEntry("state", "state head gitops4j")
        .containsEntry("state-origin", "state origin gitops4j")
        .containsEntry("state-history-1", "state history gitops4j")
        .containsEntry(site.secretLike("inventory"), "state inventory gitops4j");
  }

  @Test
  void forgettingLeavesNothingBehindAndTheOwnerBeginsAnew() {
    SecretStores stores = site.open(SMALL);
    commit(stores, puts(0, 30, "first"));
    for (int i = 0; i < 10; i++) {
      stores.history().append(ended("note " + i), TIME, CALL);
    }
    stores.forget(CALL);
    assertThat(site.secrets()).isEmpty();
    assertThat(stores.inventory().read(CALL).sequence()).isZero();
    assertThat(stores.history().state(CALL).sequence()).isZero();
    assertThat(commit(stores, puts(0, 1, "again")).sequence()).isEqualTo(1);
  }

  @Test
  void whatAnEarlierVersionKeptIsReadAndConvertedByTheNextWrite() throws IOException {
    site.create(fixture("state-inventory.json"));
    site.create(fixture("state-history-1.json"));
    SecretStores stores = site.open();
    Inventory before = stores.inventory().read(CALL);
    assertThat(before.sequence()).isEqualTo(2);
    assertThat(records(before).keySet())
        .containsExactly(
            ResourceKey.of("", "ConfigMap", "shop", "a"),
            ResourceKey.of("", "ConfigMap", "shop", "b"),
            ResourceKey.of("apps", "Deployment", "shop", "web"));
    List<HistoryRecord> records = stores.history().newest(10, CALL);
    assertThat(records).hasSize(3);

    Inventory after = stores.inventory().commit(2, List.of(put(1, "first")), CALL);
    HistoryRecord next = site.open().history().append(ended("note"), TIME, CALL);
    assertThat(records(site.open())).isEqualTo(records(after)).hasSize(4);
    assertThat(maskingKey(site.open().inventory().read(CALL))).isEqualTo(maskingKey(before));
    assertThat(site.open().history().newest(10, CALL))
        .startsWith(next)
        .endsWith(records.toArray(HistoryRecord[]::new))
        .hasSize(4);
    assertThat(site.open().history().state(CALL).pin()).isPresent();
    assertThat(site.secrets()).containsOnlyKeys("state", "state-origin", "state-history-1");
    assertThat(site.parts()).containsEntry("state-history-1", "state history gitops4j");
  }

  @Test
  void anEarlierInventoryThatIsGoneIsNotAnEmptyOne() throws IOException {
    site.create(fixture("state-history-1.json"));
    assertThatThrownBy(() -> site.open().inventory().read(CALL))
        .hasMessageContaining("Secret/" + site.namespace() + "/state")
        .hasMessageContaining("the inventory is lost");
  }

  @Test
  void namesThatNoSecretCanHaveAreRefusedAtOnce() {
    assertThatThrownBy(() -> new StateNames("Not_A_Name")).hasMessageContaining("Not_A_Name");
    assertThatThrownBy(() -> StateNames.label("namespace", "a/../b"))
        .hasMessageContaining("namespace is no label");
    assertThat(new StateNames("state").sequenceOf("state-inventory-12-abc")).isEqualTo(12);
    assertThat(new StateNames("state").sequenceOf("state-inventory")).isEqualTo(-1);
  }

  private static byte[] maskingKey(Inventory inventory) {
    return inventory.maskingKey().reveal(key -> key.clone());
  }

  private static String fixture(String name) throws IOException {
    try (InputStream stream = SecretStoresIT.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void keysBeforeTheFirstOfAllChunksBelongToIt() {
    commit(site.open(SMALL), puts(100, 200, "first"));
    Inventory all = commit(site.open(SMALL), puts(0, 30, "first"));
    assertThat(records(site.open(SMALL))).isEqualTo(records(all)).hasSize(130);
    assertThat(all.get(key(0))).isPresent();
  }
}
