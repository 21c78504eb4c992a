package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManifestModel;
import java.util.Set;
import java.util.SortedMap;

/** Manifests in commits in memory. */
final class ManifestStateFixture implements DesiredStateFixture {
  private final InMemoryTreeSource commits = InMemoryTreeSource.empty();
  private final ManifestModelFixture manifests = new ManifestModelFixture();
  private final DesiredStateSource source = reopen();

  @Override
  public DesiredStateSource source() {
    return source;
  }

  @Override
  public DesiredStateSource reopen() {
    return TreeDesiredStateSource.of(commits, manifests.createModel());
  }

  @Override
  public ResourceKey key(String name) {
    return manifests.key(name);
  }

  @Override
  public void declare(SortedMap<String, String> contents, Set<String> broken) {
    commits.commit(
        "declare",
        files -> {
          files.clear();
          contents.forEach((name, content) -> manifests.declare(files, name, content));
          broken.forEach(name -> manifests.declareBroken(files, name));
        });
  }

  @Override
  public DesiredStateSource emptySource() {
    return TreeDesiredStateSource.of(InMemoryTreeSource.empty(), ManifestModel.create());
  }
}
