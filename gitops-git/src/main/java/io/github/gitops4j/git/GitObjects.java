package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.Revision;
import java.io.InputStream;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

/** The objects of a repository, for who reads the tree of one of its revisions. Thread-safe. */
interface GitObjects {
  /** Reads; what is missing is fetched anew with the revision, where that can be. */
  <T> T read(Revision revision, CallContext call, OpenRepository.Read<T> read);

  /** Reads as part of no call. */
  <T> T read(Revision revision, OpenRepository.Read<T> read);

  /** Opens the bytes of a file. */
  InputStream open(Revision revision, ObjectId blob);

  /** Says whether an object is here. */
  boolean contains(AnyObjectId id, Revision revision, CallContext call);
}
