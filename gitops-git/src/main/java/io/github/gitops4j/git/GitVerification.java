package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What has to be signed, and by whom. Who may sign never comes from the repository itself.
 *
 * <p>Validity is judged at the time that the commit or tag states, as Git does.
 *
 * <p>Immutable.
 *
 * @param mode what has to be signed
 * @param allowedSigners a file in the format of OpenSSH's {@code ALLOWED SIGNERS}, which may hold
 *     armored OpenPGP public keys too; read anew at each verification
 * @param revokedSigners public keys, one a line, that are not accepted in any case
 * @since 0.1.0
 */
public record GitVerification(Mode mode, Path allowedSigners, Optional<Path> revokedSigners) {
  /** Checks the parts. */
  public GitVerification {
    requireNonNull(mode, "mode");
    requireNonNull(allowedSigners, "allowedSigners");
    requireNonNull(revokedSigners, "revokedSigners");
  }

  /** What has to be signed. */
  public enum Mode {
    /** The commit that is fetched. */
    HEAD,
    /** The annotated tag that leads to it; whatever is no tag is refused. */
    TAG
  }

  /** Demands that the commit is signed. */
  public static GitVerification ofCommits(Path allowedSigners) {
    return new GitVerification(Mode.HEAD, allowedSigners, Optional.empty());
  }

  /** Demands that the tag is signed. */
  public static GitVerification ofTags(Path allowedSigners) {
    return new GitVerification(Mode.TAG, allowedSigners, Optional.empty());
  }

  /** Returns this with a file of keys that are not accepted in any case. */
  public GitVerification withRevoked(Path signers) {
    return new GitVerification(mode, allowedSigners, Optional.of(signers));
  }
}
