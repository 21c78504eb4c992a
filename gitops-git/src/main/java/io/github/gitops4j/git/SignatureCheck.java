package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** Refuses what is not signed by an allowed signer. Whatever cannot be judged is refused too. */
final class SignatureCheck {
  private static final int MAX_BYTES = 1 << 20;

  private final GitUrl url;
  private final GitVerification rules;
  private final GitRepository repository;

  SignatureCheck(GitUrl url, GitVerification rules, GitRepository repository) {
    this.url = url;
    this.rules = rules;
    this.repository = repository;
  }

  /** Returns who signed the commit of a revision, or the tag that leads to it. */
  String signer(Revision revision, CallContext call) {
    if (rules.mode() == GitVerification.Mode.HEAD) {
      return verified(revision, ObjectId.fromString(revision.id()), call);
    } else if (!revision.ref().startsWith(Constants.R_TAGS)) {
      throw refused(revision, "only a signed tag is accepted, and it is not a tag");
    }
    return verified(revision, repository.tag(revision, call), call);
  }

  /** Returns who signed the commit of a revision; nothing where tags are signed and not commits. */
  Optional<String> signerOfCommit(Revision revision, CallContext call) {
    return rules.mode() == GitVerification.Mode.HEAD
        ? Optional.of(signer(revision, call))
        : Optional.empty();
  }

  private String verified(Revision revision, ObjectId id, CallContext call) {
    return repository.read(
        revision,
        call,
        reader -> {
          try {
            return owner(signed(revision, id, reader));
          } catch (UntrustedException e) {
            throw refused(revision, String.valueOf(e.getMessage()));
          }
        });
  }

  private SignedObject signed(Revision revision, ObjectId id, ObjectReader reader)
      throws IOException, UntrustedException {
    byte[] raw = reader.open(id).getCachedBytes(MAX_BYTES);
    try (RevWalk walk = new RevWalk(reader)) {
      RevObject object = walk.parseAny(id);
      if (rules.mode() == GitVerification.Mode.HEAD && object instanceof RevCommit commit) {
        return SignedObject.commit(raw, commit.getCommitterIdent().getWhenAsInstant());
      } else if (object instanceof RevTag tag) {
        // Otherwise the signed tag of one release could be shown as that of another one.
        if (!revision.ref().equals(Constants.R_TAGS + tag.getTagName())) {
          throw new UntrustedException("the tag was made under another name");
        }
        PersonIdent tagger = tag.getTaggerIdent();
        if (tagger == null) {
          throw new UntrustedException("the tag has no time");
        }
        return SignedObject.tag(raw, tagger.getWhenAsInstant());
      }
      throw new UntrustedException("it is not an annotated tag");
    }
  }

  private String owner(SignedObject object) throws UntrustedException {
    AllowedSigners allowed = AllowedSigners.read(rules.allowedSigners());
    List<PublicKey> revoked =
        rules.revokedSigners().map(AllowedSigners::readKeys).orElse(List.of());
    if (object.signature().startsWith(SignedObject.SSH)) {
      return SshSignature.signer(object, allowed.ssh(), revoked);
    } else if (object.signature().startsWith(SignedObject.PGP)) {
      try {
        return PgpSignature.signer(object, allowed.pgp());
      } catch (NoClassDefFoundError e) {
        throw new UntrustedException("openpgp signatures need bcpg-jdk18on on the class path");
      }
    }
    throw new UntrustedException("its signature is neither one of ssh nor of openpgp");
  }

  private SourceException refused(Revision revision, String why) {
    return new SourceException(
        FailureCategory.FORBIDDEN, url + ": verifying " + revision + " failed: " + why);
  }
}
