package io.github.gitops4j.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Renderer;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ObservedTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadFilesTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final int MEGABYTE = 1 << 20;

  private final ReadFiles files = new ReadFiles();

  private static TreeEntry file(String name) {
    return new TreeEntry(name, FileMode.REGULAR, "content of " + name);
  }

  private void keep(String name, int megabytes) {
    ResourceKey key = ResourceKey.of("", "ConfigMap", "default", name);
    files.keep(file(name), Map.of(key, Document.of(Mapping.empty())), megabytes * MEGABYTE);
  }

  @Test
  void whatWasNotAskedForLongestGivesWay() {
    keep("a", 3);
    keep("b", 3);
    assertThat(files.find(file("a"))).isPresent();
    keep("c", 3);

    assertThat(files.find(file("b"))).isEmpty();
    assertThat(files.find(file("a"))).isPresent();
    assertThat(files.find(file("c"))).isPresent();
  }

  @Test
  void theNewestStaysHoweverLargeItIs() {
    keep("a", 1);
    keep("b", 100);
    assertThat(files.find(file("a"))).isEmpty();
    assertThat(files.find(file("b"))).isPresent();
  }

  @Test
  void aFileThatIsReadAgainCountsOnce() {
    for (int i = 0; i < 10; i++) {
      keep("a", 4);
    }
    keep("b", 4);
    assertThat(files.find(file("a"))).isPresent();
  }

  @Test
  void aFileOfManyObjectsIsReadOnceAPass() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c")
          .append(i)
          .append("}\n");
    }
    InMemoryTreeSource source = InMemoryTreeSource.with("all.yaml", text.toString());
    FetchedTree fetched = source.fetch(source.latest(CALL), CALL);
    List<String> opened = new ArrayList<>();
    SourceTree tree = ObservedTree.of(fetched.tree(), opened::add);
    TreeDesiredStateSource desired =
        TreeDesiredStateSource.rendered(
            source, List.of(new CountingRenderer(tree)), KubernetesModel.of("default"));
    var state = desired.fetch(fetched.revision(), Optional.empty(), CALL);
    List<DesiredEntry> entries = new ArrayList<>();
    state.forEach(entries::add);

    entries.forEach(entry -> state.load(entry.key(), CALL));
    assertThat(entries).hasSize(200);
    assertThat(opened).hasSize(1);

    desired.passEnded();
    entries.forEach(entry -> state.load(entry.key(), CALL));
    assertThat(opened).hasSize(2);
  }

  /** Puts the counted tree in the place of what it is given. */
  private record CountingRenderer(SourceTree tree) implements Renderer {
    @Override
    public String id() {
      return "counting";
    }

    @Override
    public SourceTree render(SourceTree given, CallContext call) {
      return tree;
    }
  }
}
