package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that one pass would write, in the order in which it would.
 *
 * <p>The digest covers target, desired content, policy, actions and field changes, and no token or
 * time: planning the same again gives the same digest, so a digest can be approved.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Plan {
  private static final Comparator<PlannedAction> ORDER =
      Comparator.comparing(PlannedAction::step).thenComparing(PlannedAction::key);

  private final PlanHeader header;
  private final List<PlannedAction> actions;
  private final List<BrokenInput> broken;
  private final List<InputWarning> warnings;
  private final int inSync;
  private final ContentDigest digest;

  private Plan(
      PlanHeader header, List<PlannedAction> actions, List<BrokenInput> broken, int inSync) {
    this.header = header;
    this.actions = actions;
    this.broken = broken;
    this.warnings = List.of();
    this.inSync = inSync;
    this.digest = PlanDigest.of(this);
  }

  private Plan(Plan plan, List<InputWarning> warnings) {
    this.header = plan.header;
    this.actions = plan.actions;
    this.broken = plan.broken;
    this.warnings = List.copyOf(warnings);
    this.inSync = plan.inSync;
    this.digest = plan.digest;
  }

  /**
   * Creates a plan.
   *
   * @param actions in any order; at most one for each key
   * @param broken inputs that could not be understood
   * @param inSync number of declared resources that need nothing
   */
  public static Plan of(
      PlanHeader header, List<PlannedAction> actions, List<BrokenInput> broken, int inSync) {
    List<PlannedAction> sorted = new ArrayList<>(actions);
    sorted.sort(ORDER);
    return new Plan(
        requireNonNull(header, "header"), List.copyOf(sorted), List.copyOf(broken), inSync);
  }

  /** Returns this plan with warnings about the inputs; they are no part of its digest. */
  public Plan with(List<InputWarning> about) {
    return new Plan(this, about);
  }

  /** Returns what the plan was made for and from. */
  public PlanHeader header() {
    return header;
  }

  /** Returns the revision that the plan leads to. */
  public Revision revision() {
    return header.revision();
  }

  /** Returns all actions, held ones too, in the order in which they run. */
  public List<PlannedAction> actions() {
    return actions;
  }

  /** Returns the inputs that could not be understood. */
  public List<BrokenInput> broken() {
    return broken;
  }

  /** Returns what other tools may understand otherwise, ordered by file and line. */
  public List<InputWarning> warnings() {
    return warnings;
  }

  /** Returns the number of declared resources that need nothing. */
  public int inSync() {
    return inSync;
  }

  /** Returns the digest under which the plan can be approved. */
  public ContentDigest digest() {
    return digest;
  }

  /** Says whether there is no action, not even a held one. */
  public boolean isEmpty() {
    return actions.isEmpty();
  }

  /** Returns the actions that may run, wave by wave. */
  public List<Wave> waves() {
    List<Wave> waves = new ArrayList<>();
    List<PlannedAction> current = new ArrayList<>();
    for (PlannedAction action : actions) {
      if (action instanceof PlannedAction.Hold) {
        continue;
      }
      if (!current.isEmpty() && !current.get(0).step().sameWave(action.step())) {
        waves.add(new Wave(current.get(0).step(), current));
        current = new ArrayList<>();
      }
      current.add(action);
    }
    if (!current.isEmpty()) {
      waves.add(new Wave(current.get(0).step(), current));
    }
    return waves;
  }

  /** Returns the actions that will not run. */
  public List<PlannedAction.Hold> holds() {
    return actions.stream()
        .filter(PlannedAction.Hold.class::isInstance)
        .map(PlannedAction.Hold.class::cast)
        .toList();
  }

  /** Returns how many actions there are of each kind; kinds without any are left out. */
  public Map<ActionKind, Integer> counts() {
    Map<ActionKind, Integer> counts = new EnumMap<>(ActionKind.class);
    actions.forEach(action -> counts.merge(action.kind(), 1, Integer::sum));
    return counts;
  }

  /** Returns the keys that the plan acts on, in the order in which they run. */
  public List<ResourceKey> keys() {
    return actions.stream().map(PlannedAction::key).toList();
  }

  /** Returns the counts in words. */
  @Override
  public String toString() {
    return "Plan[" + header.target() + " to " + header.revision() + ": " + counts() + "]";
  }

  /**
   * The actions of one wave.
   *
   * @param step step of its first action
   * @param actions the actions, in order
   */
  public record Wave(Step step, List<PlannedAction> actions) {
    /** Copies the list. */
    public Wave {
      requireNonNull(step, "step");
      actions = List.copyOf(actions);
    }
  }
}
