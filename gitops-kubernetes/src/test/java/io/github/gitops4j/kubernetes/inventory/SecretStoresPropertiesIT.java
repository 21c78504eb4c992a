package io.github.gitops4j.kubernetes.inventory;

import static io.github.gitops4j.kubernetes.inventory.StoresSite.CALL;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.commit;
import static io.github.gitops4j.kubernetes.inventory.StoresSite.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The inventory in head and chunks, held against a map. */
class SecretStoresPropertiesIT {
  private static final StateLimits TINY = new StateLimits(1_500, 2_000, 3_000);

  /** Starts with the first property. */
  private static final class Started {
    static final ControlPlane PLANE = ControlPlane.start();
    static final StoresSite SITE = StoresSite.in(PLANE);
  }

  @AfterContainer
  static void stop() {
    Started.SITE.close();
    Started.PLANE.close();
  }

  /**
   * One commit.
   *
   * @param changes what it changes
   * @param byAnother whether another process makes it
   */
  record Step(List<InventoryChange> changes, boolean byAnother) {}

  @Property(tries = 12)
  void isWhatAMapWouldBe(@ForAll("histories") List<Step> steps) {
    StoresSite site = Started.SITE;
    SecretStores stores = site.open(TINY);
    stores.forget(CALL);
    SortedMap<ResourceKey, InventoryRecord> expected = new TreeMap<>();
    for (Step step : steps) {
      for (InventoryChange change : step.changes()) {
        if (change instanceof InventoryChange.Put put) {
          expected.put(put.key(), put.record());
        } else {
          expected.remove(change.key());
        }
      }
      SecretStores writer = step.byAnother() ? site.open(TINY) : stores;
      assertThat(records(commit(writer, step.changes()))).isEqualTo(expected);
    }
    assertThat(records(stores)).isEqualTo(expected);
    assertThat(records(site.open(TINY))).isEqualTo(expected);
    assertThat(site.open(TINY).inventory().read(CALL).sequence()).isEqualTo(steps.size());
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<InventoryChange> change =
        Combinators.combine(
                Arbitraries.integers().between(0, 60), Arbitraries.integers().between(0, 3))
            .as(
                (number, content) ->
                    content == 0
                        ? StoresSite.remove(number)
                        : StoresSite.put(number, "content " + content));
    Arbitrary<List<InventoryChange>> changes =
        change.list().uniqueElements(InventoryChange::key).ofMaxSize(40);
    return Combinators.combine(changes, Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
