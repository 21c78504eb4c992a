package io.github.gitops4j.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.resource.ValueTrees;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReaderPropertiesTest {
  @Property(tries = 500)
  void canonicalJsonReadsBackAsJson(@ForAll("trees") Value tree) {
    Document document = Document.of(tree);
    Document again = JsonReader.create().read("f.json", document.canonicalJson());
    assertThat(again).isEqualTo(document);
    assertThat(again.digest()).isEqualTo(document.digest());
  }

  @Property(tries = 500)
  void blockStyleReadsBack(@ForAll("trees") Value tree) {
    Document document = Document.of(Mapping.builder().put("root", tree).build());
    StringBuilder yaml = new StringBuilder();
    emit(document.root(), 0, yaml);
    assertThat(YamlReader.create().read("f.yaml", yaml.toString().getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .satisfies(part -> assertThat(part.document()).isEqualTo(document));
  }

  @Property(tries = 2000)
  void anyTextIsReadOrRefused(@ForAll("fragments") String text) {
    try {
      YamlReader.create().read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidInputException e) {
      assertThat(e.line()).isBetween(0, 1 + (int) text.chars().filter(c -> c != ' ').count());
    }
  }

  private static void emit(Value value, int indent, StringBuilder out) {
    if (value instanceof Mapping mapping && mapping.size() > 0) {
      out.append('\n');
      for (int i = 0; i < mapping.size(); i++) {
        out.append(" ".repeat(indent)).append("? ").append(quoted(mapping.key(i)));
        out.append('\n').append(" ".repeat(indent)).append(": ");
        emit(mapping.value(i), indent + 2, out);
      }
    } else if (value instanceof Sequence sequence && sequence.size() > 0) {
      out.append('\n');
      for (int i = 0; i < sequence.size(); i++) {
        out.append(" ".repeat(indent)).append("- ");
        emit(sequence.get(i), indent + 2, out);
      }
    } else {
      String json = value instanceof Text text ? quoted(text.value()) : value.toJson();
      out.append(json).append('\n');
    }
  }

  /** Writes every character as an escape that YAML has and JSON has not. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().forEach(c -> out.append(String.format("\\U%08x", c)));
    return out.append('"').toString();
  }

  @Provide
  Arbitrary<Value> trees() {
    return ValueTrees.trees();
  }

  @Provide
  Arbitrary<String> fragments() {
    return Arbitraries.of(
            "a", "b", ": ", ":", "- ", "\n", " ", "  ", "\t", "[", "]", "{", "}", ", ", "\"", "'",
            "|", ">", "&x ", "*x", "!t ", "!!int ", "#", "? ", "<<", "1", "yes", "---", "...", "%",
            "\\", "é", "😀", "\r", "~")
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join("", parts));
  }
}
