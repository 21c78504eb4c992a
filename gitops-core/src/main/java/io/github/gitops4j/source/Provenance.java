package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Who made a revision, when, and whether that is proven.
 *
 * <p>Immutable.
 *
 * @param author who wrote it, as the source says; empty text if unknown
 * @param committer who brought it in, as the source says, such as the one who merged or rebased it;
 *     empty text if unknown
 * @param time when it was written, as the source says
 * @param summary first line of its message; empty text if there is none
 * @param signer who signed it, if a signature was verified
 * @param trust what was checked
 * @since 0.1.0
 */
public record Provenance(
    String author,
    String committer,
    Optional<Instant> time,
    String summary,
    Optional<String> signer,
    Trust trust) {
  /** Checks the parts. */
  public Provenance {
    requireNonNull(author, "author");
    requireNonNull(committer, "committer");
    requireNonNull(time, "time");
    requireNonNull(summary, "summary");
    requireNonNull(signer, "signer");
    requireNonNull(trust, "trust");
  }

  /** Returns a provenance that says nothing. */
  public static Provenance unknown() {
    return new Provenance("", "", Optional.empty(), "", Optional.empty(), Trust.NOT_CHECKED);
  }
}
