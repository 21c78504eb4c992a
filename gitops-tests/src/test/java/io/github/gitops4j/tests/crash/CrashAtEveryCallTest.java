package io.github.gitops4j.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The process dies before and after every call that the engine makes to a backend, in each pass of
 * a history; what comes next finds what was stored.
 */
final class CrashAtEveryCallTest {
  private static final boolean SOAK = Boolean.getBoolean("gitops.soak");

  /** Every how many pairs of crashes; a soak tries them all. */
  private static final int STRIDE = SOAK ? 1 : 37;

  /** Returns the calls of a pass that nothing disturbs. */
  private static List<InjectionPoint> calls(int pass) {
    return before(pass).doomed(FaultPlan.create()).calls();
  }

  /** Returns a story whose passes before this one went well. */
  private static CrashStory before(int pass) {
    CrashStory story = new CrashStory();
    for (int i = 0; i < pass; i++) {
      story.declare(i);
      story.pass(i);
    }
    story.declare(pass);
    return story;
  }

  private static void goOn(CrashStory story, int pass) {
    for (int i = pass; i < CrashStory.PASSES; i++) {
      story.declare(i);
      story.pass(i);
    }
  }

  private static FaultPlan crashAt(int call) {
    return FaultPlan.create().atCall(call, Fault.crash());
  }

  @Test
  void thePassesGoByEveryCall() {
    Set<InjectionPoint> seen = EnumSet.noneOf(InjectionPoint.class);
    for (int pass = 0; pass < CrashStory.PASSES; pass++) {
      seen.addAll(calls(pass));
    }
    Set<InjectionPoint> never = EnumSet.complementOf(EnumSet.copyOf(seen));
    assertThat(never).containsExactly(InjectionPoint.BEFORE_NEWEST);
  }

  @Test
  void theSamePassAgainConverges() {
    for (int pass = 0; pass < CrashStory.PASSES; pass++) {
      int calls = calls(pass).size();
      assertThat(calls).isGreaterThan(15);
      for (int call = 1; call <= calls; call++) {
        CrashStory story = before(pass);
        assertThat(story.doomed(crashAt(call)).struck()).hasSize(1);
        story.pass(pass);
        goOn(story, pass + 1);
      }
    }
  }

  @Test
  void whatADeadProcessCreatedIsPrunedIfItIsNoLongerDeclared() {
    for (int pass = 0; pass < CrashStory.PASSES - 1; pass++) {
      int calls = calls(pass).size();
      for (int call = 1; call <= calls; call++) {
        CrashStory story = before(pass);
        story.doomed(crashAt(call));
        goOn(story, pass + 1);
      }
    }
  }

  @Test
  void dyingWhileTheLastDeathIsPutRightIsPutRightToo() {
    int pair = 0;
    for (int pass = 0; pass < CrashStory.PASSES; pass++) {
      int calls = calls(pass).size();
      for (int first = 1; first <= calls; first++) {
        for (int second = 1; second <= calls; second++) {
          if (pair++ % STRIDE == 0) {
            CrashStory story = before(pass);
            story.doomed(crashAt(first));
            story.doomed(crashAt(second));
            story.pass(pass);
          }
        }
      }
    }
  }
}
