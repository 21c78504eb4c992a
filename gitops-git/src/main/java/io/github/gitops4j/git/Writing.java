package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * One change on its way into its branch, over as many attempts as it takes.
 *
 * <p>Confined to one call.
 */
final class Writing {
  private final GitSource source;
  private final GitRepository repository;
  private final CommitMaker maker;
  private final CommitMaker.Order order;
  private final AtomicBoolean mayHaveArrived = new AtomicBoolean();
  private @Nullable NewCommit made;

  Writing(GitSource source, CommitMaker maker, CommitMaker.Order order) {
    this.source = source;
    this.repository = source.repository();
    this.maker = maker;
    this.order = order;
  }

  GitWriteOutcome run(RetryPolicy retries, CallContext call) {
    try {
      return retries.run(() -> attempt(call), call);
    } catch (GitOpsException e) {
      throw mayHaveArrived.get() ? unknown(e) : e;
    }
  }

  private GitWriteOutcome attempt(CallContext call) {
    Revision tip = tip(call);
    if (arrived(tip, call)) {
      return new GitWriteOutcome.Committed(commit().revision());
    }
    fetch(tip, call);
    Optional<NewCommit> next = next(tip, call);
    if (next.isEmpty()) {
      return new GitWriteOutcome.NothingToDo(tip);
    }
    made = next.get();
    return send(next.get(), call);
  }

  private NewCommit commit() {
    if (made == null) {
      throw new IllegalStateException("no commit was made yet");
    }
    return made;
  }

  private Revision tip(CallContext call) {
    String branch = order.change().base().ref();
    return repository.list(List.of(branch), call).stream()
        .filter(ref -> ref.getName().equals(branch) && ref.getObjectId() != null)
        .findFirst()
        .map(GitSource::revision)
        .orElseThrow(() -> failed(FailureCategory.NOT_FOUND, "there is no " + branch));
  }

  /** Somebody may have built on what we sent before we looked. */
  private boolean arrived(Revision tip, CallContext call) {
    if (!mayHaveArrived.get()) {
      return false;
    }
    NewCommit sent = commit();
    boolean there = tip.sameContentAs(sent.revision()) || isBelow(sent, tip, call);
    mayHaveArrived.set(there || tip.sameContentAs(sent.parent()));
    return there;
  }

  private boolean isBelow(NewCommit sent, Revision tip, CallContext call) {
    if (tip.sameContentAs(sent.parent())) {
      return false;
    }
    repository.require(tip, call);
    return repository.read(
        tip,
        call,
        reader -> {
          if (!reader.has(sent.id())) {
            return false;
          }
          try (RevWalk walk = new RevWalk(reader)) {
            return walk.isMergedInto(
                walk.parseCommit(sent.id()), walk.parseCommit(ObjectId.fromString(tip.id())));
          }
        });
  }

  /** Fetches all that is read, and refuses what a new commit must not vouch for. */
  private void fetch(Revision tip, CallContext call) {
    repository.require(tip, call);
    source.requireTrusted(tip, call);
    if (order.change() instanceof GitChange.Promotion promotion) {
      requireWithSignature(promotion.from().revision(), call);
    } else if (order.change() instanceof GitChange.Rollback rollback) {
      requireWithSignature(new Revision(tip.ref(), rollback.good().id()), call);
    }
  }

  private void requireWithSignature(Revision revision, CallContext call) {
    repository.require(revision, call);
    source.requireTrusted(revision, call);
  }

  /** On the same tip it is the same commit: one that was sent before may still be on its way. */
  private Optional<NewCommit> next(Revision tip, CallContext call) {
    if (made != null && made.parent().sameContentAs(tip)) {
      return Optional.of(made);
    }
    return repository.read(tip, call, reader -> maker.make(order, tip, reader));
  }

  private GitWriteOutcome send(NewCommit commit, CallContext call) {
    boolean before = mayHaveArrived.get();
    PushAnswer answer;
    try {
      answer =
          repository.push(
              commit.objects(), commit.id(), commit.parent(), () -> mayHaveArrived.set(true), call);
    } catch (SourceException e) {
      throw new GitWriteException(e.failure());
    }
    // An earlier push of this commit, whose answer was lost, may be why this one came too late.
    mayHaveArrived.set(before);
    if (answer instanceof PushAnswer.Accepted) {
      return new GitWriteOutcome.Committed(commit.revision());
    } else if (answer instanceof PushAnswer.Refused refused) {
      throw refused(refused, commit.parent(), call);
    }
    throw moved(commit.parent());
  }

  /** Servers word it in many ways that somebody else was faster, so that the branch is asked. */
  private GitWriteException refused(PushAnswer.Refused refused, Revision parent, CallContext call) {
    if (!tip(call).sameContentAs(parent)) {
      return moved(parent);
    }
    boolean passing = GitFailures.isOfAnotherPush(refused.words());
    return failed(
        passing ? FailureCategory.UNAVAILABLE : FailureCategory.FORBIDDEN,
        "the server refuses it: " + refused.words());
  }

  private GitWriteException moved(Revision parent) {
    return failed(FailureCategory.CONFLICT, parent + " was left by somebody else meanwhile");
  }

  private GitWriteException failed(FailureCategory category, String why) {
    return GitWriteException.of(category, source.url() + ": writing failed: " + why);
  }

  private GitOpsException unknown(GitOpsException e) {
    Failure failure =
        new Failure(
            e.category(),
            e.getMessage()
                + "; whether "
                + commit().revision()
                + " has arrived is not known, and the same change asked for again finds out",
            e.retryable(),
            Optional.of(e));
    return e instanceof CallException ? new CallException(failure) : new GitWriteException(failure);
  }
}
