package io.github.gitops4j.examples.promotion;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.git.GitChange;
import io.github.gitops4j.git.GitIdentity;
import io.github.gitops4j.git.GitScope;
import io.github.gitops4j.git.GitSource;
import io.github.gitops4j.git.GitWriteOutcome;
import io.github.gitops4j.git.GitWriter;
import io.github.gitops4j.source.Revision;

/**
 * One repository whose environments are directories: {@code envs/staging}, {@code envs/prod}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Environments {
  private final GitSource repository;
  private final GitWriter writer;

  /** Creates the environments of a repository. */
  public Environments(GitSource repository) {
    this.repository = repository;
    this.writer =
        GitWriter.builder(repository, GitIdentity.of("Deployer", "deploy@example.com")).build();
  }

  /**
   * Promotes what staging has to production, save what is production's own.
   *
   * @param why the message of the commit
   * @return the commit, or that production has it already
   */
  public GitWriteOutcome promote(String why, CallContext call) {
    Revision seen = repository.latest(call);
    GitChange promotion =
        GitChange.promotion(GitScope.of(seen, "envs/staging"), GitScope.of(seen, "envs/prod"))
            .keeping("replicas.yaml");
    return writer.write(promotion, why, call);
  }

  /**
   * Takes production back to an earlier commit.
   *
   * @param bad what it is now; if somebody has changed it since, nothing is taken back
   * @param good what it was
   */
  public GitWriteOutcome rollBack(Revision bad, Revision good, CallContext call) {
    GitChange rollback = GitChange.rollback(GitScope.of(bad, "envs/prod"), good);
    return writer.write(rollback, "Roll production back", call);
  }
}
