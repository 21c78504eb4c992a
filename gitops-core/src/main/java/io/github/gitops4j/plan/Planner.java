package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes a plan of what was compared. Pure.
 *
 * <p>It is given every key that is not settled; keys that are settled need not be given. So its
 * cost is that of the differences, and a plan made of what changed equals one made of everything.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Planner {
  private final List<Veto> vetoes;
  private final Arrangement arrangement;

  private Planner(List<Veto> vetoes, Arrangement arrangement) {
    this.vetoes = vetoes;
    this.arrangement = arrangement;
  }

  /**
   * Creates a planner.
   *
   * @param targetVetoes the target's vetoes; ours come first
   * @param arrangement the target's last word on the order
   */
  public static Planner of(List<Veto> targetVetoes, Arrangement arrangement) {
    List<Veto> all = new ArrayList<>();
    all.add(new IncompleteDesiredVeto());
    all.add(new EmptyDesiredVeto());
    all.addAll(targetVetoes);
    return new Planner(List.copyOf(all), requireNonNull(arrangement, "arrangement"));
  }

  /** Says whether declared, live and inventory agree, under these rules. */
  public static boolean settled(Comparison comparison, List<IgnoreRule> rules) {
    return Sides.settled(comparison, rules);
  }

  /** Makes the plan. */
  public Plan plan(PlanHeader header, Collection<Compared> open, PlanFacts facts) {
    return plan(header, open, facts, removals -> Map.of(), actions -> actions);
  }

  /**
   * Makes the plan, with objections to removals and with hooks.
   *
   * @param objections says why removals must not be, as {@link RemovalGuard} does; it is asked once
   *     if there are any
   * @param hooks adds the hooks that are to be run, and holds what comes after one that has failed
   */
  public Plan plan(
      PlanHeader header,
      Collection<Compared> open,
      PlanFacts facts,
      Function<List<LiveResource>, Map<ResourceKey, String>> objections,
      UnaryOperator<List<PlannedAction>> hooks) {
    DecisionTable table = new DecisionTable(facts.policy(), facts.inventory().owner());
    List<PlannedAction> actions = new ArrayList<>();
    List<LiveResource> removals = new ArrayList<>();
    for (Compared compared : open) {
      Optional<PlannedAction> decided = table.decide(compared).map(action -> vetoed(action, facts));
      decided.ifPresent(actions::add);
      decided.filter(Planner::takesAway).flatMap(any -> live(compared)).ifPresent(removals::add);
    }
    List<PlannedAction> all = hooks.apply(unopposed(actions, removals, objections));
    List<PlannedAction> ordered =
        new RemovalOrder(facts.inventory()).apply(new DependencyOrder(facts.desired()).apply(all));
    List<PlannedAction> arranged = arrangement.arrange(ordered);
    if (arranged.size() != ordered.size()) {
      throw new IllegalStateException("an arrangement dropped or added an action");
    }
    int acted = (int) arranged.stream().filter(a -> a.head().desired().isPresent()).count();
    return Plan.of(header, arranged, facts.desired().broken(), facts.desired().size() - acted)
        .with(facts.desired().warnings());
  }

  private static Optional<LiveResource> live(Compared compared) {
    return compared.comparison().live() instanceof Observation.Present present
        ? Optional.of(present.resource())
        : Optional.empty();
  }

  private static List<PlannedAction> unopposed(
      List<PlannedAction> actions,
      List<LiveResource> removals,
      Function<List<LiveResource>, Map<ResourceKey, String>> objections) {
    if (removals.isEmpty()) {
      return actions;
    }
    Map<ResourceKey, String> opposed = objections.apply(List.copyOf(removals));
    return actions.stream().map(action -> unopposed(action, opposed)).toList();
  }

  private static PlannedAction unopposed(PlannedAction action, Map<ResourceKey, String> opposed) {
    String why = opposed.get(action.key());
    return why == null || !takesAway(action)
        ? action
        : PlannedAction.Hold.of(action, HoldReason.REFUSED_BY_TARGET, why);
  }

  private static boolean takesAway(PlannedAction action) {
    return action instanceof PlannedAction.Prune || action instanceof PlannedAction.Quarantine;
  }

  private PlannedAction vetoed(PlannedAction action, PlanFacts facts) {
    if (action instanceof PlannedAction.Hold) {
      return action;
    }
    for (Veto veto : vetoes) {
      Optional<PlannedAction.Hold> hold = veto.check(action, facts);
      if (hold.isPresent()) {
        return hold.get();
      }
    }
    return action;
  }
}
