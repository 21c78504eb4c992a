package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.contract.DesiredStateFixture;
import io.github.gitops4j.testkit.contract.TreeSourceFixture.Published;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files of a directory that declare files. */
final class DirectoryStateFixture implements DesiredStateFixture {
  private final DirectorySourceFixture directory;
  private final DesiredStateSource source;

  DirectoryStateFixture(Path temp) {
    this.directory = new DirectorySourceFixture(temp);
    this.source = states(directory.source());
  }

  private static DesiredStateSource states(TreeSource trees) {
    return TreeDesiredStateSource.of(trees, FileModel.of(LinkPolicy.INSIDE_ROOT));
  }

  @Override
  public DesiredStateSource source() {
    return source;
  }

  @Override
  public DesiredStateSource reopen() {
    return states(directory.reopen());
  }

  @Override
  public ResourceKey key(String name) {
    return ResourceKey.file(name);
  }

  @Override
  public void declare(SortedMap<String, String> contents, Set<String> broken) {
    SortedMap<String, Published> files = new TreeMap<>();
    contents.forEach((name, content) -> files.put(name, Published.regular(content)));
    broken.forEach(name -> files.put("con." + name, Published.regular("")));
    directory.publish(files);
  }

  @Override
  public ContentDigest digest(Content content) {
    return FileModelFixture.digestOf(content);
  }

  @Override
  public void makeUnreachable() {
    directory.makeUnreachable();
  }

  @Override
  public DesiredStateSource emptySource() {
    return states(directory.emptySource());
  }
}
