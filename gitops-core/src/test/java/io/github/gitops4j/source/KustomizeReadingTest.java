package io.github.gitops4j.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.InvalidInputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the warnings against what the two tools were seen to read. */
class KustomizeReadingTest {
  private static final YamlReader READER = YamlReader.create();
  private static final String REFUSED = "refused";

  record Row(String place, String written, String kubectl, String kustomize) {
    byte[] file() {
      String line = place.equals("key") ? written + ": x" : "v: " + written;
      return ("a: b\n---\nc: d\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    boolean isReadTheSame() {
      // JSON has one zero.
      return kubectl.equals(kustomize) || kubectl.equals("{\"v\":-0}");
    }
  }

  static Stream<Row> rows() throws IOException, URISyntaxException {
    Path table =
        Path.of(KustomizeReadingTest.class.getResource("/yaml-readers/scalars.tsv").toURI());
    return Files.readAllLines(table).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3]));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void warnsOfWhatIsReadOtherwiseAndOfNothingElse(Row row) {
    List<InputWarning> warnings = new ArrayList<>();
    if (row.kubectl().equals(REFUSED)) {
      assertThatThrownBy(() -> READER.read("f.yaml", row.file(), warnings::add))
          .isInstanceOf(InvalidInputException.class);
      return;
    }
    READER.read("f.yaml", row.file(), warnings::add);
    assertThat(warnings).hasSize(row.isReadTheSame() ? 0 : 1);
    for (InputWarning warning : warnings) {
      assertThat(warning.origin()).hasToString("f.yaml:4");
      assertThat(warning.origin().document()).isEqualTo(1);
      assertThat(warning.message()).contains(row.written(), "kubectl", "kustomize");
      assertThat(warning.message().contains("refused by kustomize"))
          .isEqualTo(row.place().equals("key") && row.kustomize().equals(REFUSED));
    }
  }

  @Test
  void saysWhatToWriteInstead() {
    assertThat(messages("v: yes"))
        .containsExactly(
            "yes is true for kubectl, and text for kustomize; write true, or \"yes\" in quotes");
    assertThat(messages("Off: x"))
        .containsExactly(
            "the key Off is false for kubectl, and text for kustomize; write false, or \"Off\" in quotes");
    assertThat(messages("v: 2001-12-14"))
        .containsExactly(
            "2001-12-14 is text for kubectl, and a date for kustomize, which prints it otherwise; put it into quotes");
    assertThat(messages("0644: x"))
        .containsExactly(
            "the key 0644 is accepted by kubectl, and refused by kustomize; put it into quotes");
  }

  @Test
  void saysNothingOfWhatIsInQuotesOrTagged() {
    assertThat(messages("v: 'yes'\n\"0644\": \"2001-12-14\"\nb: !!str yes\nc: |\n  yes\n"))
        .isEmpty();
    assertThat(messages("{\"v\": true}")).isEmpty();
  }

  private static List<String> messages(String yaml) {
    List<InputWarning> warnings = new ArrayList<>();
    READER.read("f.yaml", yaml.getBytes(StandardCharsets.UTF_8), warnings::add);
    return warnings.stream().map(InputWarning::message).toList();
  }
}
