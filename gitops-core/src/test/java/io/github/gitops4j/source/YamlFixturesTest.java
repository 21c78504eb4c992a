package io.github.gitops4j.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares our reading with that of sigs.k8s.io/yaml 1.6.0.
 *
 * <p>Each line of {@code yaml/*.jsonl} is a case: the file ({@code yaml} or {@code base64}), what
 * the reference reads ({@code reference}: its documents as JSON, or "refuses"), and, only where we
 * differ on purpose or refuse as well, our documents ({@code read}) or our message ({@code
 * refused}).
 */
class YamlFixturesTest {
  private static final YamlReader READER = YamlReader.create();
  private static final JsonReader JSON =
      JsonReader.withLimits(DocumentLimits.builder().maxDepth(1000).build());

  record Case(String name, Mapping fields) {
    byte[] file() {
      return has("base64")
          ? Base64.getDecoder().decode(((Text) field("base64")).value())
          : ((Text) field("yaml")).value().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return name;
    }

    Value field(String key) {
      return fields.get(key).orElseThrow();
    }

    boolean has(String key) {
      return fields.get(key).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void readsWhatReferenceReads(Case example) {
    assertThat(read(example).toJson()).isEqualTo(json(example.field("reference")));
  }

  @ParameterizedTest
  @MethodSource("onlyOurs")
  void readsWhatReferenceRefuses(Case example) {
    assertThat(example.field("reference")).isEqualTo(Text.of("refuses"));
    assertThat(read(example).toJson()).isEqualTo(json(example.field("read")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithPlaceAndReason(Case example) {
    String message = "";
    try {
      READER.read("file.yaml", example.file());
    } catch (InvalidInputException e) {
      message = String.valueOf(e.getMessage());
    }
    assertThat(message).isEqualTo(((Text) example.field("refused")).value());
  }

  @Test
  void hasCasesOfEachSort() throws Exception {
    assertThat(accepted().count()).isGreaterThan(500);
    assertThat(refused().count()).isGreaterThan(200);
    assertThat(onlyOurs().count()).isLessThan(15);
  }

  private static Sequence read(Case example) {
    Sequence.Builder documents = Sequence.builder();
    for (DocumentPart part : READER.read("file.yaml", example.file())) {
      documents.add(sorted(part.document().root()));
    }
    return documents.build();
  }

  private static String json(Value expected) {
    return sorted(expected).toJson();
  }

  private static Value sorted(Value value) {
    if (value instanceof Mapping mapping) {
      Mapping.Builder fields = Mapping.builder();
      mapping.keys().stream()
          .sorted()
          .forEach(key -> fields.put(key, sorted(mapping.get(key).orElseThrow())));
      return fields.build();
    }
    if (value instanceof Sequence sequence) {
      Sequence.Builder items = Sequence.builder();
      for (int i = 0; i < sequence.size(); i++) {
        items.add(sorted(sequence.get(i)));
      }
      return items.build();
    }
    return value;
  }

  static Stream<Case> accepted() throws IOException, URISyntaxException {
    return cases().filter(one -> !one.has("refused") && !one.has("read"));
  }

  static Stream<Case> onlyOurs() throws IOException, URISyntaxException {
    return cases().filter(one -> one.has("read"));
  }

  static Stream<Case> refused() throws IOException, URISyntaxException {
    return cases().filter(one -> one.has("refused"));
  }

  private static Stream<Case> cases() throws IOException, URISyntaxException {
    Path folder = Path.of(YamlFixturesTest.class.getResource("/yaml").toURI());
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          cases.add(parse(line));
        }
      }
    }
    return cases.stream();
  }

  private static Case parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Mapping fields = (Mapping) JSON.read("case", bytes).root();
    String name = ((Text) fields.get("name").orElseThrow()).value();
    return new Case(name, fields);
  }
}
