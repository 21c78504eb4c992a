package io.github.gitops4j.kubernetes.plan;

import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The layers of one wave. What stood in one layer before may be taken apart; what stood in two
 * stays in that order, but for namespaces and definitions that go.
 *
 * @param first what has the first layer to itself, if it stood in the first
 * @param shift by how much everything else moves
 * @param afterAll the layer of namespaces that go
 * @param last the layer of definitions that go
 */
record WaveLayers(Predicate<PlannedAction> first, int shift, int afterAll, int last) {

  static WaveLayers of(List<PlannedAction> wave) {
    boolean removes = wave.get(0).step().stage() == Step.Stage.REMOVE;
    Predicate<PlannedAction> first = removes ? WaveLayers::isCustom : WaveLayers::isDefinition;
    boolean anyFirst =
        wave.stream().anyMatch(action -> action.step().layer() == 0 && first.test(action));
    int shift = anyFirst ? 1 : 0;
    if (!removes) {
      return new WaveLayers(first, shift, 0, 0);
    }
    int afterAll = deepest(wave, action -> holder(action).isEmpty()) + shift + 1;
    int last = afterAll + deepest(wave, action -> isOf(action, Holder.Sort.NAMESPACE)) + 1;
    return new WaveLayers(first, shift, afterAll, last);
  }

  /** Returns the same action in its layer. */
  PlannedAction place(PlannedAction action) {
    Step step = action.step();
    return action.at(
        new Step(step.phase(), step.stage(), step.wave(), layerOf(action), step.order()));
  }

  private int layerOf(PlannedAction action) {
    int layer = action.step().layer();
    if (action.step().stage() == Step.Stage.REMOVE && holder(action).isPresent()) {
      return layer + (isOf(action, Holder.Sort.NAMESPACE) ? afterAll : last);
    }
    return layer == 0 && first.test(action) ? 0 : layer + shift;
  }

  private static int deepest(List<PlannedAction> wave, Predicate<PlannedAction> which) {
    return wave.stream().filter(which).mapToInt(action -> action.step().layer()).max().orElse(-1);
  }

  private static boolean isDefinition(PlannedAction action) {
    return isOf(action, Holder.Sort.DEFINITION);
  }

  private static boolean isOf(PlannedAction action, Holder.Sort sort) {
    return holder(action).filter(holder -> holder.sort() == sort).isPresent();
  }

  private static Optional<Holder> holder(PlannedAction action) {
    return Holder.of(action.key());
  }

  /** The groups of Kubernetes itself have no dot or end in {@code .k8s.io}. */
  private static boolean isCustom(PlannedAction action) {
    ResourceKey key = action.key();
    return key.group().contains(".") && !key.group().endsWith(".k8s.io");
  }
}
