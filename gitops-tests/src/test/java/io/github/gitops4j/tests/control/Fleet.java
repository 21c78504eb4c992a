package io.github.gitops4j.tests.control;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Remote;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** A controller on a clock that stands still, whose turns run in the thread of the test. */
final class Fleet implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(60);

  final ManualClock clock = ManualClock.create();
  final Repository repository = new Repository("https://git.example.com/shop.git");
  final Controller controller;
  private final Map<String, InMemoryTarget> targets = new ConcurrentHashMap<>();
  private final Map<String, List<ReconcileReport>> passes = new ConcurrentHashMap<>();

  Fleet() {
    this(UnaryOperator.identity());
  }

  Fleet(UnaryOperator<Controller.Builder> choices) {
    this(choices, Runnable::run);
  }

  Fleet(UnaryOperator<Controller.Builder> choices, Executor executor) {
    Controller.Builder builder =
        Controller.builder(executor, clock)
            .clock(clock)
            .ticker(clock)
            .jitter(() -> 0)
            .backoff(backoff());
    this.controller = choices.apply(builder).build();
  }

  /** 10 s, 20 s, 40 s and so on, at most 5 minutes. */
  static RetryPolicy backoff() {
    return RetryPolicy.builder()
        .first(Duration.ofSeconds(10))
        .longest(Duration.ofMinutes(5))
        .jitter(() -> 1)
        .build();
  }

  /** Returns an application that declares what the repository does. */
  Application.Builder application(String name) {
    return application(name, repository.source());
  }

  Application.Builder application(String name, TreeSource source) {
    return Application.builder(name, source, target(name))
        .interval(INTERVAL)
        .reconciler(
            builder ->
                builder
                    .retry(RetryPolicy.never())
                    .listener(
                        event -> {
                          if (event instanceof ReconcileEvent.PassEnded ended) {
                            passes(name).add(ended.report());
                          }
                        }));
  }

  void put(String... names) {
    for (String name : names) {
      controller.put(application(name).build());
    }
  }

  InMemoryTarget target(String name) {
    return targets.computeIfAbsent(name, any -> InMemoryTarget.create());
  }

  /** Returns the passes of an application so far, which a test may clear. */
  List<ReconcileReport> passes(String name) {
    return passes.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>());
  }

  ApplicationStatus status(String name) {
    return controller.status(name).orElseThrow();
  }

  /** Lets more than one interval pass, so that everything that is due has had its turn. */
  void intervalPasses() {
    clock.advance(INTERVAL.plusSeconds(1));
  }

  /** Returns what is live, as {@code name=value}. */
  List<String> live(String name) {
    return target(name).system().resources().values().stream()
        .map(live -> live.key().name() + "=" + value(live.document().orElseThrow()))
        .toList();
  }

  private static String value(Document document) {
    String json = new String(document.canonicalJson(), StandardCharsets.UTF_8);
    return json.replaceAll(".*\"value\":([0-9]+).*", "$1");
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

  @Override
  public void close() {
    controller.close();
  }

  /** A repository of several sources, which counts what it is asked. */
  static final class Repository implements Remote {
    private final String url;
    private final InMemoryTreeSource commits = InMemoryTreeSource.empty();
    private final List<Integer> looks = new ArrayList<>();
    private volatile boolean down;

    Repository(String url) {
      this.url = url;
    }

    Revision commit(String name, int value) {
      return commit(name, thing(name, value));
    }

    Revision commit(String name, String yaml) {
      return commits.commit("commit", files -> files.put(name + ".yaml", yaml));
    }

    void remove(String name) {
      commits.commit("remove", files -> files.remove(name + ".yaml"));
    }

    void down(boolean value) {
      down = value;
    }

    /** Returns for how many sources each request was. */
    List<Integer> looks() {
      return looks;
    }

    TreeSource source() {
      return new Source();
    }

    @Override
    public String id() {
      return url;
    }

    @Override
    public List<Tracked> latest(List<? extends TreeSource> sources, CallContext call) {
      looks.add(sources.size());
      if (down) {
        throw new SourceException(FailureCategory.UNAVAILABLE, url + ": it is down");
      }
      Tracked at = new Tracked.At(commits.latest(call));
      return sources.stream().map(source -> at).toList();
    }

    private final class Source implements TreeSource {
      @Override
      public String id() {
        return url;
      }

      @Override
      public Revision latest(CallContext call) {
        throw new AssertionError("a source of a remote is looked at with the others");
      }

      @Override
      public FetchedTree fetch(Revision revision, CallContext call) {
        return commits.fetch(revision, call);
      }

      @Override
      public RevisionOrder order() {
        return commits.order();
      }

      @Override
      public Optional<Remote> remote() {
        return Optional.of(Repository.this);
      }
    }
  }
}
