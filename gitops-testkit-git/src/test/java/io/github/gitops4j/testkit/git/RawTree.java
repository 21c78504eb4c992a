package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads tree objects byte by byte, by Git's format and not by the code that wrote them. */
record RawTree(List<Entry> entries) {
  record Entry(String mode, String name, String id) {}

  static RawTree ofCommit(TestRepository repository, String commitId) {
    String head = new String(repository.readRaw(commitId), ISO_8859_1);
    return of(repository, head.substring("tree ".length(), "tree ".length() + 40));
  }

  static RawTree of(TestRepository repository, String treeId) {
    String text = new String(repository.readRaw(treeId), ISO_8859_1);
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int space = text.indexOf(' ', at);
      int end = text.indexOf('\0', space);
      String id = HexFormat.of().formatHex(text.substring(end + 1, end + 21).getBytes(ISO_8859_1));
      entries.add(new Entry(text.substring(at, space), text.substring(space + 1, end), id));
      at = end + 21;
    }
    return new RawTree(entries);
  }

  List<String> lines() {
    return entries.stream().map(entry -> entry.mode() + ' ' + entry.name()).toList();
  }

  Entry entry(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow();
  }
}
