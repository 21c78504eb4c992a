package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link io.github.gitops4j.diff.Differ} against its rules {@code DIF-1} to {@code DIF-9}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class DifferContract extends TargetKit {
  private static final Failure UNREADABLE =
      Failure.of(FailureCategory.FORBIDDEN, "reading failed: by order of the test");

  /** Creates the kit. */
  protected DifferContract() {}

  @Test
  @ContractRule("DIF-1")
  final void comparingWritesNothing() {
    fixture().write("a", "one");
    fixture().write("extra", "one");
    scenario().declare("a", "two", "b", "two");
    Map<String, String> before = fixture().contents();
    diff(List.of(), "a", "b", "extra");
    assertEquals(before, fixture().contents());
  }

  @Test
  @ContractRule("DIF-2")
  final void givesOneDriftForEachComparisonInTheirOrder() {
    fixture().write("a", "one");
    fixture().write("b", "one");
    fixture().write("c", "one");
    scenario().declare("a", "two", "b", "one", "d", "one");
    List<Drift> drifts = diff(List.of(), "d", "c", "b", "a");
    assertEquals(4, drifts.size());
    assertInstanceOf(Drift.Missing.class, drifts.get(0));
    assertInstanceOf(Drift.Extra.class, drifts.get(1));
    assertInstanceOf(Drift.InSync.class, drifts.get(2));
    assertInstanceOf(Drift.Changed.class, drifts.get(3));
    assertEquals(List.of(), diff(List.of()));
  }

  @Test
  @ContractRule("DIF-3")
  final void whatNobodyCanReadIsUndecided() {
    scenario().declare("a", "one");
    Comparison sides =
        new Comparison(
            fixture().key("a"),
            scenario().desired().get(fixture().key("a")),
            new Observation.Unreadable(UNREADABLE),
            Optional.empty());
    Drift.Undecided undecided =
        assertInstanceOf(Drift.Undecided.class, diff(List.of(sides), List.of()).get(0));
    assertEquals(UNREADABLE, undecided.failure());
  }

  @Test
  @ContractRule("DIF-3")
  final void toldApartMissingAndExtra() {
    fixture().write("extra", "one");
    scenario().declare("missing", "one");
    assertInstanceOf(Drift.Missing.class, diff(List.of(), "missing").get(0));
    assertInstanceOf(Drift.Extra.class, diff(List.of(), "extra").get(0));
  }

  @Test
  @ContractRule("DIF-4")
  final void whatWasJustAppliedIsInSync() {
    scenario().own("a", "one", "b", "two");
    assertInstanceOf(Drift.InSync.class, diff(List.of(), "a").get(0));
    scenario().own("a", "three");
    diff(List.of(), "a", "b").forEach(drift -> assertInstanceOf(Drift.InSync.class, drift));
  }

  @Test
  @ContractRule(value = "DIF-5", needs = Capability.FIELDS)
  final void anIgnoredFieldIsInNoChange() {
    fixture().write("a", "one");
    scenario().declare("a", "two");
    IgnoreRule rule = IgnoreRule.builder(List.of(fixture().contentField())).build();
    assertInstanceOf(Drift.Changed.class, diff(List.of(), "a").get(0));
    assertInstanceOf(Drift.InSync.class, diff(List.of(rule), "a").get(0));
  }

  @Test
  @ContractRule(value = "DIF-6", needs = Capability.FIELDS)
  final void aSensitiveValueIsMasked() {
    fixture().write("a", "hunter-two");
    scenario().declare("a", "swordfish");
    Comparison plain = comparisons("a").get(0);
    DesiredEntry entry = plain.desired().orElseThrow();
    ResourceTraits secret =
        ResourceTraits.builder().sensitivePaths(List.of(fixture().contentField())).build();
    DesiredEntry masked = DesiredEntry.of(entry.key(), entry.digest(), secret, entry.origin());
    Comparison sides = new Comparison(plain.key(), Optional.of(masked), plain.live(), plain.base());
    Drift.Changed changed =
        assertInstanceOf(Drift.Changed.class, diff(List.of(sides), List.of()).get(0));
    for (FieldChange change : changed.changes()) {
      assertInstanceOf(FieldValue.Masked.class, change.before());
      assertInstanceOf(FieldValue.Masked.class, change.after());
    }
    String shown = changed.toString();
    assertFalse(shown.contains("hunter") || shown.contains("swordfish"), shown);
  }

  @Test
  @ContractRule("DIF-7")
  final void oneThatCannotBeComparedDoesNotStopTheOthers() {
    fixture().write("a", "one");
    fixture().write("b", "one");
    scenario().declare("a", "two", "b", "one");
    List<Comparison> sides = new ArrayList<>(comparisons("a", "b"));
    sides.add(
        1,
        new Comparison(
            fixture().key("c"),
            Optional.of(
                DesiredEntry.of(
                    fixture().key("c"),
                    ContentDigest.of("nowhere"),
                    ResourceTraits.DEFAULT,
                    sides.get(0).desired().orElseThrow().origin())),
            new Observation.Unreadable(UNREADABLE),
            Optional.empty()));
    List<Drift> drifts = diff(sides, List.of());
    assertInstanceOf(Drift.Changed.class, drifts.get(0));
    assertInstanceOf(Drift.Undecided.class, drifts.get(1));
    assertInstanceOf(Drift.InSync.class, drifts.get(2));
  }

  @Test
  @ContractRule("DIF-8")
  final void theSameInputGivesTheSameAnswerOrderedByPath() {
    fixture().write("a", "one");
    scenario().declare("a", "two");
    Drift.Changed first = assertInstanceOf(Drift.Changed.class, diff(List.of(), "a").get(0));
    assertEquals(first, diff(List.of(), "a").get(0));
    assertEquals(first.changes().stream().sorted().toList(), first.changes());
    assertTrue(first.changes().stream().map(FieldChange::path).distinct().count() > 0);
  }

  @Test
  @ContractRule("DIF-9")
  final void aCallThatHasEndedComparesNothing() {
    fixture().write("a", "one");
    scenario().declare("a", "two", "b", "one");
    DiffBatch batch = batch(comparisons("a", "b"), List.of());
    assertEnds(ended -> fixture().target().differ().diff(batch, ended));
  }

  private List<Comparison> comparisons(String... names) {
    DesiredState desired = scenario().desired();
    LiveState live = observe();
    Inventory inventory = fixture().target().inventory().read(Calls.UNBOUNDED);
    List<Comparison> sides = new ArrayList<>();
    for (String name : names) {
      ResourceKey key = fixture().key(name);
      sides.add(new Comparison(key, desired.get(key), live.observation(key), inventory.get(key)));
    }
    return sides;
  }

  private List<Drift> diff(List<IgnoreRule> rules, String... names) {
    return diff(comparisons(names), rules);
  }

  private List<Drift> diff(List<Comparison> sides, List<IgnoreRule> rules) {
    return fixture().target().differ().diff(batch(sides, rules), Calls.UNBOUNDED);
  }

  private DiffBatch batch(List<Comparison> sides, List<IgnoreRule> rules) {
    Inventory inventory = fixture().target().inventory().read(Calls.UNBOUNDED);
    return new DiffBatch(sides, scenario().desired(), rules, inventory.maskingKey());
  }
}
