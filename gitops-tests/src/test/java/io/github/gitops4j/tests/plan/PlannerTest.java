package io.github.gitops4j.tests.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanJson;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Veto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Veto NOTHING_AT_ALL =
      (action, facts) ->
          Optional.of(PlannedAction.Hold.of(action, HoldReason.REFUSED_BY_TARGET, "no"));

  private final PlanInputs inputs = new PlanInputs();

  private List<String> words(Plan plan) {
    return plan.actions().stream().map(PlannerTest::word).toList();
  }

  private static String word(PlannedAction action) {
    String what =
        action instanceof PlannedAction.Hold hold ? "HOLD " + hold.reason() : action.kind().name();
    return action.key().name() + " " + what;
  }

  private static String message(Plan plan, String name) {
    return plan.holds().stream()
        .filter(hold -> hold.key().name().equals(name))
        .map(hold -> hold.message().replace("Thing/", ""))
        .findFirst()
        .orElseThrow();
  }

  private static List<List<String>> waves(Plan plan) {
    return plan.waves().stream()
        .map(wave -> wave.actions().stream().map(action -> action.key().name()).toList())
        .toList();
  }

  @Test
  void phasesThenWavesThenOrderThenKeysDecide() {
    inputs.declare("a", "phase: AFTER, wave: -5");
    inputs.declare("b", "wave: 1");
    inputs.declare("c", "order: 2");
    inputs.declare("d", "order: 1");
    inputs.declare("e", "order: 1");
    inputs.declare("f", "wave: -1");
    inputs.declare("g", "phase: BEFORE, wave: 9");
    assertThat(waves(inputs.plan()))
        .containsExactly(
            List.of("g"), List.of("f"), List.of("d", "e", "c"), List.of("b"), List.of("a"));
  }

  @Test
  void dependenciesMakeLayersWithinAWave() {
    inputs.declare("a", "dependsOn: [Thing/b, Thing/c]");
    inputs.declare("b", "dependsOn: [Thing/c]");
    inputs.declare("c", "");
    inputs.declare("d", "");
    assertThat(waves(inputs.plan())).containsExactly(List.of("c", "d"), List.of("b"), List.of("a"));
  }

  @Test
  void aDependencyOfALaterWaveDrawsItsDependentThere() {
    inputs.declare("a", "wave: 0, dependsOn: [Thing/z]");
    inputs.declare("b", "wave: 0, dependsOn: [Thing/a]");
    inputs.declare("z", "wave: 3");
    assertThat(waves(inputs.plan())).containsExactly(List.of("z"), List.of("a"), List.of("b"));
  }

  @Test
  void removalsRunAfterWritesAndInReverse() {
    inputs.owned("a", "wave: 0");
    inputs.owned("b", "wave: 0, dependsOn: [Thing/a]");
    inputs.owned("c", "wave: 1");
    inputs.declare("z", "wave: 8");
    assertThat(waves(inputs.plan()))
        .containsExactly(List.of("z"), List.of("c"), List.of("b"), List.of("a"));
  }

  @Test
  void aCycleHoldsItsMembersUnderTheirNamesAndNobodyElse() {
    inputs.declare("a", "dependsOn: [Thing/self, Thing/b]");
    inputs.declare("b", "dependsOn: [Thing/a]");
    inputs.declare("dependent", "dependsOn: [Thing/b]");
    inputs.declare("free", "");
    inputs.declare("self", "dependsOn: [Thing/self]");
    Plan plan = inputs.plan();
    assertThat(words(plan))
        .containsExactlyInAnyOrder(
            "a HOLD DEPENDENCY_CYCLE",
            "b HOLD DEPENDENCY_CYCLE",
            "dependent HOLD DEPENDENCY",
            "free CREATE",
            "self HOLD DEPENDENCY_CYCLE");
    assertThat(message(plan, "a")).isEqualTo("part of a cycle of dependencies: [a, b]");
    assertThat(message(plan, "b")).isEqualTo("part of a cycle of dependencies: [a, b]");
    assertThat(message(plan, "self")).isEqualTo("part of a cycle of dependencies: [self]");
    assertThat(message(plan, "dependent")).isEqualTo("depends on a cycle of dependencies: [a, b]");
  }

  @Test
  void whatLiesBetweenTwoCyclesIsOnNeither() {
    inputs.declare("a", "dependsOn: [Thing/b]");
    inputs.declare("b", "dependsOn: [Thing/a, Thing/m]");
    inputs.declare("m", "dependsOn: [Thing/q]");
    inputs.declare("p", "dependsOn: [Thing/q]");
    inputs.declare("q", "dependsOn: [Thing/p]");
    Plan plan = inputs.plan();
    assertThat(message(plan, "m")).isEqualTo("depends on a cycle of dependencies: [q, p]");
    assertThat(message(plan, "a")).contains("part of").endsWith("[a, b]");
    assertThat(message(plan, "p")).contains("part of").contains("p").contains("q");
  }

  @Test
  void aLongCycleAndALongChainBehindItAreNamedInShort() {
    int length = 3_000;
    for (int i = 0; i < length; i++) {
      inputs.declare("r" + i, "dependsOn: [Thing/r" + (i + 1) % length + "]");
      inputs.declare("t" + i, "dependsOn: [Thing/" + (i == 0 ? "r0" : "t" + (i - 1)) + "]");
    }
    Plan plan = inputs.plan();
    assertThat(plan.holds()).hasSize(2 * length);
    assertThat(message(plan, "r7")).startsWith("part of").endsWith("and 2980 more");
    assertThat(message(plan, "t2999")).startsWith("depends on").hasSizeLessThan(1_000);
  }

  @Test
  void whatDependsOnSomethingHeldOrNotDeclaredIsHeld() {
    inputs.declare("a", "dependsOn: [Thing/nobody]");
    inputs.declare("b", "dependsOn: [Thing/a]");
    inputs.declare("c", "dependsOn: [Thing/never]");
    inputs.declare("never", "apply: IGNORE");
    assertThat(words(inputs.plan()))
        .containsExactlyInAnyOrder(
            "a HOLD DEPENDENCY",
            "b HOLD DEPENDENCY",
            "c HOLD DEPENDENCY",
            "never HOLD NOT_TO_BE_TOUCHED");
  }

  @Test
  void aVetoHoldsAnActionAndKeepsItInThePlan() {
    inputs.declare("a", "");
    inputs.owned("b", "");
    inputs.declare("c", "dependsOn: [Thing/a]");
    inputs.veto(
        (action, facts) ->
            action.kind() == ActionKind.CREATE && action.key().name().equals("a")
                ? Optional.of(PlannedAction.Hold.of(action, HoldReason.REFUSED_BY_TARGET, "no"))
                : Optional.empty());
    assertThat(words(inputs.plan()))
        .containsExactlyInAnyOrder("a HOLD REFUSED_BY_TARGET", "b PRUNE", "c HOLD DEPENDENCY");
  }

  @Test
  void anObjectionHoldsARemovalAndNothingElse() {
    inputs.declare("a", "");
    inputs.owned("b", "");
    inputs.owned("c", "");
    inputs.objection("a", "no");
    inputs.objection("b", "no");
    assertThat(words(inputs.plan()))
        .containsExactlyInAnyOrder("a CREATE", "b HOLD REFUSED_BY_TARGET", "c PRUNE");
  }

  @Test
  void anArrangementMayNotDropAnything() {
    inputs.declare("a", "");
    inputs.declare("b", "");
    inputs.arrangement(actions -> actions.subList(0, 1));
    assertThatThrownBy(inputs::plan).isInstanceOf(IllegalStateException.class);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void whatIsHeldIsNeverDropped(@ForAll long seed) {
    PlanInputs free = PlanInputs.random(new Random(seed));
    PlanInputs held = PlanInputs.random(new Random(seed));
    held.veto(NOTHING_AT_ALL);
    Plan all = free.plan();
    Plan none = held.plan();
    assertThat(none.waves()).isEmpty();
    assertThat(new TreeMap<>(byKey(none)).keySet()).isEqualTo(new TreeMap<>(byKey(all)).keySet());
    assertThat(none.inSync()).isEqualTo(all.inSync());
    assertThat(all.actions().stream().map(PlannedAction::key).toList()).doesNotHaveDuplicates();
  }

  private static SortedMap<String, PlannedAction> byKey(Plan plan) {
    return plan.actions().stream()
        .collect(
            Collectors.toMap(
                action -> action.key().toString(),
                action -> action,
                (one, other) -> {
                  throw new AssertionError("twice: " + one + " " + other);
                },
                TreeMap::new));
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void theOrderOfTheInputsIsNotInTheBytes(@ForAll long seed) {
    PlanInputs inputs = PlanInputs.random(new Random(seed));
    byte[] bytes = PlanJson.write(inputs.plan());
    for (int i = 0; i < 3; i++) {
      assertThat(PlanJson.write(inputs.shuffledPlan(new Random(seed + i)))).isEqualTo(bytes);
    }
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void nothingRunsBeforeWhatItDependsOn(@ForAll long seed) {
    PlanInputs inputs = PlanInputs.random(new Random(seed));
    Plan plan = inputs.plan();
    List<String> running = new ArrayList<>();
    plan.waves().forEach(wave -> wave.actions().forEach(a -> running.add(a.key().toString())));
    for (Plan.Wave wave : plan.waves()) {
      for (PlannedAction action : wave.actions()) {
        for (String on : inputs.dependencies(action)) {
          PlannedAction before = byKey(plan).get(on);
          if (before != null && action.head().desired().isPresent() && running.contains(on)) {
            assertThat(before.step()).as("%s on %s", action, on).isLessThan(action.step());
            assertThat(before.step().sameWave(action.step())).isFalse();
          }
        }
      }
    }
  }
}
