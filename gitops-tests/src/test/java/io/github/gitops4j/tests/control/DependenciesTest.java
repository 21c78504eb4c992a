package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.key;
import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications that come after others, and go before them. */
class DependenciesTest {
  private final Fleet fleet = new Fleet();

  @BeforeEach
  void commit() {
    fleet.repository.commit("a", 1);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private void put(String name, String... dependsOn) {
    fleet.controller.put(fleet.application(name).dependsOn(List.of(dependsOn)).build());
  }

  private List<String> conditions(String name) {
    return fleet.status(name).conditions().stream().map(Condition::toString).toList();
  }

  @Test
  void whatIsNotReadyIsWaitedForAndNoLonger() {
    fleet.target("platform").health(key("a"), Health.PROGRESSING);
    put("shop", "platform");
    assertThat(fleet.status("shop").has(Condition.Type.DEPENDENCY_MISSING)).isTrue();

    put("platform");
    assertThat(fleet.status("shop").has(Condition.Type.DEPENDENCY_NOT_READY)).isTrue();
    assertThat(fleet.live("shop")).isEmpty();

    fleet.target("platform").health(key("a"), Health.HEALTHY);
    fleet.clock.advance(Duration.ofMillis(50));
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.status("shop").conditions()).isEmpty();
  }

  @Test
  void ofOneRemoteItIsReadyOnlyAtTheSameRevision() {
    put("platform");
    put("shop", "platform");
    fleet.clock.advance(Duration.ofSeconds(1));
    fleet.target("platform").health(key("a"), Health.PROGRESSING);
    fleet.repository.commit("a", 2);

    assertThat(fleet.controller.reconcileNow("shop")).isNotNull();
    assertThat(fleet.live("platform")).containsExactly("a=2");
    assertThat(fleet.live("shop")).containsExactly("a=1");

    fleet.target("platform").health(key("a"), Health.HEALTHY);
    fleet.clock.advance(Duration.ofMillis(50));
    assertThat(fleet.live("shop")).containsExactly("a=2");
  }

  @Test
  void aCycleIsReportedByThoseInItAndByNobodyElse() {
    put("one", "two");
    put("two", "one");
    put("behind", "one");
    put("apart");
    fleet.intervalPasses();

    assertThat(conditions("one")).hasSize(1).first().asString().contains("one -> two -> one");
    assertThat(fleet.status("two").has(Condition.Type.DEPENDENCY_CYCLE)).isTrue();
    assertThat(fleet.status("behind").has(Condition.Type.DEPENDENCY_CYCLE)).isFalse();
    assertThat(fleet.status("behind").has(Condition.Type.DEPENDENCY_NOT_READY)).isTrue();
    assertThat(fleet.status("apart").isReady()).isTrue();

    put("two");
    fleet.intervalPasses();
    assertThat(fleet.status("behind").isReady()).isTrue();
  }

  @Test
  void whatDependsOnItselfIsACycle() {
    put("self", "self");

    assertThat(fleet.status("self").has(Condition.Type.DEPENDENCY_CYCLE)).isTrue();
  }

  @Test
  void whatOthersDependOnIsRemovedAfterThem() {
    put("platform");
    put("shop", "platform");
    fleet.clock.advance(Duration.ofSeconds(1));
    fleet.target("shop").system().hold(key("a"));

    CompletableFuture<Void> shop = fleet.controller.remove("shop", RemovalPolicy.PRUNE);
    CompletableFuture<Void> platform = fleet.controller.remove("platform", RemovalPolicy.PRUNE);
    fleet.intervalPasses();
    assertThat(fleet.live("platform")).containsExactly("a=1");
    assertThat(fleet.status("shop").has(Condition.Type.REMOVING)).isTrue();
    assertThat(shop).isNotDone();
    assertThat(platform).isNotDone();

    fleet.target("shop").system().letGo(key("a"));
    fleet.intervalPasses();
    assertThat(shop).isCompleted();
    assertThat(platform).isCompleted();
    assertThat(fleet.live("platform")).isEmpty();
    assertThat(fleet.controller.statuses()).isEmpty();
  }

  @Test
  void removalLeavesOrRemovesWhatWasOwnedAndNothingElse() {
    put("shop");
    put("bank");
    fleet.target("bank").system().put(key("foreign"), thing("foreign", 5));

    assertThat(fleet.controller.remove("shop", RemovalPolicy.ORPHAN)).isCompleted();
    assertThat(fleet.controller.remove("bank", RemovalPolicy.PRUNE)).isCompleted();
    assertThat(fleet.controller.remove("nobody", RemovalPolicy.PRUNE)).isCompleted();

    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.live("bank")).containsExactly("foreign=5");
  }
}
