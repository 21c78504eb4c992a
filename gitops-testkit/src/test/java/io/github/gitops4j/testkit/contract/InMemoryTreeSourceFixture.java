package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** Commits in memory. */
final class InMemoryTreeSourceFixture implements TreeSourceFixture {
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();

  @Override
  public TreeSource source() {
    return source;
  }

  @Override
  public void publish(SortedMap<String, Published> published) {
    source.commit(
        "publish",
        files -> {
          files.clear();
          published.forEach(
              (path, file) ->
                  files.put(path, file.mode(), file.content().getBytes(StandardCharsets.UTF_8)));
        });
  }

  @Override
  public TreeSource emptySource() {
    return InMemoryTreeSource.empty();
  }
}
