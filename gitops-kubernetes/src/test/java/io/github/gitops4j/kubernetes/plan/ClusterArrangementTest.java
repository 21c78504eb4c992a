package io.github.gitops4j.kubernetes.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterArrangementTest {
  private static final ContentDigest CONTENT = ContentDigest.of("content");
  private static final ResourceKey DEFINITION =
      ResourceKey.of("apiextensions.k8s.io", "CustomResourceDefinition", "", "fish.example.com");
  private static final ResourceKey FISH = ResourceKey.of("example.com", "Fish", "sea", "carp");
  private static final ResourceKey NAMESPACE = ResourceKey.of("", "Namespace", "", "sea");
  private static final ResourceKey CONTROLLER = ResourceKey.of("apps", "Deployment", "sea", "ctl");
  private static final ResourceKey SETTINGS = ResourceKey.of("", "ConfigMap", "sea", "settings");

  private static PlannedAction write(ResourceKey key, Phase phase, int wave, int layer) {
    Step step = new Step(phase, Step.Stage.WRITE, wave, layer, 0);
    return new PlannedAction.Create(
        new ActionHead(
            key, step, Optional.of(CONTENT), Precondition.MustBeAbsent.INSTANCE, Optional.empty()));
  }

  private static PlannedAction write(ResourceKey key) {
    return write(key, Phase.MAIN, 0, 0);
  }

  private static PlannedAction removal(ResourceKey key, int wave, int layer) {
    Step step = new Step(Phase.MAIN, Step.Stage.REMOVE, wave, layer, 0);
    return new PlannedAction.Prune(
        new ActionHead(
            key,
            step,
            Optional.empty(),
            new Precondition.MustEqual("uid", CONTENT),
            Optional.empty()));
  }

  /** Returns the kinds, each group of one wave in brackets of its own. */
  private static List<List<String>> arranged(PlannedAction... planned) {
    List<PlannedAction> actions =
        new ArrayList<>(new ClusterArrangement().arrange(List.of(planned)));
    assertThat(actions).hasSize(planned.length);
    actions.sort(Comparator.comparing(PlannedAction::step).thenComparing(PlannedAction::key));
    List<List<String>> waves = new ArrayList<>();
    Step last = null;
    for (PlannedAction action : actions) {
      if (last == null || !last.sameWave(action.step())) {
        waves.add(new ArrayList<>());
      }
      last = action.step();
      waves.get(waves.size() - 1).add(action.key().kind());
    }
    return waves;
  }

  @Test
  void definitionsAreWrittenAloneAndFirst() {
    assertThat(arranged(write(FISH), write(NAMESPACE), write(DEFINITION), write(CONTROLLER)))
        .containsExactly(
            List.of("CustomResourceDefinition"), List.of("Namespace", "Deployment", "Fish"));
  }

  @Test
  void withoutDefinitionsAndRemovalsNothingMoves() {
    assertThat(arranged(write(FISH), write(NAMESPACE), write(CONTROLLER))).hasSize(1);
  }

  @Test
  void aHolderIsDrawnToTheFirstWaveOfWhatItHolds() {
    assertThat(
            arranged(
                write(NAMESPACE, Phase.MAIN, 3, 0),
                write(DEFINITION, Phase.MAIN, 5, 0),
                write(SETTINGS, Phase.BEFORE, 0, 0),
                write(FISH, Phase.MAIN, 1, 0)))
        .containsExactly(
            List.of("ConfigMap", "Namespace"),
            List.of("CustomResourceDefinition"),
            List.of("Fish"));
  }

  @Test
  void whatIsHeldDrawsNothing() {
    PlannedAction held =
        PlannedAction.Hold.of(write(SETTINGS, Phase.BEFORE, 0, 0), HoldReason.CONFLICT, "held");
    assertThat(arranged(write(NAMESPACE), held))
        .containsExactly(List.of("ConfigMap"), List.of("Namespace"));
  }

  @Test
  void customResourcesGoFirstAndHoldersLast() {
    assertThat(
            arranged(
                removal(DEFINITION, 0, 0),
                removal(NAMESPACE, 0, 0),
                removal(CONTROLLER, 0, 0),
                removal(SETTINGS, 0, 1),
                removal(FISH, 0, 0)))
        .containsExactly(
            List.of("Fish"),
            List.of("Deployment"),
            List.of("ConfigMap"),
            List.of("Namespace"),
            List.of("CustomResourceDefinition"));
  }

  @Test
  void aHolderGoesNoEarlierThanTheLastOfWhatItHolds() {
    assertThat(arranged(removal(NAMESPACE, -2, 0), removal(SETTINGS, 0, 0)))
        .containsExactly(List.of("ConfigMap"), List.of("Namespace"));
  }

  @Test
  void whatAnObjectSaysThatItDependsOnStaysBeforeIt() {
    assertThat(arranged(write(CONTROLLER), write(DEFINITION, Phase.MAIN, 0, 1), write(FISH)))
        .containsExactly(List.of("Deployment", "Fish"), List.of("CustomResourceDefinition"));
    assertThat(arranged(removal(CONTROLLER, 0, 0), removal(FISH, 0, 1)))
        .containsExactly(List.of("Deployment"), List.of("Fish"));
  }
}
