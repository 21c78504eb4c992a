package io.github.gitops4j.control;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A source whose head is looked at together with those of other applications. During a turn it
 * stays at the head that the turn began with.
 *
 * <p>Thread-safe.
 */
final class TrackedSource implements DesiredStateSource {
  private final DesiredStateSource source;
  private final Function<CallContext, Revision> heads;
  private volatile @Nullable Revision held;

  TrackedSource(DesiredStateSource source, Function<CallContext, Revision> heads) {
    this.source = source;
    this.heads = heads;
  }

  void hold(Revision revision) {
    held = revision;
  }

  void release() {
    held = null;
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public Revision latest(CallContext call) {
    Revision own = held;
    return own == null ? heads.apply(call) : own;
  }

  @Override
  public DesiredState fetch(Revision revision, Optional<DesiredState> hint, CallContext call) {
    return source.fetch(revision, hint, call);
  }

  @Override
  public RevisionOrder order() {
    return source.order();
  }

  @Override
  public void passEnded() {
    source.passEnded();
  }
}
