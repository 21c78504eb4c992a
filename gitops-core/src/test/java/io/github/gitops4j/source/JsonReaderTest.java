package io.github.gitops4j.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void readsEachType() {
    String json = "{\"a\":[1,-2.5,1e3,18446744073709551615,true,false,null,\"\\u00e9\\n\"]}";
    assertThat(read(json).root().toJson())
        .isEqualTo("{\"a\":[1,-2.5,1000,18446744073709551615,true,false,null,\"é\\n\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "[1] 2",
        "[1] // c",
        "NaN",
        "[01]",
        "[.5]",
        "'a'",
        "[\"\t\"]",
        "[\"\\ud800\"]",
        "[1e400]",
        "{\"a\" 1}",
        "nul"
      })
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not valid JSON");
  }

  @Test
  void refusesKeyTwice() {
    assertThatThrownBy(() -> read("{\"a\": 1,\n \"a\": 2}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("f.json:2:2: the key \"a\" is there twice");
    assertThatThrownBy(() -> read("{\"a\": {\"b\": 1, \"b\": 1}}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the key \"b\" is there twice");
  }

  @Test
  void refusesWhatIsOverLimit() {
    overLimit("[" + "1".repeat(2000) + "]");
    overLimit("[1e" + "9".repeat(2000) + "]");
    overLimit("[".repeat(300) + "]".repeat(300));
    overLimit("\"" + "x".repeat(5000) + "\"");
    overLimit("[" + "1,".repeat(1500) + "1]");
  }

  @Test
  void refusesOtherEncodings() {
    byte[] latin1 = "{\"a\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> JsonReader.create().read("f.json", latin1))
        .isInstanceOf(InvalidInputException.class);
  }

  private static void overLimit(String text) {
    DocumentLimits limits = DocumentLimits.builder().maxBytes(4000).maxNodes(1000).build();
    assertThatThrownBy(
            () ->
                JsonReader.withLimits(limits).read("f.json", text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED));
  }

  private static Document read(String text) {
    return JsonReader.create().read("f.json", text.getBytes(StandardCharsets.UTF_8));
  }
}
