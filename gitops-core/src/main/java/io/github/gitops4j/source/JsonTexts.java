package io.github.gitops4j.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.gitops4j.resource.FieldPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the texts of a JSON file that get another value. Confined to one call. */
final class JsonTexts {
  private final JsonParser parser;
  private final TextEdit.Rule rule;
  private final List<TextPlace> places = new ArrayList<>();

  private JsonTexts(JsonParser parser, TextEdit.Rule rule) {
    this.parser = parser;
    this.rule = rule;
  }

  /** Looks in a text that was read as JSON before. */
  static List<TextPlace> find(String text, TextEdit.Rule rule) {
    JsonFactory factory = JsonTree.factory(DocumentLimits.defaults());
    try (JsonParser parser = factory.createParser(text)) {
      JsonTexts texts = new JsonTexts(parser, rule);
      texts.value(parser.nextToken(), FieldPath.root());
      return texts.places;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void value(JsonToken token, FieldPath path) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        FieldPath field = path.field(parser.currentName());
        value(parser.nextToken(), field);
      }
    } else if (token == JsonToken.START_ARRAY) {
      int item = 0;
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        value(next, path.index(item++));
      }
    } else if (token == JsonToken.VALUE_STRING) {
      text(path);
    }
  }

  private void text(FieldPath path) throws IOException {
    int begin = (int) parser.currentTokenLocation().getCharOffset();
    String text = parser.getText();
    int end = (int) parser.currentLocation().getCharOffset();
    rule.other(path, text)
        .filter(other -> !other.equals(text))
        .ifPresent(other -> places.add(new TextPlace(begin, end, TextPlace.doubleQuoted(other))));
  }
}
