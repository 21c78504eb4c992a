package io.github.gitops4j.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private static final DocumentLimits SMALL =
      DocumentLimits.builder().maxBytes(1000).maxDepth(5).maxNodes(50).build();

  @Test
  void numbersDocumentsAndLines() {
    List<DocumentPart> parts = read("# c\n---\na: 1\nb:\n  c: [x,\n  y]\n---\n---\n\n- z\n");
    assertThat(parts).extracting(DocumentPart::index).containsExactly(0, 2);
    assertThat(parts).extracting(DocumentPart::line).containsExactly(3, 10);
    Document first = parts.get(0).document();
    assertThat(first.lineOf(FieldPath.parse("/a"))).isEqualTo(3);
    assertThat(first.lineOf(FieldPath.parse("/b/c"))).isEqualTo(5);
    assertThat(first.lineOf(FieldPath.parse("/b/c/1"))).isEqualTo(6);
  }

  @Test
  void knowsLinesOfJsonToo() {
    List<DocumentPart> parts = read("\n{\"a\":\n {\"b\": [1,\n2]}}");
    assertThat(parts.get(0).line()).isEqualTo(2);
    assertThat(parts.get(0).document().lineOf(FieldPath.parse("/a/b"))).isEqualTo(3);
    assertThat(parts.get(0).document().lineOf(FieldPath.parse("/a/b/1"))).isEqualTo(4);
  }

  @Test
  void namesFileLineAndColumn() {
    assertThatThrownBy(() -> YamlReader.create().read("dir/f.yaml", bytes("a: 1\nb: *x\n")))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e).hasMessageStartingWith("dir/f.yaml:2:4: the alias *x");
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.column()).isEqualTo(4);
            });
  }

  @Test
  void readsFileNamedJsonStrictly() {
    assertThat(YamlReader.create().read("f.json", bytes("{\"a\": 1}"))).hasSize(1);
    assertThatThrownBy(() -> YamlReader.create().read("f.json", bytes("{a: 1}")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not valid JSON");
  }

  /** However long a file is, no more of it is in memory than a reader needs to refuse it. */
  @Test
  void aFileWithoutEndIsReadUpToTheLimit() throws IOException {
    assertThat(SMALL.read(InputStream.nullInputStream())).isEmpty();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    byte[] bytes = SMALL.read(endless);
    assertThat(bytes).hasSize(1001);
    assertThatThrownBy(() -> YamlReader.withLimits(SMALL).read("f.yaml", bytes))
        .hasMessage("f.yaml: more than 1000 bytes, which is the limit");
  }

  @Test
  void refusesTooManyBytes() {
    refuses("a: " + "x".repeat(1000), "more than 1000 bytes, which is the limit");
  }

  @Test
  void refusesDeepNesting() {
    refuses("[[[[[[x]]]]]]", "nested deeper than 5");
    refuses("- - - - - - x\n", "nested deeper than 5");
    assertThat(YamlReader.withLimits(SMALL).read("f", bytes("[[[[[x]]]]]"))).hasSize(1);
  }

  @Test
  void countsDepthThroughAliases() {
    refuses("a: &a [[x]]\nb: &b [*a]\nc: &c [*b]\nd: [*c]\n", "nested deeper than 5");
    refuses("a: &a [[x, [&b [1]]]]\nc: [*a]\n", "nested deeper than 5");
  }

  @Test
  void survivesLongChainOfAliases() {
    StringBuilder chain = new StringBuilder("- &a0 [x]\n");
    for (int i = 1; i < 5000; i++) {
      chain.append("- &a").append(i).append(" [*a").append(i - 1).append("]\n");
    }
    assertThatThrownBy(() -> read(chain.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nested deeper than 200");
  }

  @Test
  void countsAliasesInFull() {
    refuses("a: &a [1, 2, 3, 4, 5, 6, 7, 8]\nb: [*a, *a, *a, *a, *a]\n", "more than 50 values");
    assertThat(read("a: &a [1, 2]\nb: [*a, *a]\n")).hasSize(1);
  }

  @Test
  void readsLongScalarsInLinearTime() {
    String text = "x".repeat(10_000_000);
    Mapping root =
        (Mapping)
            read("a: " + text + "\nb: \"" + text.substring(9_000_000) + "\"\n")
                .get(0)
                .document()
                .root();
    assertThat(root.get("a")).contains(Text.of(text));
  }

  @Test
  void readsLargeJsonOnOneLine() {
    String item = "{\"k\": [1, 2.5, \"v\"]}";
    String json = "[" + (item + ",").repeat(50_000) + item + "]";
    assertThat(read(json)).hasSize(1);
  }

  @Test
  void takesKeysWithEqualHashes() {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < 1 << 14; i++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      file.append(key).append(": 1\n");
    }
    Mapping root = (Mapping) read(file.toString()).get(0).document().root();
    assertThat(root.size()).isEqualTo(1 << 14);
  }

  @Test
  void messagesHoldNoValues() {
    for (String broken :
        List.of("a: \"hunter2\" x", "{\"a\": hunter2", "a: [hunter2", "a: !!int hunter2")) {
      assertThatThrownBy(() -> read(broken))
          .isInstanceOf(InvalidInputException.class)
          .message()
          .doesNotContain("hunter2");
    }
    assertThatThrownBy(() -> YamlReader.create().read("f.json", bytes("{\"a\": hunter2}")))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .doesNotContain("hunter2");
  }

  private static void refuses(String text, String problem) {
    assertThatThrownBy(() -> YamlReader.withLimits(SMALL).read("f.yaml", bytes(text)))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e.category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
              assertThat(e).hasMessageContaining(problem);
            });
  }

  private static List<DocumentPart> read(String text) {
    return YamlReader.create().read("f.yaml", bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
