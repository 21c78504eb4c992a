package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

/**
 * One record of {@link Leases}.
 *
 * <p>Immutable.
 *
 * @param name its name: lower-case letters, digits and hyphens, at most 63
 * @param holder whose it is; empty text if it is nobody's
 * @param transitions how often it got another holder
 * @param version the version that it was read with; empty text if it is to be a new one
 * @since 0.1.0
 */
public record Lease(String name, String holder, long transitions, String version) {
  /** Checks the parts. */
  public Lease {
    requireNonNull(name, "name");
    requireNonNull(holder, "holder");
    requireNonNull(version, "version");
  }

  /** Returns a record that is to be written for the first time. */
  public static Lease create(String name, String holder) {
    return new Lease(name, holder, 0, "");
  }

  /** Returns the record with another holder. */
  public Lease heldBy(String other) {
    return new Lease(name, other, holder.equals(other) ? transitions : transitions + 1, version);
  }
}
