package io.github.gitops4j.testkit.kubernetes;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a {@link ControlPlane} and a {@link TestNamespace} to tests that have such parameters.
 *
 * <p>One control plane serves all test classes of a test run; it starts with the first test that
 * asks for it and ends with the run. A namespace belongs to the test that has the parameter, or to
 * the class if its constructor or a method before all tests has it. If the control plane cannot be
 * started, the tests fail with the reason; none is skipped. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ControlPlaneExtension implements ParameterResolver {
  private static final Namespace STORE = Namespace.create(ControlPlaneExtension.class);

  /** Make the extension; JUnit does so. */
  public ControlPlaneExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ControlPlane.class || type == TestNamespace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ControlPlane plane = plane(context);
    if (parameter.getParameter().getType() == ControlPlane.class) {
      return plane;
    }
    return context
        .getStore(STORE)
        .getOrComputeIfAbsent(
            context.getUniqueId(), id -> TestNamespace.in(plane), TestNamespace.class);
  }

  /**
   * Give the control plane of a test run, for other extensions; starts it if it does not run.
   *
   * @throws IllegalStateException if it does not start, for one because a tool is missing
   */
  public static ControlPlane plane(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .getOrComputeIfAbsent(ControlPlane.class, type -> ControlPlane.start(), ControlPlane.class);
  }
}
