package io.github.gitops4j.micrometer;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A controller on a clock that stands still, whose turns run in the thread of the test. */
final class Shop implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(60);

  final ManualClock clock = ManualClock.create();
  final InMemoryTreeSource source = InMemoryTreeSource.with("a.yaml", thing("a", 1));
  final Controller controller =
      Controller.builder(Runnable::run, clock).clock(clock).ticker(clock).jitter(() -> 0).build();
  private final Map<String, InMemoryTarget> targets = new HashMap<>();

  Application.Builder application(String name) {
    return Application.builder(name, source, target(name))
        .interval(INTERVAL)
        .reconciler(builder -> builder.retry(RetryPolicy.never()));
  }

  InMemoryTarget target(String name) {
    return targets.computeIfAbsent(name, any -> InMemoryTarget.create());
  }

  void put(String name) {
    controller.put(application(name).build());
  }

  void commit(String name, int value) {
    source.commit("commit", files -> files.put(name + ".yaml", thing(name, value)));
  }

  void intervalPasses() {
    clock.advance(INTERVAL.plusSeconds(1));
  }

  static ResourceKey key(String name) {
    return ResourceKey.of("", "Thing", "", name);
  }

  static String thing(String name, int value) {
    return "kind: Thing\nname: " + name + "\nspec: {value: " + value + "}\n";
  }

  @Override
  public void close() {
    controller.close();
  }
}
