package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import java.util.Optional;

/**
 * What every planned action has.
 *
 * <p>Immutable.
 *
 * @param key what is acted on
 * @param step when
 * @param desired digest of the declared content; empty if it is no longer declared
 * @param precondition what must still be so when it runs
 * @param origin where it is declared; empty if it is no longer
 * @since 0.1.0
 */
public record ActionHead(
    ResourceKey key,
    Step step,
    Optional<ContentDigest> desired,
    Precondition precondition,
    Optional<Origin> origin) {
  /** Checks the parts. */
  public ActionHead {
    requireNonNull(key, "key");
    requireNonNull(step, "step");
    requireNonNull(desired, "desired");
    requireNonNull(precondition, "precondition");
    requireNonNull(origin, "origin");
  }

  /** Creates the head of an action that writes what is declared, in its phase and wave. */
  public static ActionHead ofWrite(DesiredEntry desired, Precondition precondition) {
    return new ActionHead(
        desired.key(),
        Step.ofWrite(desired.traits()),
        Optional.of(desired.digest()),
        precondition,
        Optional.of(desired.origin()));
  }
}
