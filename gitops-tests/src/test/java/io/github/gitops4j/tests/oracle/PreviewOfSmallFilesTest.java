package io.github.gitops4j.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.reconcile.Preview;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.testkit.InMemoryApplier;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManifestModel;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.StructuredDiffer;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class PreviewOfSmallFilesTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final int MOST_BEGINNINGS = 200;

  @Property(tries = 700, shrinking = ShrinkingMode.OFF)
  void isThePlanOfATargetThatIsAsTheFirstRevisionDeclares(@ForAll long seed) {
    check(seed);
  }

  /** It begins with two hooks of one name in files that the change leaves alone. */
  @Test
  void whatIsBrokenOnBothSidesIsNoCaseOfIt() {
    check(-7491615540912L);
  }

  @Test
  void thePlansHoldEverythingThatMayHappen() {
    Set<String> words = new TreeSet<>();
    for (long seed = 0; seed < 300; seed++) {
      check(seed).actions().forEach(action -> words.add(word(action)));
    }

    assertThat(words)
        .contains("CREATE", "UPDATE", "ADOPT", "PRUNE", "RELEASE", "RUN_HOOK")
        .contains("HOLD PRUNE_DISABLED", "HOLD INCOMPLETE_DESIRED", "HOLD EMPTY_DESIRED")
        .contains("HOLD DEPENDENCY");
  }

  private static Plan check(long seed) {
    Random random = new Random(seed);
    InMemoryTreeSource source = InMemoryTreeSource.empty();
    SmallFiles files = new SmallFiles(random, source);
    for (int i = 0; i < MOST_BEGINNINGS; i++) {
      PlanPolicy policy = Policies.any(random);
      Revision from = files.begin();
      Reconciler reconciler = reconciler(source, policy);
      reconciler.reconcile(CALL);
      reconciler.reconcile(CALL);
      Plan begun = reconciler.plan(CALL);
      if (begun.isEmpty()) {
        Revision to = files.change();
        if (isBrokenAlike(begun, source, from, to)) {
          continue;
        }
        OfflineTarget offline =
            OfflineTarget.builder("memory", ManifestModel.create(), new StructuredDiffer())
                .hooks(Set.of("hook"))
                .build();
        Plan previewed = Preview.of(source, offline, policy).between(from, to, CALL);
        assertThat(text(previewed))
            .as("seed %s under %s:%n%s", seed, policy.id(), files.story())
            .isEqualTo(text(reconciler.plan(CALL)));
        return previewed;
      }
    }
    throw new AssertionError("no beginning that can be applied whole: seed " + seed);
  }

  /** A file that cannot be understood, and does not differ, is not noticed by a preview. */
  private static boolean isBrokenAlike(
      Plan begun, InMemoryTreeSource source, Revision from, Revision to) {
    SourceTree before = source.fetch(from, CALL).tree();
    SourceTree after = source.fetch(to, CALL).tree();
    return begun.broken().stream()
        .map(broken -> broken.origin().file())
        .anyMatch(file -> before.find(file, CALL).equals(after.find(file, CALL)));
  }

  private static Reconciler reconciler(InMemoryTreeSource source, PlanPolicy policy) {
    InMemoryTarget memory = InMemoryTarget.create();
    return Reconciler.builder(
            source,
            ComposedTarget.from(memory)
                .applier(InMemoryApplier.of(memory.system(), policy.ignoreRules()))
                .build())
        .policy(policy)
        .gates(List.of())
        .clock(ManualClock.create())
        .retry(RetryPolicy.never())
        .build();
  }

  private static String text(Plan plan) {
    StringBuilder text = new StringBuilder(plan.revision().id()).append('\n');
    text.append(plan.header().contentId()).append('\n');
    plan.actions()
        .forEach(
            action ->
                text.append(word(action))
                    .append(' ')
                    .append(action.key())
                    .append(' ')
                    .append(action.step())
                    .append(' ')
                    .append(action instanceof PlannedAction.Hold hold ? hold.message() : "")
                    .append(action.changes().stream().map(ChangeText::of).toList())
                    .append('\n'));
    plan.broken().forEach(broken -> text.append(broken.failure()).append('\n'));
    return text.toString();
  }

  private static String word(PlannedAction action) {
    return action instanceof PlannedAction.Hold hold
        ? "HOLD " + hold.reason()
        : action.kind().name();
  }
}
