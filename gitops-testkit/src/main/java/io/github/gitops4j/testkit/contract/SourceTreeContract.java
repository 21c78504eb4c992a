package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChange;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.testkit.contract.TreeSourceFixture.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link SourceTree} against its rules {@code ST-1} to {@code ST-7}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class SourceTreeContract extends TreeSourceKit {
  private static final List<String> HOSTILE =
      List.of(
          "con",
          "NUL.txt",
          "a\\b",
          "a:b",
          "line\nbreak",
          " ",
          "-rf",
          "end.",
          "end ",
          "*",
          "Case",
          "case",
          "\u0001",
          "~root",
          "%2e%2e");
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /** Creates the kit. */
  protected SourceTreeContract() {}

  /** Trees of which no two are equal: each differs from the first in one thing. */
  private static List<SortedMap<String, Published>> variety() {
    List<SortedMap<String, Published>> variety = new ArrayList<>();
    variety.add(files("a", "one", "dir/b", "two"));
    variety.add(files("a", "one!", "dir/b", "two"));
    variety.add(files("a", "two", "dir/b", "one"));
    variety.add(files("a2", "one", "dir/b", "two"));
    variety.add(files("a", "one", "dir2/b", "two"));
    variety.add(files("a", "one", "dir/b", "two", "c", ""));
    variety.add(files("a", "one"));
    SortedMap<String, Published> executable = files("dir/b", "two");
    executable.put("a", new Published(FileMode.EXECUTABLE, "one"));
    variety.add(executable);
    SortedMap<String, Published> link = files("dir/b", "two");
    link.put("a", new Published(FileMode.SYMLINK, "one"));
    variety.add(link);
    return variety;
  }

  private static List<TreeEntry> entries(SourceTree tree) {
    List<TreeEntry> entries = new ArrayList<>();
    tree.forEach(entries::add, Calls.UNBOUNDED);
    return entries;
  }

  private static Map<String, TreeEntry> byPath(SourceTree tree) {
    Map<String, TreeEntry> byPath = new TreeMap<>();
    tree.forEach(entry -> byPath.put(entry.path(), entry), Calls.UNBOUNDED);
    return byPath;
  }

  @Test
  @ContractRule("ST-1")
  final void equalTreesHaveEqualIdsAndOthersHaveNot() {
    Map<String, Integer> ids = new HashMap<>();
    List<String> inOrder = new ArrayList<>();
    for (SortedMap<String, Published> files : variety()) {
      String id = publishAndFetch(files).id();
      Integer same = ids.put(id, inOrder.size());
      assertEquals(null, same, () -> "trees " + same + " and " + inOrder.size() + " differ");
      inOrder.add(id);
    }
    for (int i = 0; i < inOrder.size(); i++) {
      assertEquals(inOrder.get(i), publishAndFetch(variety().get(i)).id());
    }
  }

  @Test
  @ContractRule("ST-2")
  final void eachFileIsGivenOnceInTheOrderOfItsPath() {
    SourceTree tree =
        publishAndFetch(
            files("a.b", "1", "a/c", "1", "a0", "1", "a-b", "1", "B", "1", "z", "", "a/b/c", "2"));
    List<String> paths = entries(tree).stream().map(TreeEntry::path).toList();
    assertEquals(paths, entries(tree).stream().map(TreeEntry::path).toList());
    assertEquals(paths.stream().sorted().toList(), paths);
    assertEquals(List.of("B", "a-b", "a.b", "a/b/c", "a/c", "a0", "z"), paths);
  }

  @Test
  @ContractRule("ST-3")
  final void openGivesTheBytesThatWerePublished() throws IOException {
    SortedMap<String, Published> files =
        files("empty", "", "crlf", "a\r\nb\n", "nul", "a\0b", "same", "a\r\nb\n", "text", "\u00e4");
    files.put("link", new Published(FileMode.SYMLINK, "text"));
    files.put("long", Published.regular("0123456789".repeat(20_000)));
    SourceTree tree = publishAndFetch(files);
    assertEquals(files, contents(tree));
    for (TreeEntry entry : entries(tree)) {
      int bytes = read(tree, entry).getBytes(StandardCharsets.UTF_8).length;
      assertEquals(bytes, tree.size(entry), entry.path());
    }
    assertEquals(contentId(tree, "crlf"), contentId(tree, "same"));
    assertNotEquals(contentId(tree, "crlf"), contentId(tree, "nul"));
  }

  private static String contentId(SourceTree tree, String path) {
    return tree.find(path, Calls.UNBOUNDED).orElseThrow().contentId();
  }

  @Test
  @ContractRule("ST-3")
  final void openNeverGivesBytesThatWerePublishedLater() throws IOException {
    SourceTree before = publishAndFetch(files("a", "one", "b", "one", "c", "one"));
    publishAndFetch(files("a", "two", "b", "longer"));
    for (TreeEntry entry : entries(before)) {
      assertEquals(3, before.size(entry), entry.path());
      try {
        assertEquals("one", read(before, entry), entry.path());
      } catch (IOException e) {
        // Saying that they are gone is right too.
        Calls.assertExplains(e);
      }
    }
  }

  @Test
  @ContractRule("ST-4")
  final void changesAreKnownOnlyIfTheyAreComplete() {
    List<SourceTree> trees = new ArrayList<>();
    for (SortedMap<String, Published> files : variety()) {
      trees.add(publishAndFetch(files));
    }
    for (SourceTree from : trees) {
      for (SourceTree to : trees) {
        if (to.changesSince(from.id(), Calls.UNBOUNDED) instanceof TreeChanges.Known known) {
          assertEquals(changes(byPath(from), byPath(to)), known.changes());
        }
      }
    }
  }

  private static List<TreeChange> changes(
      Map<String, TreeEntry> before, Map<String, TreeEntry> after) {
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    List<TreeChange> changes = new ArrayList<>();
    for (String path : paths) {
      Optional<TreeEntry> old = Optional.ofNullable(before.get(path));
      Optional<TreeEntry> now = Optional.ofNullable(after.get(path));
      if (!old.equals(now)) {
        changes.add(new TreeChange(path, old, now));
      }
    }
    return changes;
  }

  @Test
  @ContractRule(value = "ST-4", needs = Capability.KNOWN_CHANGES)
  final void changesSinceTheTreeFetchedBeforeAreKnown() {
    SourceTree before = publishAndFetch(variety().get(0));
    for (SortedMap<String, Published> files : variety()) {
      SourceTree after = publishAndFetch(files);
      TreeChanges.Known known =
          assertInstanceOf(
              TreeChanges.Known.class, after.changesSince(before.id(), Calls.UNBOUNDED));
      assertEquals(changes(byPath(before), byPath(after)), known.changes());
      before = after;
    }
  }

  @Test
  @ContractRule("ST-4")
  final void nothingIsKnownSinceATreeThatIsNotKnown() {
    SourceTree tree = publishAndFetch(variety().get(0));
    String unlike = tree.id().startsWith("0") ? "1" : "0";
    for (String id :
        List.of("", "nonsense", unlike + tree.id().substring(1), tree.id() + "0", "HEAD")) {
      assertInstanceOf(
          TreeChanges.Unknown.class, tree.changesSince(id, Calls.UNBOUNDED), "id " + id);
    }
  }

  @Test
  @ContractRule(value = "ST-5", needs = Capability.HOSTILE_NAMES)
  final void namesAreGivenAsTheyAre() {
    SortedMap<String, Published> files = new TreeMap<>();
    for (String name : HOSTILE) {
      files.put(name, Published.regular(name));
    }
    files.put("caf\u00e9", Published.regular("composed"));
    files.put("cafe\u0301", Published.regular("decomposed"));
    files.put("\ud83d\ude00", Published.regular("beyond 16 bits"));
    files.put("\uff01", Published.regular("below it, and sorted after it by code unit"));
    SourceTree tree = publishAndFetch(files);
    assertEquals(files, contents(tree));
    List<String> paths = entries(tree).stream().map(TreeEntry::path).toList();
    assertTrue(
        paths.equals(paths.stream().sorted().toList())
            || paths.equals(paths.stream().sorted(BY_BYTES).toList()),
        paths::toString);
  }

  @Test
  @ContractRule("ST-6")
  final void findAndNamesAgreeWithTheWalk() {
    SourceTree tree =
        publishAndFetch(files("a", "1", "dir/b", "1", "dir/sub/c", "1", "dir2/d", "1"));
    for (TreeEntry entry : entries(tree)) {
      assertEquals(Optional.of(entry), tree.find(entry.path(), Calls.UNBOUNDED));
    }
    for (String none : List.of("dir", "dir/", "di", "b", "a/", "a/b", "/a", "dir/sub", "A")) {
      assertEquals(Optional.empty(), tree.find(none, Calls.UNBOUNDED), none);
    }
    assertEquals(List.of("a", "dir", "dir2"), names(tree, ""));
    assertEquals(List.of("b", "sub"), names(tree, "dir"));
    assertEquals(List.of("c"), names(tree, "dir/sub"));
    assertEquals(List.of(), names(tree, "none"));
    assertEquals(List.of(), names(tree, "a"));
  }

  private static List<String> names(SourceTree tree, String directory) {
    return tree.names(directory, Calls.UNBOUNDED).stream().sorted().toList();
  }

  @Test
  @ContractRule("ST-7")
  final void aCallThatHasEndedReadsNothing() {
    SourceTree before = publishAndFetch(files("a", "one"));
    SourceTree tree = publishAndFetch(files("a", "two"));
    assertEnds(call -> tree.forEach(entry -> {}, call));
    assertEnds(call -> tree.names("", call));
    assertEnds(call -> tree.find("a", call));
    assertEnds(call -> tree.changesSince(before.id(), call));
  }
}
