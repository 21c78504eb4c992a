package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
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
  /** Creates the kit. */
  protected ContractKit() {}

  /**
   * Returns what this backend has no way to do, each with the reason; by default nothing. A rule
   * that needs it is not tested, and the report of the test run has an entry that says so.
   */
  protected Map<Capability, String> lacking() {
    return Map.of();
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
