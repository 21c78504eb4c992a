package io.github.gitops4j.tests.engine;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Lets one thing go wrong at the n-th call that the engine makes to a target's parts. */
final class Faults {
  /** What goes wrong. */
  enum Kind {
    /** The host cancels just before the call. */
    CANCEL,
    /** The part throws instead of doing its work. */
    THROW_BEFORE,
    /** The part does its work, and nobody hears of it: as if killed right after. */
    THROW_AFTER
  }

  private final Kind kind;
  private final int at;
  final Cancellation cancellation = new Cancellation();
  private final List<String> calls = new ArrayList<>();

  Faults(Kind kind, int at) {
    this.kind = kind;
    this.at = at;
  }

  /** Returns the call at which it happened, or empty text if there were fewer calls. */
  String happenedAt() {
    return calls.size() >= at ? calls.get(at - 1) : "";
  }

  Target on(Target target) {
    Applier applier = target.applier();
    Applier sessions = (request, call) -> wrap(ApplySession.class, applier.open(request, call));
    return ComposedTarget.from(target)
        .live(wrap(LiveStateProvider.class, target.live()))
        .differ(wrap(Differ.class, target.differ()))
        .applier(wrap(Applier.class, sessions))
        .inventory(wrap(InventoryStore.class, target.inventory()))
        .history(wrap(HistoryStore.class, target.history()))
        .build();
  }

  private <T> T wrap(Class<T> type, T part) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              calls.add(type.getSimpleName() + "." + method.getName());
              boolean now = calls.size() == at;
              if (now && kind == Kind.CANCEL) {
                cancellation.cancel();
              } else if (now && kind == Kind.THROW_BEFORE) {
                throw new IllegalStateException("by order of the test");
              }
              Object result = invoke(method, part, arguments);
              if (now && kind == Kind.THROW_AFTER) {
                throw new IllegalStateException("by order of the test, after the work");
              }
              return result;
            });
    return type.cast(proxy);
  }

  private static Object invoke(java.lang.reflect.Method method, Object part, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(part, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
