package io.github.gitops4j.git;

import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.ManifestModel;
import io.github.gitops4j.testkit.contract.DesiredStateFixture;
import io.github.gitops4j.testkit.contract.TreeSourceFixture.Published;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Manifests in a repository. */
final class GitStateFixture implements DesiredStateFixture {
  private final GitSourceFixture commits;
  private final DesiredStateSource source;

  GitStateFixture(Path temp) {
    this.commits = new GitSourceFixture(temp);
    this.source = states(commits.source());
  }

  private static DesiredStateSource states(TreeSource trees) {
    return TreeDesiredStateSource.of(trees, ManifestModel.create());
  }

  @Override
  public DesiredStateSource source() {
    return source;
  }

  @Override
  public DesiredStateSource reopen() {
    return states(commits.reopen());
  }

  @Override
  public ResourceKey key(String name) {
    return ResourceKey.of("", "Thing", "", name);
  }

  @Override
  public void declare(SortedMap<String, String> contents, Set<String> broken) {
    SortedMap<String, Published> files = new TreeMap<>();
    contents.forEach(
        (name, content) ->
            files.put(
                "dir/" + name + ".yaml",
                Published.regular(
                    "{kind: Thing, name: " + name + ", value: \"" + content + "\"}")));
    broken.forEach(name -> files.put(name + ".yaml", Published.regular("kind: [")));
    commits.publish(files);
  }

  @Override
  public void makeUnreachable() {
    commits.makeUnreachable();
  }

  @Override
  public DesiredStateSource emptySource() {
    return states(commits.emptySource());
  }

  @Override
  public void close() {
    commits.close();
  }
}
