package io.github.gitops4j.tests.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PagesTest {
  private static final int LINES = 400;
  private static final Path ROOT =
      Path.of(System.getProperty("gitops.root", "..")).toAbsolutePath().normalize();

  private static List<Page> pages = List.of();

  @BeforeAll
  static void readPages() throws IOException {
    pages = Page.below(ROOT);
  }

  @Test
  void seesThePages() {
    assertThat(pages).extracting(Page::name).contains("README.md", "docs/concepts.md");
  }

  @Test
  void pagesAreShort() {
    assertThat(pages).filteredOn(page -> page.lines() > LINES).isEmpty();
  }

  @Test
  void linksLeadSomewhere() {
    assertThat(brokenLinks(pages)).isEmpty();
    assertThat(brokenLinks(List.of(new Page("docs/a.md", "[a](b.md) `[c](d.md)` [e](yaml.md#f)"))))
        .containsExactly("docs/a.md: b.md");
  }

  private static List<String> brokenLinks(List<Page> pages) {
    List<String> broken = new ArrayList<>();
    for (Page page : pages) {
      Path directory = requireNonNull(ROOT.resolve(page.name()).getParent());
      for (String link : page.links()) {
        if (!Files.exists(directory.resolve(link))) {
          broken.add(page.name() + ": " + link);
        }
      }
    }
    return broken;
  }

  @Test
  void javaCompiles(@TempDir Path output) throws IOException {
    SnippetCompiler compiler = new SnippetCompiler(ROOT);
    List<Snippet> snippets =
        pages.stream()
            .flatMap(page -> page.java().stream())
            .filter(snippet -> snippet.quotedFrom().isEmpty())
            .toList();
    assertThat(snippets).isNotEmpty();
    assertThat(compiler.compile(snippets, output)).isEmpty();
    Snippet wrong = new Snippet("docs/a.md", 7, "", "int one = 1;\nString two = one;\n");
    assertThat(compiler.compile(List.of(wrong), output))
        .singleElement()
        .asString()
        .startsWith("docs/a.md:8: incompatible types");
  }

  @Test
  void quotedJavaIsInItsSource() throws IOException {
    for (Page page : pages) {
      for (Snippet snippet : page.java()) {
        if (snippet.quotedFrom().isPresent()) {
          String source = Files.readString(ROOT.resolve(snippet.quotedFrom().get()));
          assertThat(stripped(source)).as("%s", snippet).contains(stripped(snippet.code()));
        }
      }
    }
  }

  /** Line by line without indentation, as a page begins at the left. */
  private static String stripped(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
