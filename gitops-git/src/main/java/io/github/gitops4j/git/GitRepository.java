package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;

/**
 * One bare repository of the cache. It can be thrown away at any time, and is when it turns out to
 * be damaged: a read that fails is done again after it was opened or fetched anew.
 *
 * <p>Thread-safe: reads run in parallel, transfers one after the other, also between processes.
 */
final class GitRepository implements GitObjects, AutoCloseable {
  private static final int ATTEMPTS = 3;

  private final Path directory;
  private final GitTransfer transfer;
  private final JGitIsolation isolation;
  private final Runnable afterFetch;
  private final CacheLock lock;
  private final LocalRepository local;

  /**
   * Prepares a repository; nothing is opened yet.
   *
   * @param closed whether it is never opened again
   * @param afterFetch run after each fetch, while no lock is held
   */
  GitRepository(
      Path directory,
      GitTransfer transfer,
      JGitIsolation isolation,
      InstantSource clock,
      BooleanSupplier closed,
      Runnable afterFetch) {
    this.directory = directory;
    this.transfer = transfer;
    this.isolation = isolation;
    this.afterFetch = afterFetch;
    this.local = new LocalRepository(directory, isolation, clock, closed);
    this.lock = new CacheLock(directory.resolveSibling(directory.getFileName() + ".lock"));
  }

  /** What is done with a repository while it is open. */
  private interface Use<T> {
    T of(OpenRepository at) throws IOException;
  }

  /** Returns the refs of the remote under the given names. */
  List<Ref> list(List<String> names, CallContext call) {
    return transfer.list(local.open().repository(), names, call);
  }

  /** Says whether commits are here without what came before them. */
  boolean isShallow() {
    return transfer.isShallow();
  }

  /** Makes sure that a commit is here, with all its history unless it is shallow. */
  void require(Revision revision, CallContext call) {
    if (isHere(revision)) {
      return;
    }
    try (CacheLock.Held held = lock.acquire(call)) {
      local.mend();
      if (isHere(revision)) {
        return;
      }
      fetchUntilHere(revision, call);
    }
    afterFetch.run();
  }

  /** Somebody may damage or delete what was fetched before it is looked at. */
  private void fetchUntilHere(Revision revision, CallContext call) {
    for (int attempt = 1; ; attempt++) {
      fetch(revision, call);
      if (isShallow() && !isHere(revision)) {
        // The ref leads elsewhere by now, and brings none of what came before.
        fetch(Revision.ofId(revision.id()), call);
      }
      if (isHere(revision)) {
        return;
      } else if (attempt == ATTEMPTS || !local.isDisturbed()) {
        throw new SourceException(
            local.isSuspect() ? FailureCategory.UNAVAILABLE : FailureCategory.NOT_FOUND,
            revision + ": fetching failed: the remote repository does not have it there");
      }
      local.mend();
    }
  }

  private boolean isHere(Revision revision) {
    if (local.isSuspect()) {
      return false;
    }
    OpenRepository at = local.open();
    try {
      return isolation.run(() -> at.read(reader -> CacheRefs.hasCommit(reader, revision.id())));
    } catch (IOException e) {
      local.doubt(at);
      return false;
    }
  }

  /** Returns the object under the ref of a revision: the tag itself, if it is an annotated one. */
  ObjectId tag(Revision revision, CallContext call) {
    Optional<ObjectId> here = leadingTo(revision, call);
    if (here.isEmpty()) {
      try (CacheLock.Held held = lock.acquire(call)) {
        local.mend();
        fetch(revision, call);
      }
      afterFetch.run();
      here = leadingTo(revision, call);
    }
    return here.orElseThrow(
        () ->
            new SourceException(
                FailureCategory.NOT_FOUND,
                revision + ": fetching failed: the tag now leads to another commit"));
  }

