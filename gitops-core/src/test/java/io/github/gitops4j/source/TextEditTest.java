package io.github.gitops4j.source;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.resource.ValueTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEditTest {
  private static final TextEdit OLD_TO_NEW =
      TextEdit.by((path, text) -> text.equals("old") ? Optional.of("new") : Optional.empty());

  private static String edited(String file, String text) {
    return new String(OLD_TO_NEW.apply(file, text.getBytes(UTF_8)), UTF_8);
  }

  @Test
  void nothingElseOfTheFileChanges() {
    String file =
        """
        # old is what it was
        a:   old     # kept: old
        b: [ 'old' , "old", older,   {c: old} ]

        old: x
        z: !!str   old
        n: &anchor
          old
        ---
        - old\r
        - c:\told
        """;
    assertThat(edited("a.yaml", file))
        .isEqualTo(
            """
            # old is what it was
            a:   new     # kept: old
            b: [ 'new' , "new", older,   {c: new} ]

            old: x
            z: !!str   new
            n: &anchor
              new
            ---
            - new\r
            - c:\tnew
            """);
  }

  @Test
  void jsonIsReadAsJson() {
    String file = "{\n\t\"a\": [\"old\", \"\\u006fld\", 1],\t\"old\": {\"é😀\": \"old\"} }\n";
    String meant = "{\n\t\"a\": [\"new\", \"new\", 1],\t\"old\": {\"é😀\": \"new\"} }\n";
    assertThat(edited("a.json", file)).isEqualTo(meant);
    assertThat(edited("a.yaml", file)).isEqualTo(meant);
  }

  @Test
  void theRuleIsToldWhereATextIs() {
    List<String> seen = new ArrayList<>();
    TextEdit edit =
        TextEdit.by(
            (path, text) -> {
              seen.add(path + "=" + text);
              return Optional.empty();
            });
    byte[] file = "a: {b/c: [x, 1, z]}\nd: true\n".getBytes(UTF_8);
    assertThat(edit.apply("a.yaml", file)).isEqualTo(file);
    assertThat(seen.subList(0, 2)).containsExactly("/a/b~1c/0=x", "/a/b~1c/2=z");
    assertThat(seen).doesNotContain("/d=true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: old        | b.c/d:1.2@x | a: b.c/d:1.2@x",
        "a: old        | 1.20        | a: \"1.20\"",
        "a: old        | yes         | a: \"yes\"",
        "a: old        | x: y # z    | a: \"x: y # z\"",
        "a: [old]      | a,b         | a: [\"a,b\"]",
        "a: {b: old}   | c:          | a: {b: \"c:\"}",
      })
  void quotesAreAddedWhereTheyAreNeeded(String file, String other, String meant) {
    TextEdit edit = TextEdit.by((path, text) -> Optional.of(other));
    assertThat(new String(edit.apply("a.yaml", file.getBytes(UTF_8)), UTF_8)).isEqualTo(meant);
  }

  @Test
  void anEncodingStaysAndItsMark() {
    byte[] wide = "\uFEFFa: old # é\n".getBytes(UTF_16LE);
    assertThat(OLD_TO_NEW.apply("a.yaml", wide)).isEqualTo("\uFEFFa: new # é\n".getBytes(UTF_16LE));
    byte[] json = "\uFEFF{\"a\":\"old\"}".getBytes(UTF_8);
    assertThat(OLD_TO_NEW.apply("a.json", json)).isEqualTo("\uFEFF{\"a\":\"new\"}".getBytes(UTF_8));
    byte[] marked = "\uFEFFa: old # é😀\n".getBytes(UTF_8);
    assertThat(OLD_TO_NEW.apply("a.yaml", marked))
        .isEqualTo("\uFEFFa: new # é😀\n".getBytes(UTF_8));
  }

  @Test
  void aBlockIsRefusedAtItsPlace() {
    assertThatThrownBy(() -> edited("a.yaml", "x: y\na: >-\n  old\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("a.yaml:2:4: a text that is to be replaced is a block");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: &x {image: old}\nb: *x\n", "a: &x {image: old}\nb: {<<: *x}\n"})
  void whatIsRepeatedIsReplacedEverywhereOrNowhere(String file) {
    assertThat(edited("a.yaml", file)).isEqualTo(file.replace("old", "new"));
    TextEdit once =
        TextEdit.by(
            (path, text) ->
                path.equals(FieldPath.parse("/a/image")) ? Optional.of("new") : Optional.empty());
    assertThatThrownBy(() -> once.apply("a.yaml", file.getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("an alias or a merge repeats a text");
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> edited("a.yaml", "a: [old\nb: x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("a.yaml:2");
  }

  @Property(tries = 500)
  void anyTextOfAnyTreeCanBecomeAnyOther(
      @ForAll("trees") Value tree, @ForAll("texts") String other, @ForAll boolean named) {
    byte[] json = Document.of(tree).canonicalJson();
    TextEdit edit = TextEdit.by((path, text) -> Optional.of(changed(text, other)));
    byte[] edited = edit.apply(named ? "f.json" : "f.yaml", json);
    assertThat(leaves(JsonReader.create().read("f.json", edited).root()))
        .isEqualTo(
            leaves(JsonReader.create().read("f.json", json).root()).stream()
                .map(leaf -> changed(leaf, other))
                .toList());
  }

  @Property(tries = 500)
  void anyTextInAnyQuotesCanBecomeAnyOther(
      @ForAll("written") List<String> items, @ForAll("texts") String other) {
    String file = items.stream().map(item -> "- " + item + " # it\n").collect(joining());
    TextEdit edit = TextEdit.by((path, text) -> Optional.of(changed(text, other)));
    byte[] edited = edit.apply("f.yaml", file.getBytes(UTF_8));
    assertThat(texts(edited))
        .isEqualTo(texts(file.getBytes(UTF_8)).stream().map(text -> changed(text, other)).toList());
    assertThat(new String(edited, UTF_8).lines().filter(line -> line.endsWith(" # it")))
        .hasSameSizeAs(items);
  }

  private static String changed(String text, String other) {
    return text.length() % 2 == 0 ? other : text;
  }

  private static List<String> texts(byte[] yaml) {
    return YamlReader.create().read("f.yaml", yaml).stream()
        .flatMap(part -> leaves(part.document().root()).stream())
        .toList();
  }

  private static List<String> leaves(Value value) {
    List<String> leaves = new ArrayList<>();
    if (value instanceof Text text) {
      leaves.add(text.value());
    } else if (value instanceof Mapping mapping) {
      mapping.keys().forEach(key -> leaves.addAll(leaves(mapping.get(key).orElseThrow())));
    } else if (value instanceof Sequence sequence) {
      for (int i = 0; i < sequence.size(); i++) {
        leaves.addAll(leaves(sequence.get(i)));
      }
    }
    return leaves;
  }

  @Provide
  static Arbitrary<Value> trees() {
    return ValueTrees.trees();
  }

  @Provide
  static Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "1", "yes", ":", ": ", " #", "'", "\"", "\\", "\n", "\t", "-", "é", "😀", " ", "{",
            "]", ",", "&", "*", "!", "%", "@", "`", "~", "|", "\u0000", "\u0085", "\u007f")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }

  @Provide
  static Arbitrary<List<String>> written() {
    return Combinators.combine(texts(), Arbitraries.integers().between(0, 2))
        .as(
            (text, style) ->
                switch (style) {
                  case 0 -> TextPlace.plain(text);
                  case 1 -> TextPlace.singleQuoted(text);
                  default -> TextPlace.doubleQuoted(text);
                })
        .list()
        .ofMaxSize(5);
  }
}
