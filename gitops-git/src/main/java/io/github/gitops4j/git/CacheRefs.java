package io.github.gitops4j.git;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.source.Revision;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;

/**
 * The refs of a repository of the cache. A ref of the remote is kept under the digest of its name:
 * where a branch {@code a} made way for {@code a/b}, the names themselves would clash.
 */
final class CacheRefs {
  /** Where a transfer puts what it fetched, under a name that no other one uses. */
  static final String INCOMING = "incoming";

  private static final String KEPT = "refs/gitops4j/";
  private static final int NAME_LENGTH = 32;

  private CacheRefs() {}

  static String incoming() {
    return "refs/" + INCOMING + "/" + UUID.randomUUID();
  }

  private static String kept(Revision revision) {
    String from = revision.ref().isEmpty() ? revision.id() : revision.ref();
    return KEPT + ContentDigest.of(from).hex().substring(0, NAME_LENGTH);
  }

  /** Returns what is kept for the ref of a revision: the tag itself, if it is an annotated one. */
  static Optional<ObjectId> find(Repository repository, Revision revision) throws IOException {
    return Optional.ofNullable(repository.exactRef(kept(revision))).map(Ref::getObjectId);
  }

  /** Keeps what a transfer fetched for a revision; nothing can be left half. */
  static ObjectId keep(Repository repository, String incoming, Revision revision)
      throws IOException {
    Ref fetched = repository.exactRef(incoming);
    if (fetched == null) {
      throw locked(repository, incoming);
    }
    RefUpdate update = repository.updateRef(kept(revision));
    update.setNewObjectId(fetched.getObjectId());
    update.disableRefLog();
    RefUpdate.Result result = update.forceUpdate();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE ->
          // It is a file of its own, which JGit would not delete without locking all refs.
          Files.deleteIfExists(repository.getDirectory().toPath().resolve(incoming));
      default -> throw locked(repository, update.getName());
    }
    return fetched.getObjectId();
  }

  /** JGit says by a result, or not at all, that a ref was locked. */
  private static LockFailedException locked(Repository repository, String ref) {
    return new LockFailedException(new File(repository.getDirectory(), ref));
  }

  /** Says whether a ref leads to what is not there: JGit leaves out a pack that it cannot read. */
  static boolean areDangling(Repository repository, ObjectReader reader) throws IOException {
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(KEPT)) {
      ObjectId tip = ref.getObjectId();
      if (tip != null && !reader.has(tip, ObjectReader.OBJ_ANY)) {
        return true;
      }
    }
    return false;
  }

  /** Reads the structure behind all refs, and says whether all objects are there. */
  static boolean areWhole(Repository repository, ObjectReader reader) throws IOException {
    try (ObjectWalk walk = new ObjectWalk(reader)) {
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(KEPT)) {
        walk.markStart(walk.parseAny(ref.getObjectId()));
      }
      walk.checkConnectivity();
      return true;
    } catch (MissingObjectException e) {
      return false;
    }
  }

  /** Says whether a commit is there. */
  static boolean hasCommit(ObjectReader reader, String id) throws IOException {
    return reader.has(ObjectId.fromString(id), Constants.OBJ_COMMIT);
  }
}
