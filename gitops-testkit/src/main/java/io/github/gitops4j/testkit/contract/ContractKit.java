package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all contract kits have in common: what a backend lacks is said, with the reason, and listed.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
@ExtendWith(LackReporter.class)
public abstract class ContractKit {
  private String rule = "";

  /** Creates the kit. */
  protected ContractKit() {}

  /**
   * Returns what this backend has no way to do, each with the reason; by default nothing. A rule
   * that needs it is not tested, and the report of the test run has an entry that says so.
   */
  protected Map<Capability, String> lacking() {
    return Map.of();
  }

  @BeforeEach
  final void noteRule(TestInfo test) {
    rule =
        test.getTestMethod()
            .map(method -> method.getAnnotation(ContractRule.class))
            .map(ContractRule::value)
            .orElse("");
  }

  /** Returns how long work goes on at most after its call has ended. */
  Duration patience() {
    return Duration.ofSeconds(30);
  }

  /** Runs work whose call has ended or is to end meanwhile; work that goes on breaks the rule. */
  final <T> T ending(Supplier<T> work) {
    return Bounded.run(
        work, patience(), rule + ": still at work " + patience() + " after its call was to end");
  }

  /** Checks that work ends with the right category if its call has ended. */
  final void assertEnds(Consumer<CallContext> work) {
    assertEnds(FailureCategory.CANCELLED, Calls.cancelled(), work);
    assertEnds(FailureCategory.TIMEOUT, Calls.expired(), work);
  }

  private void assertEnds(FailureCategory category, CallContext ended, Consumer<CallContext> work) {
    CallException thrown =
        ending(() -> assertThrows(CallException.class, () -> work.accept(ended)));
    assertEquals(category, thrown.category());
  }

  @Test
  final void lacksOnlyWhatSomeRuleNeedsAndSaysWhy() {
    Set<Capability> needed = EnumSet.noneOf(Capability.class);
    for (Class<?> type = getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        ContractRule rule = method.getAnnotation(ContractRule.class);
        if (rule != null) {
          needed.addAll(Arrays.asList(rule.needs()));
        }
      }
    }
    lacking()
        .forEach(
            (capability, reason) -> {
              assertTrue(needed.contains(capability), () -> "no rule here needs " + capability);
              assertFalse(reason.isBlank(), () -> capability + " is lacking without a reason");
            });
  }
}
