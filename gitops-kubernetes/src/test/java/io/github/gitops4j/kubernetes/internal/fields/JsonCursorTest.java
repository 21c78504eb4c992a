package io.github.gitops4j.kubernetes.internal.fields;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
  private static final JsonFactory JACKSON = new JsonFactory();

  /** Parts of JSON and what is nearly that; joined at random few are right and many nearly so. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\"a\"",
          "\"a\":",
          "{}",
          "[]",
          "null",
          "true",
          "false",
          "nul",
          "0",
          "-0",
          "01",
          "-",
          "1.5",
          "1.",
          ".5",
          "1e3",
          "1E+3",
          "1e",
          "2e-7",
          "\"\\u00e9\"",
          "\\u12",
          "\\n",
          "\\x",
          "é",
          "😀",
          " ",
          "\n",
          "\t",
          "\f",
          "/");

  /** The byte 255 has a test of its own: see there. */
  @Property(tries = 3000)
  void whatIsDamagedIsTakenIfAParserTakesIt(
      @ForAll("values") String value,
      @ForAll @IntRange(min = 1, max = 400) int where,
      @ForAll @IntRange(min = -1, max = 254) int damage) {
    // The bracket stays, as parsers differ in what may stand behind a value that has none.
    byte[] json = ("[" + value + "]").getBytes(UTF_8);
    if (where < json.length) {
      json = damage <= 0 ? cut(json, where, damage) : with(json, where, (byte) damage);
    }
    assertThat(endByCursor(json)).isEqualTo(endByParser(json));
  }

  @Property(tries = 3000)
  void anyPiecesAreTakenIfAParserTakesThem(@ForAll("pieces") List<String> pieces) {
    byte[] json = ("[" + String.join("", pieces) + "]").getBytes(UTF_8);
    assertThat(endByCursor(json)).isEqualTo(endByParser(json));
  }

  @Property(tries = 500)
  void namesAndTextsAreThoseOfAParser(@ForAll("values") String value) throws IOException {
    byte[] json = ("{\"\\u0061\" :\n" + value + " }").getBytes(UTF_8);
    List<String> seen = new ArrayList<>();
    see(new JsonCursor(json), seen);
    List<String> parsed = new ArrayList<>();
    try (JsonParser parser = JACKSON.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            || parser.currentToken() == JsonToken.VALUE_STRING) {
          parsed.add(parser.getText());
        }
      }
    }
    assertThat(seen).isEqualTo(parsed);
  }

  @Test
  void itIsKnownWhereThePartsAre() throws IOException {
    String json = " { \"a\" : [1, 2] , \"b\":\"x\" } ";
    JsonCursor cursor = new JsonCursor(json.getBytes(UTF_8));
    cursor.enterObject();
    assertThat(cursor.nextField()).isTrue();
    int begin = cursor.nameBegin();
    cursor.skip();
    assertThat(json.substring(begin, cursor.position())).isEqualTo("\"a\" : [1, 2]");
    assertThat(cursor.nextField()).isTrue();
    assertThat(cursor.text()).isEqualTo("x");
    assertThat(cursor.nextField()).isFalse();
    assertThat(cursor.position()).isEqualTo(json.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "[\"a\"]", "{\"a\":\"b\"}"})
  void whatIsNoTextIsEmptyText(String value) throws IOException {
    JsonCursor cursor = new JsonCursor(value.getBytes(UTF_8));
    assertThat(cursor.text()).isEmpty();
    assertThat(cursor.position()).isEqualTo(value.length());
  }

  @Test
  void aCharacterMayBeWrittenAsTwo() throws IOException {
    JsonCursor cursor = new JsonCursor("{\"\\ud83d\\ude00\":\"a\\uD83D\\uDE00\"}".getBytes(UTF_8));
    cursor.enterObject();
    assertThat(cursor.nextField()).isTrue();
    assertThat(cursor.name()).isEqualTo("😀");
    assertThat(cursor.text()).isEqualTo("a😀");
  }

  @Test
  void whatIsTooDeepIsRefused() throws IOException {
    assertThat(endByCursor(nested(JsonCursor.DEEPEST)))
        .isEqualTo(endByParser(nested(JsonCursor.DEEPEST)))
        .isPresent();
    assertThat(endByCursor(nested(JsonCursor.DEEPEST + 1)))
        .isEqualTo(endByParser(nested(JsonCursor.DEEPEST + 1)))
        .isEmpty();
  }

  /**
   * UTF-8 has no byte 255. The parser fills short names up with it, so it takes such a name for one
   * that it has met before.
   */
  @Test
  void aNameWithAByteThatNoCharacterHasIsRefused() {
    String json = "[{\"a\":1},{\"aa\":2}]";
    byte[] damaged = with(json.getBytes(UTF_8), json.indexOf("aa"), (byte) 255);
    assertThat(endByCursor(damaged)).isEmpty();
    assertThat(endByParser(damaged)).hasValue(json.length());
  }

  @Test
  void whatIsWrongIsNotShown() {
    assertThatThrownBy(() -> new JsonCursor("[secret]".getBytes(UTF_8)).skip())
        .hasMessage("no JSON at byte 1");
    assertThatThrownBy(() -> new JsonCursor("[\"secret".getBytes(UTF_8)).skip())
        .hasMessage("it ends at byte 8");
  }

  private static byte[] nested(int levels) {
    return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
  }

  private static byte[] cut(byte[] json, int where, int damage) {
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    left.write(json, 0, where);
    if (damage == 0) {
      left.write(json, where + 1, json.length - where - 1);
    }
    return left.toByteArray();
  }

  private static byte[] with(byte[] json, int where, byte other) {
    byte[] damaged = json.clone();
    damaged[where] = other;
    return damaged;
  }

  private static OptionalInt endByCursor(byte[] json) {
    try {
      JsonCursor cursor = new JsonCursor(json);
      cursor.skip();
      return OptionalInt.of(cursor.position());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** A parser looks at what is in an array when it is asked for what comes after it. */
  private static OptionalInt endByParser(byte[] json) {
    try (JsonParser parser = JACKSON.createParser(json)) {
      int depth = 0;
      do {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return OptionalInt.empty();
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      } while (depth > 0);
      return OptionalInt.of((int) parser.currentLocation().getByteOffset());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  private static void see(JsonCursor cursor, List<String> seen) throws IOException {
    if (cursor.isObject()) {
      cursor.enterObject();
      while (cursor.nextField()) {
        seen.add(cursor.name());
        see(cursor, seen);
      }
    } else if (cursor.isArray()) {
      cursor.enterArray();
      while (cursor.nextItem()) {
        see(cursor, seen);
      }
    } else {
      int begin = cursor.position();
      String text = cursor.text();
      if (!text.isEmpty() || cursor.position() == begin + 2) {
        seen.add(text);
      }
    }
  }

  @Provide
  static Arbitrary<List<String>> pieces() {
    return Arbitraries.of(PIECES).list().ofMaxSize(8);
  }

  @Provide
  static Arbitrary<String> values() {
    return Arbitraries.lazyOf(
        JsonCursorTest::texts,
        () -> Arbitraries.of("null", "true", "false", "120", "-0.5", "1.25e-3", "[]", "{}", "\"\""),
        JsonCursorTest::texts,
        () -> values().list().ofMaxSize(3).map(items -> "[ " + String.join(" ,", items) + "]"),
        () ->
            Combinators.combine(texts(), values())
                .as((name, value) -> name + ": " + value)
                .list()
                .ofMaxSize(3)
                .map(fields -> "{" + String.join(",\n", fields) + " }"));
  }

  /**
   * Texts as they are written, with some of the characters escaped. None is half a pair: in names
   * the parser refuses these.
   */
  private static Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "f:spec",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b\\f\\n\\r\\t",
            "\\u0000",
            "\\u00fC",
            "é",
            "\u2028",
            "😀",
            "[",
            "}",
            " ",
            ":",
            ",")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> '"' + String.join("", parts) + '"');
  }
}
