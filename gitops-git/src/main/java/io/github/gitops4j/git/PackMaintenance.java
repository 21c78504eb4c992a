package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.GC;

/**
 * Keeps the number of packs of a repository bounded: each transfer adds one. JGit's own collection
 * runs on threads of its own and keeps old packs for an hour, so its steps are taken here one by
 * one.
 */
final class PackMaintenance {
  /** More packs than this are made one, as Git does by default. */
  static final int MOST_PACKS = 50;

  private PackMaintenance() {}

  /** Packs anew if there are too many packs. The lock of the cache is held. */
  static int run(CacheRepository repository, CallContext call) throws IOException {
    Path directory = repository.getDirectory().toPath();
    int packs = PackFiles.packs(directory).size();
    if (packs <= MOST_PACKS) {
      return packs;
    }
    GC collection = new GC(repository);
    collection.setProgressMonitor(new CallMonitor("repack", call));
    collection.setExpireAgeMillis(0);
    collection.setPackExpireAgeMillis(0);
    return collection.repack().size();
  }
}
