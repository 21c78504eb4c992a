package io.github.gitops4j.git;

import java.io.File;
import java.io.IOException;
import org.eclipse.jgit.attributes.AttributesNodeProvider;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.util.FS;

/**
 * The objects and refs of a clone, under a configuration that is empty whatever the clone's own
 * says. What the clone borrows from other repositories is not followed, as they would be opened
 * with theirs.
 */
final class CloneRepository extends Repository {
  private static final File[] NO_OTHERS = {};

  private final ObjectDirectory objects;
  private final CloneRefs refs;
  private final StoredConfig config = new Empty();

  private CloneRepository(BaseRepositoryBuilder<?, ?> options, ClonePlace place)
      throws IOException {
    super(options);
    File common = place.commonDirectory().toFile();
    this.objects =
        new ObjectDirectory(
            config,
            new File(common, "objects"),
            NO_OTHERS,
            FS.DETECTED,
            new File(common, "shallow"));
    this.refs = new CloneRefs(place);
  }

  static CloneRepository open(ClonePlace place) throws IOException {
    return new CloneRepository(
        new RepositoryBuilder()
            .setFS(FS.DETECTED)
            .setGitDir(place.gitDirectory().toFile())
            .setGitCommonDir(place.commonDirectory().toFile())
            .setBare(),
        place);
  }

  @Override
  public ObjectDatabase getObjectDatabase() {
    return objects;
  }

  @Override
  public RefDatabase getRefDatabase() {
    return refs;
  }

  @Override
  public StoredConfig getConfig() {
    return config;
  }

  @Override
  public String getIdentifier() {
    return String.valueOf(getDirectory());
  }

  @Override
  public AttributesNodeProvider createAttributesNodeProvider() {
    throw new IllegalStateException("nothing is checked out");
  }

  @Override
  public void create(boolean bare) {
    throw new IllegalStateException("a clone is only read");
  }

  @Override
  public void scanForRepoChanges() {}

  @Override
  public void notifyIndexChanged(boolean internal) {}

  @Override
  protected void doClose() {
    objects.close();
  }

  private static final class Empty extends StoredConfig {
    @Override
    public void load() {}

    @Override
    public void save() {}
  }
}
