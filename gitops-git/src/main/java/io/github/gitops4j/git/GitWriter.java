package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes commits to the branches of a repository: a rollback, a promotion, a change of files.
 *
 * <pre>{@code
 * GitWriter writer = GitWriter.builder(source, GitIdentity.of("Deployer", "deploy@example.com")).build();
 * Revision seen = source.latest(call);
 * writer.write(
 *     GitChange.promotion(GitScope.of(seen, "envs/staging"), GitScope.of(seen, "envs/prod"))
 *         .keeping("replicas.yaml"),
 *     "Promote shop 1.4 to prod",
 *     call);
 * }</pre>
 *
 * <p>A commit is made in memory on the tip of its branch and sent only while the branch is there;
 * nothing is ever forced, checked out or left behind. Where the branch has moved, the commit is
 * made anew on its new tip, if what is to be changed is still as it was when that was decided.
 * Where an answer is lost, the branch is looked at before anything is sent again. So the same
 * change can be asked for again at any time, also by another process: it is in the branch once, or
 * was refused.
 *
 * <p>Where the source demands signed commits, the tip and what is taken over have to be signed as
 * the source demands: otherwise the new commit would vouch for what nobody did.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class GitWriter {
  private final GitSource source;
  private final CommitMaker maker;
  private final InstantSource clock;
  private final RetryPolicy retries;

  private GitWriter(Builder builder) {
    this.source = builder.source;
    this.maker = new CommitMaker(builder.author, builder.committer, builder.key);
    this.clock = builder.clock;
    this.retries = builder.retries;
  }

  /**
   * Begins a writer.
   *
   * @param source whose repository, credentials and demands on signatures it has; what the source
   *     follows does not matter
   * @param author who is named as author, and as committer if nobody else is
   * @throws IllegalArgumentException if the source is {@linkplain GitSource.Builder#shallow()
   *     shallow}: whether a branch has a change already, its history says
   */
  public static Builder builder(GitSource source, GitIdentity author) {
    return new Builder(source, author);
  }

  /**
   * Writes a change to its branch, unless the branch has it already.
   *
   * @param change what is to become of the branch
   * @param message why; lines such as {@code Promoted-from:} are added at its end
   * @return the commit, or that there was nothing to do
   * @throws GitWriteException if the change cannot be made, its base is {@link
   *     io.github.gitops4j.error.FailureCategory#STALE}, or the server refuses it
   * @throws io.github.gitops4j.error.SourceException if the repository cannot be read, or a commit
   *     is not signed as the source demands
   * @throws io.github.gitops4j.error.CallException if the call ended; the message says so if the
   *     commit may have arrived
   * @throws IllegalArgumentException if the message is empty
   */
  public GitWriteOutcome write(GitChange change, String message, CallContext call) {
    requireNonNull(change, "change");
    call.checkActive("write");
    String text = CommitText.of(message, ChangedTree.trailers(change));
    CommitMaker.Order order = new CommitMaker.Order(change, text, clock.instant());
    return new Writing(source, maker, order).run(retries, call);
  }

  /** Builds a {@link GitWriter}. Confined to one thread. */
  public static final class Builder {
    private final GitSource source;
    private final GitIdentity author;
    private GitIdentity committer;
    private Optional<Supplier<GitSigningKey>> key = Optional.empty();
    private InstantSource clock = InstantSource.system();
    private RetryPolicy retries = RetryPolicy.builder().build();

    private Builder(GitSource source, GitIdentity author) {
      this.source = requireNonNull(source, "source");
      if (source.isShallow()) {
        throw new IllegalArgumentException(source.id() + ": a writer needs all history");
      }
      this.author = requireNonNull(author, "author");
      this.committer = author;
    }

    /** Default the author. */
    public Builder committer(GitIdentity value) {
      this.committer = requireNonNull(value, "committer");
      return this;
    }

    /**
     * Default none: commits are not signed.
     *
     * @param value asked for each commit, so that a key may change
     */
    public Builder signingKey(Supplier<GitSigningKey> value) {
      this.key = Optional.of(value);
      return this;
    }

    /** Default that of the system: gives the time of commits, in whole seconds. */
    public Builder clock(InstantSource value) {
      this.clock = requireNonNull(value, "clock");
      return this;
    }

    /** Default that of {@link RetryPolicy#builder()}: how often a branch that moves is followed. */
    public Builder retries(RetryPolicy value) {
      this.retries = requireNonNull(value, "retries");
      return this;
    }

    /** Builds the writer. It talks to nobody yet. */
    public GitWriter build() {
      return new GitWriter(this);
    }
  }
}
