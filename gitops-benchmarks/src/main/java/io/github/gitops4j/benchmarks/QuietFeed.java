package io.github.gitops4j.benchmarks;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Scope;
import java.util.Optional;
import java.util.Set;

/** A live system with a healthy watch, in which nothing happens but what the engine does. */
final class QuietFeed implements LiveStateProvider, ChangeFeed {
  private final LiveStateProvider live;
  private boolean drained;

  QuietFeed(LiveStateProvider live) {
    this.live = live;
  }

  @Override
  public LiveState observe(Scope scope, CallContext call) {
    return live.observe(scope, call);
  }

  @Override
  public Optional<ChangeFeed> changeFeed() {
    return Optional.of(this);
  }

  @Override
  public Batch drain() {
    if (drained) {
      return new Batch.Dirty(Set.of());
    }
    drained = true;
    return new Batch.Invalidated("first look");
  }
}
