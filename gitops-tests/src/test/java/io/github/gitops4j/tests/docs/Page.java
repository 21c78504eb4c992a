package io.github.gitops4j.tests.docs;

import io.github.gitops4j.tests.files.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page; the name is relative to the root of the build. */
record Page(String name, String text) {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*|#.*");

  /** Returns the pages at the root, below {@code docs} and at the top of each module. */
  static List<Page> below(Path root) throws IOException {
    List<Path> files = new ArrayList<>(markdown(root, 1));
    files.addAll(markdown(root.resolve("docs"), Integer.MAX_VALUE));
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.filter(dir -> Files.exists(dir.resolve("pom.xml"))).toList()) {
        files.addAll(markdown(module, 1));
      }
    }
    return files.stream()
        .map(
            file ->
                new Page(
                    root.relativize(file).toString().replace('\\', '/'), SourceFiles.read(file)))
        .sorted((a, b) -> a.name.compareTo(b.name))
        .toList();
  }

  int lines() {
    return (int) text.lines().count();
  }

  /** Returns the places in the sources that the page links to, without their anchors. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(withoutCode());
    while (matcher.find()) {
      String target = matcher.group(1);
      if (!ELSEWHERE.matcher(target).matches()) {
        links.add(target.replaceFirst("#.*", ""));
      }
    }
    return links;
  }

  /** Returns the fenced Java of the page. */
  List<Snippet> java() {
    List<Snippet> found = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("```java")) {
        int end = i + 1;
        while (end < lines.size() && !lines.get(end).strip().equals("```")) {
          end++;
        }
        String code = String.join("\n", lines.subList(i + 1, end)) + "\n";
        found.add(new Snippet(name, i + 2, i == 0 ? "" : lines.get(i - 1), code));
        i = end;
      }
    }
    return found;
  }

  private String withoutCode() {
    StringBuilder out = new StringBuilder();
    boolean code = false;
    for (String line : text.lines().toList()) {
      if (line.strip().startsWith("```")) {
        code = !code;
      } else if (!code) {
        out.append(line.replaceAll("`[^`]*`", "")).append('\n');
      }
    }
    return out.toString();
  }

  private static List<Path> markdown(Path directory, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(directory, depth)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }
}
