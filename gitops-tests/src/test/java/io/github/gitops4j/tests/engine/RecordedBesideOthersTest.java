package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Somebody else changes the inventory after a pass has written and before it has recorded that. */
class RecordedBesideOthersTest {
  private static final ContentDigest THEIRS = ContentDigest.of("theirs");

  private final Scene scene = new Scene();

  private void converge() {
    ReconcileReport report = scene.reconciler().build().reconcile(CALL);
    assertThat(report.converged()).as("%s %s", report, report.plan()).isTrue();
  }

  /** Makes a pass, in which somebody else commits after the first write. */
  private void passWhile(InventoryChange theirs) {
    staleBy(
        FaultPlan.create().at(InjectionPoint.OUTCOME, 1, Fault.meanwhile(() -> commit(theirs))));
  }

  private void staleBy(FaultPlan faults) {
    ReconcileReport report =
        scene.reconciler(scene.source, faults.around(scene.target)).build().reconcile(CALL);
    assertThat(report.result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed -> assertThat(failed.failure().category()).isEqualTo(FailureCategory.STALE));
  }

  private void commit(InventoryChange change) {
    InMemoryInventoryStore store = scene.target.inventory();
    store.commit(store.read(CALL).sequence(), List.of(change), CALL);
  }

  private InventoryRecord record(String name) {
    return find(name).orElseThrow();
  }

  private Optional<InventoryRecord> find(String name) {
    return scene.target.inventory().read(CALL).get(key(name));
  }

  @Test
  void whatWasCreatedIsOursThoughSomebodyForgotThatWeWouldCreateIt() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    passWhile(new InventoryChange.Remove(key("a")));
    assertThat(record("a").applied()).isPresent();

    scene.remove("a");
    converge();
    assertThat(scene.live()).containsExactly("b={\"value\":1}");
  }

  @Test
  void whatWasMadeAnewIsOursThoughSomebodyHasForgottenIt() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    converge();
    scene.target.system().remove(key("a"));
    passWhile(new InventoryChange.Remove(key("a")));
    assertThat(scene.live()).contains("a={\"value\":1}");
    assertThat(record("a").applied()).isPresent();
  }

  @Test
  void anUpdateIsRecordedAndTheIntentOfSomebodyElseStays() {
    scene.commit("a", thing("a", 1));
    converge();
    scene.commit("a", thing("a", 2));
    passWhile(new InventoryChange.Put(record("a").intending(THEIRS, record("a").traits())));
    ContentDigest written = scene.target.system().get(key("a")).orElseThrow().digest();
    assertThat(record("a").applied().map(Applied::live)).contains(written);
    assertThat(record("a").intended()).contains(THEIRS);

    scene.commit("a", thing("a", 3));
    converge();
    assertThat(scene.target.inMemoryApplier().keptAside()).isEmpty();
  }

  @Test
  void whatSomebodyElseHasRecordedSinceStays() {
    scene.commit("a", thing("a", 1));
    converge();
    scene.commit("a", thing("a", 2));
    InventoryRecord theirs =
        InventoryRecord.applied(
            key("a"), new Applied(THEIRS, THEIRS, "uid-of-theirs", ""), record("a").traits());
    passWhile(new InventoryChange.Put(theirs));
    assertThat(record("a")).isEqualTo(theirs);
  }

  @Test
  void whatSomebodyElseMeansToMakeAnewIsNotForgotten() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    converge();
    scene.remove("a");
    InventoryRecord theirs = record("a").intending(THEIRS, record("a").traits());
    passWhile(new InventoryChange.Put(theirs));
    assertThat(record("a")).isEqualTo(theirs);
  }

  @Test
  void whatWasRemovedIsForgottenBesideAChangeOfSomethingElse() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    converge();
    scene.remove("a");
    passWhile(new InventoryChange.Put(record("b").intending(THEIRS, record("b").traits())));
    assertThat(find("a")).isEmpty();
  }

  @Test
  void somebodyWhoAlwaysComesFirstKeepsNoPassFromEnding() {
    scene.commit("a", thing("a", 1));
    Fault always =
        Fault.meanwhile(
            () ->
                commit(
                    new InventoryChange.Put(
                        InventoryRecord.pending(key("other"), THEIRS, ResourceTraits.DEFAULT))));
    staleBy(
        FaultPlan.create()
            .withChance(
                1,
                new Random(1),
                (point, call) -> {
                  if (point == InjectionPoint.BEFORE_COMMIT && !scene.live().isEmpty()) {
                    always.strike(point, call);
                  }
                }));
    assertThat(record("a").applied()).isEmpty();
    converge();
  }
}
