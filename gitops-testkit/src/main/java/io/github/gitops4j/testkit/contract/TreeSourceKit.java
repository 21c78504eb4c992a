package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.testkit.contract.TreeSourceFixture.Published;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the kits of a source and of its trees have in common: a fixture of a source.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class TreeSourceKit extends FixtureKit<TreeSourceFixture> {

  /** Creates the kit. */
  protected TreeSourceKit() {}

  /** Makes a source in which nothing was published yet. */
  @Override
  protected abstract TreeSourceFixture createFixture();

  /** Returns files by path: path, content, path, content. */
  static SortedMap<String, Published> files(String... pathsAndContents) {
    SortedMap<String, Published> files = new TreeMap<>();
    for (int i = 0; i < pathsAndContents.length; i += 2) {
      files.put(pathsAndContents[i], Published.regular(pathsAndContents[i + 1]));
    }
    return files;
  }

  final Revision publish(SortedMap<String, Published> files) {
    fixture().publish(files);
    return fixture().source().latest(Calls.UNBOUNDED);
  }

  final SourceTree publishAndFetch(SortedMap<String, Published> files) {
    return fetch(publish(files)).tree();
  }

  final FetchedTree fetch(Revision revision) {
    return fixture().source().fetch(revision, Calls.UNBOUNDED);
  }

  /** Returns what a tree holds, in the form in which it was published. */
  static SortedMap<String, Published> contents(SourceTree tree) {
    SortedMap<String, Published> contents = new TreeMap<>();
    tree.forEach(
        entry -> contents.put(entry.path(), new Published(entry.mode(), text(tree, entry))),
        Calls.UNBOUNDED);
    return contents;
  }

  static String text(SourceTree tree, TreeEntry entry) {
    try {
      return read(tree, entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(SourceTree tree, TreeEntry entry) throws IOException {
    try (InputStream in = tree.open(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
