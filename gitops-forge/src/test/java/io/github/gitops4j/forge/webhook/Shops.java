package io.github.gitops4j.forge.webhook;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Remote;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A repository with one application; counts the looks at it, the passes, and those at once. */
final class Shops implements Remote {
  static final Duration INTERVAL = Duration.ofMinutes(5);

  final AtomicInteger looks = new AtomicInteger();
  final AtomicInteger fetches = new AtomicInteger();
  final AtomicInteger passes = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  final InMemoryTarget target = InMemoryTarget.create();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final InMemoryTreeSource commits = InMemoryTreeSource.empty();
  private final String url;
  private volatile boolean branchIsGone;

  Shops(String url) {
    this.url = url;
    commit(0);
  }

  void commit(int value) {
    commits.commit(
        "commit",
        files -> files.put("a.yaml", "kind: Thing\nname: a\nspec: {value: " + value + "}\n"));
  }

  void loseBranch() {
    branchIsGone = true;
  }

  Application application(String name) {
    return Application.builder(name, new Source(), target)
        .interval(INTERVAL)
        .reconciler(builder -> builder.retry(RetryPolicy.never()).listener(this::count))
        .build();
  }

  private void count(ReconcileEvent event) {
    if (event instanceof ReconcileEvent.PassStarted) {
      passes.incrementAndGet();
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    } else if (event instanceof ReconcileEvent.PassEnded) {
      atOnce.decrementAndGet();
    }
  }

  /** Returns the value that is live, or nothing. */
  String live() {
    return Optional.ofNullable(
            target.system().resources().get(ResourceKey.of("", "Thing", "", "a")))
        .flatMap(live -> live.document())
        .map(document -> new String(document.canonicalJson(), StandardCharsets.UTF_8))
        .map(json -> json.replaceAll(".*\"value\":([0-9]+).*", "$1"))
        .orElse("");
  }

  @Override
  public String id() {
    return url;
  }

  @Override
  public List<Tracked> latest(List<? extends TreeSource> sources, CallContext call) {
    looks.incrementAndGet();
    if (branchIsGone) {
      throw new SourceException(FailureCategory.NOT_FOUND, url + ": no branch main");
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
      fetches.incrementAndGet();
      return commits.fetch(revision, call);
    }

    @Override
    public RevisionOrder order() {
      return commits.order();
    }

    @Override
    public Optional<Remote> remote() {
      return Optional.of(Shops.this);
    }
  }
}
