package io.github.gitops4j.testkit;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.report.TextRenderer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Assertions on a plan. Resources are named by the text of their key: a file by its path, others as
 * {@code kind.group/namespace/name} without its empty parts. A failure shows the whole plan.
 *
 * <pre>{@code
 * assertThat(plan).creates("Thing/a").holds("Thing/b", HoldReason.CONFLICT).prunesNothing();
 * }</pre>
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class PlanAssertions {
  private final Plan plan;

  private PlanAssertions(Plan plan) {
    this.plan = requireNonNull(plan, "plan");
  }

  /** Starts assertions on a plan. */
  public static PlanAssertions assertThat(Plan plan) {
    return new PlanAssertions(plan);
  }

  /** Checks that exactly these resources are created. */
  public PlanAssertions creates(String... keys) {
    return only(ActionKind.CREATE, keys);
  }

  /** Checks that exactly these resources are updated. */
  public PlanAssertions updates(String... keys) {
    return only(ActionKind.UPDATE, keys);
  }

  /** Checks that exactly these resources are deleted and created again. */
  public PlanAssertions replaces(String... keys) {
    return only(ActionKind.REPLACE, keys);
  }

  /** Checks that exactly these resources are adopted. */
  public PlanAssertions adopts(String... keys) {
    return only(ActionKind.ADOPT, keys);
  }

  /** Checks that exactly these resources are pruned. */
  public PlanAssertions prunes(String... keys) {
    return only(ActionKind.PRUNE, keys);
  }

  /** Checks that nothing is removed from the live system, not even into quarantine. */
  public PlanAssertions prunesNothing() {
    return only(ActionKind.PRUNE).only(ActionKind.QUARANTINE).only(ActionKind.REPLACE);
  }

  /** Checks that exactly these resources are removed and their content kept aside. */
  public PlanAssertions quarantines(String... keys) {
    return only(ActionKind.QUARANTINE, keys);
  }

  /** Checks that exactly these resources are released. */
  public PlanAssertions releases(String... keys) {
    return only(ActionKind.RELEASE, keys);
  }

  /** Checks that a resource is held for this reason; others may be held too. */
  public PlanAssertions holds(String key, HoldReason reason) {
    Map<String, HoldReason> held = new TreeMap<>();
    plan.holds().forEach(hold -> held.put(hold.key().toString(), hold.reason()));
    return reason.equals(held.get(key)) ? this : fail("hold " + key + " for " + reason, held);
  }

  /** Checks that nothing is held. */
  public PlanAssertions holdsNothing() {
    return only(ActionKind.HOLD);
  }

  /** Checks that there is no action, not even a held one. */
  public PlanAssertions isEmpty() {
    return plan.isEmpty() ? this : fail("do nothing", plan.counts());
  }

  /** Checks that these resources are acted on in this order, whatever else is between them. */
  public PlanAssertions ordersAs(String... keys) {
    List<String> expected = List.of(keys);
    List<String> found =
        plan.actions().stream()
            .map(action -> action.key().toString())
            .filter(expected::contains)
            .toList();
    return found.equals(expected) ? this : fail("act in the order " + expected, found);
  }

  /** Checks the waves that will run, each given as its keys in any order. */
  public PlanAssertions runsWaves(List<List<String>> waves) {
    List<List<String>> expected = waves.stream().map(PlanAssertions::sorted).toList();
    List<List<String>> found =
        plan.waves().stream()
            .map(wave -> wave.actions().stream().map(action -> action.key().toString()).toList())
            .map(PlanAssertions::sorted)
            .toList();
    return found.equals(expected) ? this : fail("run the waves " + expected, found);
  }

  /** Checks that exactly these files could not be understood. */
  public PlanAssertions findsBroken(String... files) {
    List<String> found =
        sorted(plan.broken().stream().map(input -> input.origin().file()).distinct().toList());
    List<String> expected = sorted(Arrays.asList(files));
    return found.equals(expected) ? this : fail("find broken " + expected, found);
  }

  private PlanAssertions only(ActionKind kind, String... keys) {
    List<String> expected = sorted(Arrays.asList(keys));
    List<String> found =
        sorted(
            plan.actions().stream()
                .filter(action -> action.kind() == kind)
                .map(PlannedAction::key)
                .map(Object::toString)
                .toList());
    return found.equals(expected) ? this : fail(kind + " exactly " + expected, found);
  }

  private static List<String> sorted(List<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }

  private PlanAssertions fail(String expected, Object found) {
    throw new AssertionError(
        "expected the plan to "
            + expected
            + ", but found "
            + found
            + " in\n"
            + TextRenderer.plain().plan(plan));
  }
}
