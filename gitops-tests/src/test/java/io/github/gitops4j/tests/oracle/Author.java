package io.github.gitops4j.tests.oracle;

import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Somebody who commits things that are good, broken, contradictory and moved about. */
final class Author {
  static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g", "h");
  private static final List<String> FILES =
      List.of("one.yaml", "two.yaml", "sub/three.yaml", "notes.txt");
  private static final String BROKEN = "kind: Thing\nname: [broken\n";

  private final Random random;
  private final InMemoryTreeSource source;
  private final Consumer<String> log;
  private final List<Revision> revisions = new ArrayList<>();
  private final List<Map<String, String>> trees = new ArrayList<>();
  private final Map<String, String> whole = new TreeMap<>();
  private Map<String, String> files = new TreeMap<>();

  Author(Random random, InMemoryTreeSource source, Consumer<String> log) {
    this.random = random;
    this.source = source;
    this.log = log;
  }

  /** Commits one random change of one of several sorts. */
  void commit() {
    switch (random.nextInt(8)) {
      case 0 -> rename();
      case 1 -> breakOne();
      case 2 -> repair();
      case 3 -> changeTraits();
      default -> edit();
    }
  }

  /** Lets the branch point to an earlier commit. */
  void rewind() {
    int to = random.nextInt(revisions.size());
    source.rewind(revisions.get(to));
    files = new TreeMap<>(trees.get(to));
    log.accept("rewind: to " + to);
  }

  Revision anyRevision() {
    return revisions.get(random.nextInt(revisions.size()));
  }

  private void edit() {
    StringBuilder what = new StringBuilder("commit:");
    for (int i = 0; i <= random.nextInt(3); i++) {
      String path = pick(FILES);
      if (random.nextInt(5) == 0) {
        files.remove(path);
        what.append(" -").append(path);
      } else {
        String content = content();
        files.put(path, content);
        what.append(" +").append(path).append('{').append(content).append('}');
      }
    }
    write(what.toString());
  }

  private void rename() {
    if (files.isEmpty()) {
      return;
    }
    String from = pick(List.copyOf(files.keySet()));
    String to = pick(FILES);
    String content = files.remove(from);
    files.put(to, content);
    write("rename: " + from + " to " + to);
  }

  /** Declares the same things, to be treated otherwise. */
  private void changeTraits() {
    files.replaceAll(
        (path, content) ->
            content
                .replaceAll("(?m)^gitops:.*\n", "")
                .replaceAll("(?m)^(spec:.*\n)", "$1" + traits()));
    write("traits");
  }

  private void breakOne() {
    if (files.isEmpty()) {
      return;
    }
    String path = pick(List.copyOf(files.keySet()));
    String content = files.put(path, BROKEN);
    if (!BROKEN.equals(content)) {
      whole.put(path, content);
    }
    write("break: " + path);
  }

  private void repair() {
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getValue().equals(BROKEN)) {
        file.setValue(whole.getOrDefault(file.getKey(), ""));
        write("repair: " + file.getKey());
        return;
      }
    }
  }

  private void write(String what) {
    revisions.add(
        source.commit(
            "c" + revisions.size(),
            tree -> {
              tree.clear();
              files.forEach(tree::put);
            }));
    trees.add(new TreeMap<>(files));
    log.accept(what);
  }

  private String content() {
    StringBuilder yaml = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      yaml.append("---\n").append(thing(pick(NAMES))).append(traits());
    }
    return yaml.toString();
  }

  /** Returns a document that declares a thing of that name, with random content. */
  String thing(String name) {
    return String.format(
        "kind: Thing%nname: %s%nspec: {value: %d, list: [{name: x, port: %d}, {name: y}]}%n",
        name, random.nextInt(3), random.nextInt(2));
  }

  private String traits() {
    List<String> traits = new ArrayList<>();
    maybe(() -> traits.add("wave: " + (random.nextInt(3) - 1)));
    maybe(() -> traits.add("order: " + random.nextInt(2)));
    maybe(() -> traits.add("phase: " + pick(List.of("BEFORE", "MAIN", "AFTER"))));
    maybe(() -> traits.add("dependsOn: [Thing/" + pick(NAMES) + ", Thing/" + pick(NAMES) + "]"));
    maybe(() -> traits.add("prune: " + pick(List.of("KEEP", "RELEASE", "PRUNE"))));
    maybe(() -> traits.add("apply: " + pick(List.of("CREATE_ONLY", "IGNORE", "APPLY"))));
    maybe(() -> traits.add("sensitive: [/spec/value]"));
    return traits.isEmpty() ? "" : "gitops: {" + String.join(", ", traits) + "}\n";
  }

  private void maybe(Runnable action) {
    if (random.nextInt(6) == 0) {
      action.run();
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
