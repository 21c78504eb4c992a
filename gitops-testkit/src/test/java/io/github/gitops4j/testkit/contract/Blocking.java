package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.call.CallContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fixture whose backend, in all its parts, does nothing any more once its call has ended, and
 * hears no interrupt. Closing the fixture lets go of whoever is in there.
 */
final class Blocking implements InvocationHandler {
  private final Object behind;
  private final CountDownLatch closed;

  private Blocking(Object behind, CountDownLatch closed) {
    this.behind = behind;
    this.closed = closed;
  }

  static <T extends KitFixture> T of(Class<T> type, T fixture) {
    return type.cast(proxy(fixture, Set.of(type), new CountDownLatch(1)));
  }

  private static Object proxy(Object behind, Set<Class<?>> types, CountDownLatch closed) {
    return Proxy.newProxyInstance(
        Blocking.class.getClassLoader(),
        types.toArray(Class<?>[]::new),
        new Blocking(behind, closed));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    if (behind instanceof KitFixture && method.getName().equals("close")) {
      closed.countDown();
    }
    Object[] arguments = given == null ? new Object[0] : given;
    for (Object argument : arguments) {
      if (argument instanceof CallContext call && !call.isActive()) {
        block();
      }
    }
    try {
      Object answer = method.invoke(behind, arguments);
      Set<Class<?>> parts = answer == null ? Set.of() : partsOf(answer.getClass());
      return parts.isEmpty() ? answer : proxy(answer, parts, closed);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private void block() {
    boolean interrupted = false;
    while (closed.getCount() > 0) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what a backend implements of ours in an answer that is no value. */
  private static Set<Class<?>> partsOf(Class<?> type) {
    Set<Class<?>> parts = new LinkedHashSet<>();
    if (type.isRecord() || type.isEnum()) {
      return parts;
    }
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      Stream.of(at.getInterfaces())
          .filter(one -> one.getPackageName().startsWith("io.github.gitops4j"))
          .filter(one -> !one.isSealed())
          .forEach(parts::add);
    }
    return parts;
  }
}