  private Optional<ObjectId> leadingTo(Revision revision, CallContext call) {
    return use(
        revision,
        call,
        at -> {
          Optional<ObjectId> kept = CacheRefs.find(at.repository(), revision);
          if (kept.isEmpty()) {
            return kept;
          }
          return at.read(
              reader -> {
                try (RevWalk walk = new RevWalk(reader)) {
                  ObjectId end = walk.peel(walk.parseAny(kept.get()));
                  return end.name().equals(revision.id()) ? kept : Optional.empty();
                }
              });
        });
  }

  private void fetch(Revision revision, CallContext call) {
    for (int attempt = 1; ; attempt++) {
      OpenRepository at = local.open();
      try {
        fetchInto(at, revision, call);
        tidy(call);
        return;
      } catch (SourceException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        recover(e, at);
      }
    }
  }

  /** Prepares another attempt, or throws what another one would not cure. */
  private void recover(SourceException e, OpenRepository at) {
    if (local.isOfTheCache(e, at)) {
      local.discard();
    } else if (GitFailures.isOfLock(e)) {
      local.mend();
    } else {
      throw e;
    }
  }

  private void tidy(CallContext call) {
    OpenRepository at = local.open();
    at.refresh();
    try {
      local.touch(at);
      isolation.run(() -> PackMaintenance.run(at.repository(), call));
    } catch (IOException e) {
      // What was fetched is there. Packing is tried again after the next fetch.
      if (GitFailures.isOfObjects(e)) {
        local.doubt(at);
      }
    }
  }

  private void fetchInto(OpenRepository at, Revision revision, CallContext call) {
    String from = revision.ref().isEmpty() ? revision.id() : revision.ref();
    String incoming = CacheRefs.incoming();
    transfer.fetch(at.repository(), new RefSpec("+" + from + ":" + incoming), call);
    try {
      isolation.run(() -> CacheRefs.keep(at.repository(), incoming, revision));
    } catch (IOException e) {
      throw LocalRepository.failed("keeping what was fetched", e);
    }
  }

  /** Reads; what cannot be read is opened or fetched anew, with the revision, and read again. */
  @Override
  public <T> T read(Revision revision, CallContext call, OpenRepository.Read<T> read) {
    return use(revision, call, at -> at.read(read));
  }

  /** Reads as part of no call; getting the revision again takes the time of a transfer at most. */
  @Override
  public <T> T read(Revision revision, OpenRepository.Read<T> read) {
    return read(revision, transfer.call(), read);
  }

  private <T> T use(Revision revision, CallContext call, Use<T> use) {
    for (int attempt = 1; ; attempt++) {
      OpenRepository at = local.open();
      try {
        return isolation.run(() -> use.of(at));
      } catch (IOException e) {
        local.doubt(at);
        if (attempt == ATTEMPTS) {
          throw LocalRepository.failed("reading", e);
        }
      }
      require(revision, call);
    }
  }

  /** Opens the bytes of a file. */
  @Override
  public InputStream open(Revision revision, ObjectId blob) {
    return use(
        revision,
        transfer.call(),
        at -> BlobStream.open(at.repository(), blob, () -> local.doubt(at)));
  }

  /** Sends a commit that is here in no other way than in memory, if the branch is at its parent. */
  PushAnswer push(
      MemoryObjects objects, ObjectId commit, Revision parent, Runnable sending, CallContext call) {
    OpenRepository at = local.open();
    try (CacheRepository both = isolation.run(() -> CacheRepository.open(directory, objects))) {
      return transfer.push(both, commit, parent, sending, call);
    } catch (IOException e) {
      throw LocalRepository.failed("opening", e);
    } catch (SourceException e) {
      if (local.isOfTheCache(e, at)) {
        local.doubt(at);
      }
      throw e;
    }
  }

  @Override
  public boolean contains(AnyObjectId id, Revision revision, CallContext call) {
    return read(revision, call, reader -> reader.has(id));
  }

  /** Closes it if it was not used since a time; it opens again when it is. */
  void closeIfUnusedSince(Instant time) {
    local.closeIfUnusedSince(time);
  }

  @Override
  public void close() {
    local.close();
  }
}
