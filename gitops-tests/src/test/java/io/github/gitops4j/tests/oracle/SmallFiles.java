package io.github.gitops4j.tests.oracle;

import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Somebody who has many files with little in each, and changes a few of them at a time. */
final class SmallFiles {
  private static final List<String> PATHS =
      List.of(
          "a.yaml", "b.yaml", "c.yaml", "d.yaml", "sub/a.yaml", "sub/b.yaml", "read.me", "z.yaml");
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g", "ab");

  private final Random random;
  private final InMemoryTreeSource source;
  private final Map<String, String> files = new TreeMap<>();
  private final List<String> story = new ArrayList<>();

  SmallFiles(Random random, InMemoryTreeSource source) {
    this.random = random;
    this.source = source;
  }

  /** Commits a tree in which nothing is wrong: each name is there once at most. */
  Revision begin() {
    files.clear();
    story.clear();
    List<String> left = new ArrayList<>(NAMES);
    List<String> declared = new ArrayList<>();
    for (String path : PATHS) {
      StringBuilder yaml = new StringBuilder();
      for (int i = random.nextInt(3); i > 0 && !left.isEmpty(); i--) {
        String name = left.remove(random.nextInt(left.size()));
        yaml.append("---\n").append(thing(name, declared));
        declared.add(name);
      }
      if (random.nextInt(8) == 0) {
        yaml.append("---\n").append(hook("hook-" + path.charAt(0)));
      }
      files.put(path, yaml.toString());
    }
    return commit();
  }

  /** Commits some changes, which may be wrong in every way. */
  Revision change() {
    for (int i = random.nextInt(3); i >= 0; i--) {
      String path = pick(PATHS);
      switch (random.nextInt(7)) {
        case 0 -> files.remove(path);
        case 1 -> files.put(path, "kind: Thing\nname: [broken\n");
        case 2 -> moveTo(path);
        case 3 -> files.put(path, files.getOrDefault(path, "") + "# a remark\n");
        case 4 -> files.put(path, files.getOrDefault(path, "").replace("value: 1", "value: 2"));
        case 5 -> files.put(path, hook("hook-" + path.charAt(0)));
        default -> files.put(path, thing(pick(NAMES), NAMES) + "---\n" + thing(pick(NAMES), NAMES));
      }
    }
    if (random.nextInt(30) == 0) {
      files.replaceAll((path, yaml) -> "# nothing\n");
    }
    return commit();
  }

  private void moveTo(String path) {
    String from = pick(PATHS);
    String content = files.remove(from);
    if (content != null) {
      files.put(path, content);
    }
  }

  private Revision commit() {
    story.add(files.toString());
    return source.commit(
        "commit",
        tree -> {
          tree.clear();
          files.forEach(tree::put);
        });
  }

  private String thing(String name, List<String> others) {
    List<String> traits = new ArrayList<>();
    maybe(() -> traits.add("wave: " + random.nextInt(2)));
    maybe(() -> dependsOn(others).ifPresent(traits::add));
    maybe(() -> traits.add("prune: " + pick(List.of("KEEP", "RELEASE"))));
    maybe(() -> traits.add("apply: CREATE_ONLY"));
    maybe(() -> traits.add("sensitive: [/spec/value]"));
    return "kind: Thing\nname: %s\nspec: {value: %d, port: %d}\n"
            .formatted(name, random.nextInt(2), random.nextInt(2))
        + (traits.isEmpty() ? "" : "gitops: {" + String.join(", ", traits) + "}\n");
  }

  private Optional<String> dependsOn(List<String> others) {
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("dependsOn: [Thing/" + pick(others) + "]");
  }

  private String hook(String name) {
    return "kind: Job\nname: %s\nspec: {value: %d}\ngitops: {hook: %s, wave: %d, hookRemoval: [%s]}\n"
        .formatted(
            name,
            random.nextInt(2),
            pick(List.of("IN_ITS_WAVE", "IN_ITS_WAVE", "ON_FAILURE")),
            random.nextInt(2),
            pick(List.of("", "SUCCEEDED")));
  }

  private void maybe(Runnable action) {
    if (random.nextInt(6) == 0) {
      action.run();
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Returns the trees that were committed since the last beginning. */
  String story() {
    return String.join("\n", story);
  }
}
