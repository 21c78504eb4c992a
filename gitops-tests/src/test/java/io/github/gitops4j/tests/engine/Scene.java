package io.github.gitops4j.tests.engine;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.RecordingListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A source, a target, a clock and a listener, all in memory. */
final class Scene {
  static final CallContext CALL = CallContext.unbounded();

  final InMemoryTreeSource source = InMemoryTreeSource.empty();
  final InMemoryTarget target;
  final ManualClock clock = ManualClock.create();
  final RecordingListener listener = new RecordingListener();
  private final AtomicInteger operations = new AtomicInteger();

  Scene() {
    this(InMemoryTarget.create());
  }

  Scene(InMemoryTarget target) {
    this.target = target;
  }

  Reconciler.Builder reconciler() {
    return reconciler(target);
  }

  Reconciler.Builder reconciler(Target other) {
    return reconciler(source, other);
  }

  Reconciler.Builder reconciler(TreeSource from, Target other) {
    return Reconciler.builder(from, other)
        .clock(clock)
        .listener(listener)
        .retry(RetryPolicy.builder().pause(clock).jitter(() -> 1).build())
        .operationIds(() -> "op-" + operations.incrementAndGet());
  }

  /** Commits one file of each name with its YAML; files of other names stay. */
  Revision commit(String... namesAndYaml) {
    return source.commit(
        "commit",
        files -> {
          for (int i = 0; i < namesAndYaml.length; i += 2) {
            files.put(namesAndYaml[i] + ".yaml", namesAndYaml[i + 1]);
          }
        });
  }

  Revision remove(String name) {
    return source.commit("remove", files -> files.remove(name + ".yaml"));
  }

  static ResourceKey key(String name) {
    return ResourceKey.of("", "Thing", "", name);
  }

  static String thing(String name, int value) {
    return "kind: Thing\nname: " + name + "\nspec: {value: " + value + "}\n";
  }

  static String thing(String name, int value, String traits) {
    return thing(name, value) + "gitops: {" + traits + "}\n";
  }

  /** Returns what is live, as {@code name=json}. */
  List<String> live() {
    return target.system().resources().values().stream().map(Scene::text).toList();
  }

  static String text(LiveResource live) {
    String json =
        live.document()
            .map(document -> new String(document.canonicalJson(), StandardCharsets.UTF_8))
            .orElse("");
    return live.key().name() + "=" + json.replaceAll(".*\"spec\":(\\{[^}]*}).*", "$1");
  }

  /** Returns the events in short, oldest first, and forgets them. */
  List<String> story() {
    List<String> story = listener.events().stream().map(Scene::word).toList();
    listener.clear();
    return story;
  }

  private static String word(ReconcileEvent event) {
    if (event instanceof ReconcileEvent.PassStarted started) {
      return "started " + started.target();
    } else if (event instanceof ReconcileEvent.RevisionResolved) {
      return "resolved";
    } else if (event instanceof ReconcileEvent.PlanMade made) {
      return "planned " + made.plan().counts();
    } else if (event instanceof ReconcileEvent.GateAsked asked) {
      return "gate "
          + asked.decision().gate()
          + (asked.decision().allows() ? " allows" : " denies");
    } else if (event instanceof ReconcileEvent.WaveStarted wave) {
      return "wave " + wave.wave().step();
    } else if (event instanceof ReconcileEvent.ResourceApplied applied) {
      return applied.outcome().effect() + " " + applied.outcome().key().name();
    } else if (event instanceof ReconcileEvent.PassEnded ended) {
      return "ended " + result(ended.report());
    }
    throw new AssertionError(event);
  }

  static String result(ReconcileReport report) {
    return report.result().getClass().getSimpleName();
  }

  static String effects(ReconcileReport report) {
    return report.outcomes().stream()
        .map(outcome -> outcome.effect() + " " + outcome.key().name())
        .collect(Collectors.joining(", "));
  }
}
