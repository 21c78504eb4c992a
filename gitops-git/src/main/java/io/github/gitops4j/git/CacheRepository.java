package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A bare repository that looks after itself only when it is told to. */
final class CacheRepository extends FileRepository {
  private final MemoryObjects beside;

  private CacheRepository(FileRepositoryBuilder settings, MemoryObjects beside) throws IOException {
    super(settings);
    this.beside = beside;
  }

  /** Opens a repository, which is made if it is not there. */
  static CacheRepository open(Path directory) throws IOException {
    return open(directory, new MemoryObjects());
  }

  /** Opens a repository whose readers find objects that it does not have. */
  static CacheRepository open(Path directory, MemoryObjects beside) throws IOException {
    BareLayout.complete(directory);
    return new CacheRepository(
        new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().setup(), beside);
  }

  @Override
  public ObjectReader newObjectReader() {
    ObjectReader stored = super.newObjectReader();
    return beside.isEmpty() ? stored : beside.over(stored);
  }

  /** JGit would do it on a thread of its own, beside a transfer and out of our isolation. */
  @Override
  public void autoGC(ProgressMonitor monitor) {}
}
