package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Scope;
import java.util.Optional;

/**
 * A directory that tells what changed in it.
 *
 * <p>Thread-safe.
 *
 * @param live looks at it
 * @param changes watches it
 */
record WatchedLive(LiveStateProvider live, FileChanges changes) implements LiveStateProvider {
  @Override
  public LiveState observe(Scope scope, CallContext call) {
    return live.observe(scope, call);
  }

  @Override
  public Optional<ChangeFeed> changeFeed() {
    return Optional.of(changes);
  }
}
