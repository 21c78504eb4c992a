package io.github.gitops4j.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JacksonDocumentsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JacksonDocuments DOCUMENTS = JacksonDocuments.with(MAPPER);

  record Shop(String name, int port, List<Item> items, Map<String, Boolean> flags) {}

  record Item(String name, double price) {}

  record Port(int port) {
    Port {
      if (port < 1024) {
        throw new IllegalArgumentException("too small: " + port);
      }
    }
  }

  private static Document yaml(String text) {
    return YamlReader.create()
        .read("shop.yaml", text.getBytes(StandardCharsets.UTF_8))
        .get(0)
        .document();
  }

  @Test
  void aDocumentIsReadAsARecordAndWrittenBack() {
    Document document =
        yaml(
            "name: a\nport: 80\nitems: [{name: b, price: 1.5}, {name: c, price: 2}]\nflags: {x: true}\n");

    Shop shop = DOCUMENTS.read(document, "shop.yaml", Shop.class);

    assertThat(shop)
        .isEqualTo(
            new Shop("a", 80, List.of(new Item("b", 1.5), new Item("c", 2)), Map.of("x", true)));
    assertThat(DOCUMENTS.write(shop)).isEqualTo(document);
  }

  @Test
  void whatDoesNotFitIsSaidWithItsLineAndWithoutItsValue() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "name: a\nport: s3cr3t\n", "shop.yaml:2: /port: expected int",
                "name: a\nprot: s3cr3t\n", "shop.yaml:2: /prot: unknown field",
                "items:\n  - name: b\n    price: s3cr3t\n",
                    "shop.yaml:3: /items/0/price: expected double",
                "flags:\n  x: s3cr3t\n", "shop.yaml:2: /flags/x: expected Boolean",
                "s3cr3t\n", "shop.yaml: expected Shop")
            .entrySet()) {
      assertThatThrownBy(() -> DOCUMENTS.read(yaml(wrong.getKey()), "shop.yaml", Shop.class))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(wrong.getValue())
          .hasNoCause();
    }
  }

  @Test
  void whatATypeRefusesIsSaidWithoutItsWords() {
    assertThatThrownBy(() -> DOCUMENTS.read(yaml("port: 80\n"), "shop.yaml", Port.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("shop.yaml:")
        .hasMessageNotContaining("80");
  }

  @Test
  void theTreeIsOfTheCaller() {
    Document document = yaml("a: {b: 1}\n");

    ((ObjectNode) DOCUMENTS.toTree(document).get("a")).put("b", 2);

    assertThat(document.at(FieldPath.parse("/a/b")).orElseThrow().toJson()).isEqualTo("1");
  }

  @Test
  void whatJsonHasNotIsRefused() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    for (JsonNode node :
        List.of(
            nodes.binaryNode(new byte[] {1}),
            nodes.pojoNode(Optional.empty()),
            nodes.missingNode(),
            nodes.numberNode(Double.NaN),
            nodes.objectNode().set("a", nodes.arrayNode().add(Double.POSITIVE_INFINITY)))) {
      assertThatIllegalArgumentException().isThrownBy(() -> DOCUMENTS.fromTree(node));
    }
  }

  @Property(tries = 300)
  void aTreeIsTheSameDocumentAsItsJson(@ForAll("trees") JsonNode tree) throws IOException {
    Document document = DOCUMENTS.fromTree(tree);

    assertThat(DOCUMENTS.fromTree(DOCUMENTS.toTree(document))).isEqualTo(document);
    assertThat(DOCUMENTS.fromTree(MAPPER.readTree(document.canonicalJson()))).isEqualTo(document);
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    return trees(3);
  }

  private static Arbitrary<JsonNode> trees(int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            Arbitraries.longs().map(nodes::numberNode),
            Arbitraries.integers().between(-10, 10).map(nodes::numberNode),
            Arbitraries.bigIntegers()
                .between(BigInteger.TWO.pow(63), BigInteger.TWO.pow(64))
                .map(nodes::numberNode),
            Arbitraries.doubles().map(nodes::numberNode),
            Arbitraries.strings().ofMaxLength(5).map(nodes::textNode),
            Arbitraries.of(nodes.booleanNode(true), nodes.nullNode()));
    if (depth == 0) {
      return leaves;
    }
    return Arbitraries.oneOf(
        leaves,
        trees(depth - 1).list().ofMaxSize(4).map(items -> nodes.arrayNode().addAll(items)),
        Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(3), trees(depth - 1))
            .ofMaxSize(4)
            .map(fields -> nodes.objectNode().setAll(fields)));
  }
}
