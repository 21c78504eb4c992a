package io.github.gitops4j.tests.oracle;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemorySystem;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A live system whose change feed is no better than real ones: it tells things late, twice, or not
 * at all, and says that it lost track only when it finds out.
 */
final class Gossip implements LiveStateProvider {
  private final InMemorySystem system;
  private final ChangeFeed real;
  private final Set<ResourceKey> heldBack = new HashSet<>();
  private final Set<ResourceKey> toldBefore = new HashSet<>();
  private boolean silent;
  private boolean lostTrack;

  Gossip(InMemorySystem system) {
    this.system = system;
    this.real = system.changeFeed().orElseThrow();
  }

  /** Keeps what happens from now on to itself. */
  void fallSilent() {
    silent = true;
  }

  /** Tells what it kept to itself. */
  void tellLate() {
    silent = false;
  }

  /** Forgets what it kept to itself, and finds out that it did. */
  void lose() {
    silent = false;
    lostTrack = true;
    heldBack.clear();
  }

  /** Tells once more what it told before. */
  void tellTwice() {
    toldBefore.forEach(system::touchFeed);
  }

  /** Says whether nothing is kept back. */
  boolean toldEverything() {
    return !silent;
  }

  /** Returns the same system as one who has no feed sees it. */
  LiveStateProvider withoutFeed() {
    return (scope, call) -> system.observe(scope, call);
  }

  @Override
  public LiveState observe(Scope scope, CallContext call) {
    return system.observe(scope, call);
  }

  @Override
  public Optional<ChangeFeed> changeFeed() {
    return Optional.of(this::drain);
  }

  private ChangeFeed.Batch drain() {
    ChangeFeed.Batch batch = real.drain();
    if (batch instanceof ChangeFeed.Batch.Dirty dirty) {
      heldBack.addAll(dirty.keys());
    } else if (silent) {
      lostTrack = true;
    } else {
      return batch;
    }
    if (silent) {
      return new ChangeFeed.Batch.Dirty(Set.of());
    }
    if (lostTrack) {
      lostTrack = false;
      heldBack.clear();
      return new ChangeFeed.Batch.Invalidated("events were lost");
    }
    Set<ResourceKey> told = Set.copyOf(heldBack);
    heldBack.clear();
    toldBefore.addAll(told);
    return new ChangeFeed.Batch.Dirty(told);
  }
}
