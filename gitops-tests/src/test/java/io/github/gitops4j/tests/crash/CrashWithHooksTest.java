package io.github.gitops4j.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.SimulatedCrash;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The process dies before and after every call of a pass that runs hooks. */
final class CrashWithHooksTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final List<String> HOOKS = List.of("after", "before");

  private static final class Story {
    private final InMemoryTreeSource source = InMemoryTreeSource.empty();
    private final InMemoryTarget target = InMemoryTarget.create();

    void declare(int revision) {
      source.commit(
          "revision " + revision,
          files -> {
            files.put("app.yaml", "kind: Thing\nname: app\nspec: " + revision + "\n");
            for (String hook : HOOKS) {
              files.put(
                  hook + ".yaml",
                  "kind: Thing\nname: %s\ngitops: {hook: IN_ITS_WAVE, phase: %s}\n"
                      .formatted(hook, hook.toUpperCase(Locale.ROOT)));
            }
          });
    }

    /** Returns the uid of each hook that is there: a new one for each run. */
    Map<String, String> runs() {
      Map<String, String> uids = new TreeMap<>();
      for (String hook : HOOKS) {
        target
            .system()
            .get(ResourceKey.of("", "Thing", "", hook))
            .map(LiveResource::uid)
            .ifPresent(uid -> uids.put(hook, uid));
      }
      return uids;
    }

    FaultPlan process(FaultPlan faults) {
      Reconciler reconciler =
          Reconciler.builder(faults.around(source), faults.around(target)).build();
      try {
        ReconcileReport report = reconciler.reconcile(CALL);
        assertThat(report.converged()).as("%s", report).isTrue();
      } catch (SimulatedCrash crash) {
        assertThat(faults.struck()).hasSize(1);
      }
      return faults;
    }
  }

  private static Story before(int revision) {
    Story story = new Story();
    for (int i = 1; i < revision; i++) {
      story.declare(i);
      story.process(FaultPlan.create());
    }
    story.declare(revision);
    return story;
  }

  @Test
  void eachHookRunsOnceForEachRevisionWhereverTheProcessDies() {
    for (int revision = 1; revision <= 2; revision++) {
      int calls = before(revision).process(FaultPlan.create()).calls().size();
      assertThat(calls).isGreaterThan(20);
      for (int call = 1; call <= calls; call++) {
        Story story = before(revision);
        Map<String, String> earlier = story.runs();
        FaultPlan faults = story.process(FaultPlan.create().atCall(call, Fault.crash()));
        Map<String, String> atDeath = story.runs();
        story.process(FaultPlan.create());
        Map<String, String> now = story.runs();
        for (String hook : HOOKS) {
          assertThat(now.get(hook)).as("%s after %s", hook, faults.struck()).isNotNull();
          assertThat(now.get(hook)).isNotEqualTo(earlier.get(hook));
          boolean ranBeforeDeath =
              atDeath.containsKey(hook) && !atDeath.get(hook).equals(earlier.get(hook));
          if (ranBeforeDeath) {
            assertThat(now.get(hook))
                .as("%s runs once, also after %s", hook, faults.struck())
                .isEqualTo(atDeath.get(hook));
          }
        }
        assertThat(story.target.history().state(CALL).running()).isEmpty();
      }
    }
  }
}
