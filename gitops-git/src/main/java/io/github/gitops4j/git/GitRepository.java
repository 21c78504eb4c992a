package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.jspecify.annotations.Nullable;

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
  private final InstantSource clock;
  private final Runnable afterFetch;
  private final CacheLock lock;
  private final Object opening = new Object();
  private @Nullable OpenRepository opened;
  private volatile boolean suspect;
  private volatile Instant lastUse;

  /**
   * Prepares a repository; nothing is opened yet.
   *
   * @param afterFetch run after each fetch, while no lock is held
   */
  GitRepository(
      Path directory,
      GitTransfer transfer,
      JGitIsolation isolation,
      InstantSource clock,
      Runnable afterFetch) {
    this.directory = directory;
    this.transfer = transfer;
    this.isolation = isolation;
    this.clock = clock;
    this.afterFetch = afterFetch;
    this.lastUse = clock.instant();
    this.lock = new CacheLock(directory.resolveSibling(directory.getFileName() + ".lock"));
  }

  /** What is done with a repository while it is open. */
  private interface Use<T> {
    T of(OpenRepository at) throws IOException;
  }

  /** Returns the refs of the remote under the given names. */
  List<Ref> list(List<String> names, CallContext call) {
    return transfer.list(open().repository(), names, call);
  }

  /** Makes sure that a commit is here, with all its history. */
  void require(Revision revision, CallContext call) {
    if (isHere(revision)) {
      return;
    }
    try (CacheLock.Held held = lock.acquire(call)) {
      mend();
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
      if (isHere(revision)) {
        return;
      } else if (attempt == ATTEMPTS || !isDisturbed()) {
        throw new SourceException(
            suspect ? FailureCategory.UNAVAILABLE : FailureCategory.NOT_FOUND,
            revision + ": fetching failed: the remote repository does not have it there");
      }
      mend();
    }
  }

  private boolean isDisturbed() {
    try {
      return suspect || isReplaced(open());
    } catch (IOException unreadable) {
      return true;
    }
  }

  private boolean isReplaced(OpenRepository at) throws IOException {
    return !BareLayout.isThere(directory)
        || !at.generation().equals(BareLayout.generation(directory));
  }

  private boolean isHere(Revision revision) {
    if (suspect) {
      return false;
    }
    OpenRepository at = open();
    try {
      return isolation.run(() -> at.read(reader -> CacheRefs.hasCommit(reader, revision.id())));
    } catch (IOException e) {
      doubt(at);
      return false;
    }
  }

  /** Returns the object under the ref of a revision: the tag itself, if it is an annotated one. */
  ObjectId tag(Revision revision, CallContext call) {
    Optional<ObjectId> here = leadingTo(revision, call);
    if (here.isEmpty()) {
      try (CacheLock.Held held = lock.acquire(call)) {
        mend();
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
      OpenRepository at = open();
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
    if (isOfTheCache(e, at)) {
      discard();
    } else if (GitFailures.isOfLock(e)) {
      mend();
    } else {
      throw e;
    }
  }

  /**
   * JGit also reads what is here, and that may be damaged, or deleted by somebody meanwhile. If it
   * is sound, the remote is not, and what is here may be all there is.
   */
  private boolean isOfTheCache(SourceException e, OpenRepository at) {
    try {
      return isReplaced(at) || (GitFailures.isOfObjects(e) && !isSound(at));
    } catch (IOException unreadable) {
      return true;
    }
  }

  private boolean isSound(OpenRepository at) {
    try {
      return PackFiles.areIntact(directory)
          && isolation.run(() -> at.read(reader -> CacheRefs.areWhole(at.repository(), reader)));
    } catch (IOException e) {
      return false;
    }
  }

  private void tidy(CallContext call) {
    OpenRepository at = open();
    at.refresh();
    try {
      at.touch(lastUse);
      isolation.run(() -> PackMaintenance.run(at.repository(), call));
    } catch (IOException e) {
      // What was fetched is there. Packing is tried again after the next fetch.
      if (GitFailures.isOfObjects(e)) {
        doubt(at);
      }
    }
  }

  private void fetchInto(OpenRepository at, Revision revision, CallContext call) {
    String from = revision.ref().isEmpty() ? revision.id() : revision.ref();
    String incoming = CacheRefs.incoming();
    transfer.fetch(at.repository(), List.of(new RefSpec("+" + from + ":" + incoming)), call);
    try {
      isolation.run(() -> CacheRefs.keep(at.repository(), incoming, revision));
    } catch (IOException e) {
      throw failed("keeping what was fetched", e);
    }
  }

  /** Puts right what others left, or what was found damaged. The lock is held. */
  private void mend() {
    for (int attempt = 1; ; attempt++) {
      try {
        mendWhatIsThere();
        return;
      } catch (NoSuchFileException e) {
        // Somebody throws it away meanwhile; then there is less to mend.
        if (attempt == ATTEMPTS) {
          throw failed("mending", e);
        }
      } catch (IOException e) {
        throw failed("mending", e);
      }
    }
  }

  private void mendWhatIsThere() throws IOException {
    Leftovers.sweep(directory);
    boolean replaced = isReplaced(open());
    boolean doubtful = suspect && !replaced;
    if (doubtful || replaced) {
      reopen();
    }
    if (doubtful) {
      Leftovers.deleteLoose(directory);
    }
    if (isDangling() || (doubtful && !isSound(open()))) {
      discard();
    }
  }

  private boolean isDangling() {
    OpenRepository at = open();
    try {
      return isolation.run(() -> at.read(reader -> CacheRefs.areDangling(at.repository(), reader)));
    } catch (IOException e) {
      return true;
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
      OpenRepository at = open();
      try {
        return isolation.run(() -> use.of(at));
      } catch (IOException e) {
        doubt(at);
        if (attempt == ATTEMPTS) {
          throw failed("reading", e);
        }
      }
      require(revision, call);
    }
  }

  /** Opens the bytes of a file. */
  @Override
  public InputStream open(Revision revision, ObjectId blob) {
    return use(
        revision, transfer.call(), at -> BlobStream.open(at.repository(), blob, () -> doubt(at)));
  }

  /** Says that something could not be read; it is looked at before the next read or transfer. */
  private void doubt(OpenRepository at) {
    synchronized (opening) {
      if (opened == at) {
        suspect = true;
      }
    }
  }

  /** Sends a commit that is here in no other way than in memory, if the branch is at its parent. */
  PushAnswer push(
      MemoryObjects objects, ObjectId commit, Revision parent, Runnable sending, CallContext call) {
    OpenRepository at = open();
    try (CacheRepository both = isolation.run(() -> CacheRepository.open(directory, objects))) {
      return transfer.push(both, commit, parent, sending, call);
    } catch (IOException e) {
      throw failed("opening", e);
    } catch (SourceException e) {
      if (isOfTheCache(e, at)) {
        doubt(at);
      }
      throw e;
    }
  }

  @Override
  public boolean contains(AnyObjectId id, Revision revision, CallContext call) {
    return read(revision, call, reader -> reader.has(id));
  }

  private OpenRepository open() {
    lastUse = clock.instant();
    synchronized (opening) {
      if (opened == null) {
        try {
          opened = isolation.run(() -> OpenRepository.open(directory));
          opened.touch(lastUse);
        } catch (IOException e) {
          throw failed("opening", e);
        }
      }
      return opened;
    }
  }

  private void discard() {
    reopen();
    try {
      Leftovers.discard(directory);
    } catch (IOException e) {
      throw failed("throwing it away", e);
    }
  }

  private void reopen() {
    synchronized (opening) {
      close();
      suspect = false;
    }
  }

  private static SourceException failed(String what, IOException e) {
    return new SourceException(
        FailureCategory.UNAVAILABLE, "git cache: " + what + " failed: " + e.getMessage(), e);
  }

  /** Closes it if it was not used since a time; it opens again when it is. */
  void closeIfUnusedSince(Instant time) {
    synchronized (opening) {
      if (lastUse.isBefore(time)) {
        close();
      }
    }
  }

  @Override
  public void close() {
    synchronized (opening) {
      if (opened == null) {
        return;
      }
      try {
        opened.touch(lastUse);
        opened.close();
      } catch (IOException e) {
        throw failed("closing", e);
      } finally {
        opened = null;
      }
    }
  }
}
