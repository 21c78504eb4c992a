package io.github.gitops4j.kubernetes.plan;

import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Puts what objects need of a cluster before them, and takes it away after them.
 *
 * <p>A namespace or definition comes no later than the first wave of what it may hold, and goes no
 * earlier than the last. Within a wave, definitions are written alone, first, so that what follows
 * waits until they are established. Removals of a wave begin with custom resources, as their
 * finalizers need a controller that may be removed too, and end with namespaces, then definitions.
 * What an object says itself that it depends on stays before it.
 *
 * <p>Thread-safe and pure.
 *
 * @since 0.1.0
 */
public final class ClusterArrangement implements Arrangement {
  /** Creates the arrangement. */
  public ClusterArrangement() {}

  /** Where something is written or removed that may need a holder: a namespace, or a group. */
  private record Place(Step.Stage stage, Holder.Sort sort, String name) {
    static Place of(Step.Stage stage, Holder holder) {
      return new Place(
          stage,
          holder.sort(),
          holder.sort() == Holder.Sort.NAMESPACE ? holder.name() : holder.group());
    }
  }

  @Override
  public List<PlannedAction> arrange(List<PlannedAction> planned) {
    Map<Step, List<PlannedAction>> waves = new LinkedHashMap<>();
    for (PlannedAction action : drawn(planned)) {
      waves.computeIfAbsent(waveOf(action.step()), wave -> new ArrayList<>()).add(action);
    }
    List<PlannedAction> arranged = new ArrayList<>(planned.size());
    for (List<PlannedAction> wave : waves.values()) {
      WaveLayers layers = WaveLayers.of(wave);
      wave.forEach(action -> arranged.add(layers.place(action)));
    }
    return arranged;
  }

  /** Moves each holder to the wave of what it may hold, where that is not its own. */
  private static List<PlannedAction> drawn(List<PlannedAction> actions) {
    if (actions.stream().noneMatch(action -> Holder.of(action.key()).isPresent())) {
      return actions;
    }
    Map<Place, Step> utmost = utmostWaves(actions);
    List<PlannedAction> drawn = new ArrayList<>(actions.size());
    for (PlannedAction action : actions) {
      Step step = action.step();
      Step own = waveOf(step);
      Step to =
          Holder.of(action.key())
              .map(holder -> utmost.get(Place.of(step.stage(), holder)))
              .map(theirs -> utmost(step.stage()).apply(own, theirs))
              .orElse(own);
      drawn.add(
          to.equals(own)
              ? action
              : action.at(new Step(to.phase(), to.stage(), to.wave(), 0, step.order())));
    }
    return drawn;
  }

  /** Returns by place the first wave that writes there, and the last that removes something. */
  private static Map<Place, Step> utmostWaves(List<PlannedAction> actions) {
    Map<Place, Step> utmost = new HashMap<>();
    for (PlannedAction action : actions) {
      if (!(action instanceof PlannedAction.Hold)) {
        Step.Stage stage = action.step().stage();
        Step wave = waveOf(action.step());
        for (Place place : places(action)) {
          utmost.merge(place, wave, utmost(stage));
        }
      }
    }
    return utmost;
  }

  private static List<Place> places(PlannedAction action) {
    Step.Stage stage = action.step().stage();
    return List.of(
        new Place(stage, Holder.Sort.NAMESPACE, action.key().namespace()),
        new Place(stage, Holder.Sort.DEFINITION, action.key().group()));
  }

  private static BinaryOperator<Step> utmost(Step.Stage stage) {
    return stage == Step.Stage.WRITE
        ? BinaryOperator.minBy(Step::compareTo)
        : BinaryOperator.maxBy(Step::compareTo);
  }

  private static Step waveOf(Step step) {
    return new Step(step.phase(), step.stage(), step.wave(), 0, 0);
  }
}
