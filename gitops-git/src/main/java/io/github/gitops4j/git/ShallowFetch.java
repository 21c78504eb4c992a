package io.github.gitops4j.git;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;

/**
 * Fetches one commit without what came before it. JGit's own way takes every answer of this kind
 * for an incomplete one where the objects are checked.
 */
final class ShallowFetch {
  private final Transport transport;
  private final Repository local;
  private final ProgressMonitor monitor;

  ShallowFetch(Transport transport, Repository local, ProgressMonitor monitor) {
    this.transport = transport;
    this.local = local;
    this.monitor = monitor;
  }

  /** Fetches what a ref of the remote leads to, or a commit, and sets the ref of the repository. */
  void run(RefSpec spec) throws IOException {
    transport.setDepth(1);
    Ref wanted;
    try (FetchConnection connection = transport.openFetch(List.of(spec))) {
      wanted = wanted(connection, spec.getSource());
      connection.fetch(monitor, List.of(wanted), Set.of());
      for (PackLock lock : connection.getPackLocks()) {
        lock.unlock();
      }
    }
    check(wanted.getObjectId());
    RefUpdate update = local.updateRef(spec.getDestination());
    update.setNewObjectId(wanted.getObjectId());
    update.disableRefLog();
    update.forceUpdate();
  }

  private Ref wanted(FetchConnection connection, String source) throws TransportException {
    if (ObjectId.isId(source)) {
      return new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, source, ObjectId.fromString(source));
    }
    Ref found = connection.getRef(source);
    if (found == null || found.getObjectId() == null) {
      throw new TransportException(
          transport.getURI(), JGitText.get().remoteDoesNotHaveSpec.replace("{0}", source));
    }
    return found;
  }

  /** Nothing may be missing of what the commit has; what other refs lead to was checked before. */
  private void check(ObjectId fetched) throws IOException {
    try (ObjectWalk walk = new ObjectWalk(local)) {
      walk.markStart(walk.parseAny(fetched));
      for (Ref ref : local.getRefDatabase().getRefs()) {
        if (ref.getObjectId() != null) {
          walk.markUninteresting(walk.parseAny(ref.getObjectId()));
        }
      }
      walk.checkConnectivity();
    } catch (MissingObjectException e) {
      throw new TransportException(
          transport.getURI(), JGitText.get().peerDidNotSupplyACompleteObjectGraph, e);
    }
  }
}
