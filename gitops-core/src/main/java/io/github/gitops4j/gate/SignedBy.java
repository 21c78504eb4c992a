package io.github.gitops4j.gate;

import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.source.Trust;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses plans of revisions that none of certain signers has signed. That the signature is good is
 * for the source to verify; a source that verifies nothing is refused.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class SignedBy implements Gate {
  private final Set<String> signers;

  private SignedBy(Set<String> signers) {
    this.signers = signers;
  }

  /** Returns the gate that wants one of these signers, named as the source names them. */
  public static SignedBy anyOf(Set<String> signers) {
    return new SignedBy(Set.copyOf(signers));
  }

  @Override
  public String name() {
    return "signed-by";
  }

  @Override
  public GateVerdict evaluate(Plan plan, GateFacts facts) {
    Optional<String> signer =
        facts.provenance().trust() == Trust.VERIFIED
            ? facts.provenance().signer()
            : Optional.empty();
    if (signer.filter(signers::contains).isPresent()) {
      return GateVerdict.allow();
    }
    return new GateVerdict.Deny(
        plan.revision().id()
            + " has to be signed by one of "
            + new TreeSet<>(signers)
            + ", and "
            + signer.map(who -> "is signed by " + who).orElse("no signature of it was verified"));
  }
}
