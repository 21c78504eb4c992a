package io.github.gitops4j.testkit.contract;

import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Reports rules whose tests need what the backend lacks, in place of running them. */
final class LackReporter implements InvocationInterceptor {
  LackReporter() {}

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> test,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    ContractRule rule = method.getExecutable().getAnnotation(ContractRule.class);
    if (rule != null && context.getRequiredTestInstance() instanceof ContractKit kit) {
      Map<Capability, String> lacking = kit.lacking();
      for (Capability needed : rule.needs()) {
        if (lacking.containsKey(needed)) {
          context.publishReportEntry(
              "contract " + rule.value(),
              "not tested, lacks " + needed + ": " + lacking.get(needed));
          test.skip();
          return;
        }
      }
    }
    test.proceed();
  }
}
