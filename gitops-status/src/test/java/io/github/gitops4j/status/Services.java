package io.github.gitops4j.status;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateFacts;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Applications on a clock that stands still, whose turns run in the thread of the test. */
final class Services implements AutoCloseable {
  final ManualClock clock = ManualClock.create();
  final Controller controller =
      Controller.builder(Runnable::run, clock).clock(clock).ticker(clock).jitter(() -> 0).build();
  private final Map<String, InMemoryTarget> targets = new HashMap<>();

  /** Puts an application that declares one thing. */
  void put(String name) {
    put(name, InMemoryTreeSource.with("a.yaml", thing("port", "value: 80")));
  }

  void put(String name, InMemoryTreeSource source) {
    controller.put(application(name, source).build());
  }

  Application.Builder application(String name, InMemoryTreeSource source) {
    return Application.builder(name, source, target(name))
        .interval(Duration.ofMinutes(1))
        .reconciler(builder -> builder.retry(RetryPolicy.never()));
  }

  /** Puts an application that lets nothing be changed, and changes it by hand. */
  void putDrifted(String name) {
    InMemoryTreeSource source = InMemoryTreeSource.with("a.yaml", thing("port", "value: 80"));
    controller.put(
        application(name, source)
            .reconciler(builder -> builder.gates(List.of(new Frozen())))
            .build());
    target(name).system().put(key("port"), thing("port", "value: 9090"));
    clock.advance(Duration.ofMinutes(2));
  }

  InMemoryTarget target(String name) {
    return targets.computeIfAbsent(name, any -> InMemoryTarget.create());
  }

  static ResourceKey key(String name) {
    return ResourceKey.of("", "Thing", "", name);
  }

  static String thing(String name, String spec) {
    return "kind: Thing\nname: " + name + "\nspec: {" + spec + "}\n";
  }

  @Override
  public void close() {
    controller.close();
  }

  private static final class Frozen implements Gate {
    @Override
    public String name() {
      return "frozen";
    }

    @Override
    public GateVerdict evaluate(Plan plan, GateFacts facts) {
      return plan.counts().containsKey(ActionKind.UPDATE)
          ? new GateVerdict.Deny("no changes on Fridays")
          : GateVerdict.allow();
    }
  }
}
