package io.github.gitops4j.git;

import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.contract.TreeSourceFixture;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Commits in a repository that is read where it is. */
final class GitCloneFixture implements TreeSourceFixture {
  private final Path place;
  private final TestRepository repository;
  private final TestRepository nothing;
  private final GitClone clone;
  private final GitClone empty;
  private final TreeSource source;

  GitCloneFixture(Path temp) {
    this.place = temp.resolve("clone.git");
    this.repository = TestRepository.create(place);
    this.nothing = TestRepository.create(temp.resolve("nothing.git"));
    this.clone = GitClone.open(place, JGitIsolation.install());
    this.empty = GitClone.open(temp.resolve("nothing.git"), JGitIsolation.install());
    this.source = sourceOf(clone);
  }

  private static TreeSource sourceOf(GitClone clone) {
    return clone.source("HEAD", "", List.of(), List.of());
  }

  @Override
  public TreeSource source() {
    return source;
  }

  @Override
  public void publish(SortedMap<String, Published> files) {
    GitSourceFixture.publish(repository, files);
  }

  @Override
  public void makeUnreachable() {
    try {
      Files.move(place, place.resolveSibling("away.git"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public TreeSource emptySource() {
    return sourceOf(empty);
  }

  @Override
  public void close() {
    clone.close();
    empty.close();
    nothing.close();
    repository.close();
  }
}
