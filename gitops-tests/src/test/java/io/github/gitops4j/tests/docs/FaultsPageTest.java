package io.github.gitops4j.tests.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of faults names tests; each has to be there. */
final class FaultsPageTest {
  private static final Path ROOT =
      Path.of(System.getProperty("gitops.root", "..")).toAbsolutePath().normalize();
  private static final Pattern REFERENCE = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern METHOD = Pattern.compile("^  +(?:public )?void (\\w+)\\(");

  @Test
  void everyTestIsThere() throws IOException {
    Map<String, List<String>> tests = testsByClass();
    List<String> lines = Files.readAllLines(ROOT.resolve("docs/faults.md"));
    assertThat(lines).filteredOn(line -> REFERENCE.matcher(line).find()).hasSizeGreaterThan(20);
    assertThat(missing(lines, tests)).isEmpty();
    assertThat(missing(List.of("| a | `FaultsPageTest#everyTestIsThere` |"), tests)).isEmpty();
    assertThat(missing(List.of("| a | `FaultsPageTest#nobody`, `NoTest#a` |"), tests))
        .containsExactly("FaultsPageTest#nobody", "NoTest#a");
  }

  @Test
  void everyRowNamesATestOrSaysNone() throws IOException {
    List<String> rows =
        Files.readAllLines(ROOT.resolve("docs/faults.md")).stream()
            .filter(line -> line.startsWith("| "))
            .filter(line -> !line.startsWith("| what goes wrong "))
            .toList();
    assertThat(rows)
        .allMatch(row -> row.endsWith("| none |") || REFERENCE.matcher(row).find(), "has a test");
  }

  private static List<String> missing(List<String> lines, Map<String, List<String>> tests) {
    List<String> missing = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = REFERENCE.matcher(line);
      while (matcher.find()) {
        if (!tests.getOrDefault(matcher.group(1), List.of()).contains(matcher.group(2))) {
          missing.add(matcher.group(1) + "#" + matcher.group(2));
        }
      }
    }
    return missing;
  }

  private static Map<String, List<String>> testsByClass() throws IOException {
    Map<String, List<String>> tests = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(dir -> Files.isDirectory(dir.resolve("src"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("Test") || isKit(file))
              .forEach(file -> tests.merge(name(file), methods(file), FaultsPageTest::joined));
        }
      }
    }
    return tests;
  }

  /** The contract kits are main sources, and suites of long runs need not be called tests. */
  private static boolean isKit(Path file) {
    String name = name(file);
    return name.endsWith("Contract") || name.endsWith("IT");
  }

  private static String name(Path file) {
    return requireNonNull(file.getFileName()).toString().replace(".java", "");
  }

  private static List<String> methods(Path file) {
    List<String> names = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = METHOD.matcher(line);
        if (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
