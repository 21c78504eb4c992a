package io.github.gitops4j.forge.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes what is of interest out of JSON, in one walk that keeps nothing else. Confined to one read.
 *
 * <p>What is kept is bounded whatever the size of the payload: a list that goes on is cut, and a
 * text that is too long is nothing.
 */
final class PayloadReader {
  private static final int DEEPEST = 200;
  private static final int LONGEST_TEXT = 4_096;
  private static final int LONGEST_VALUE = 1 << 20;
  private static final int MOST_ITEMS = 20_000;
  private static final int MOST_DIGITS = 18;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_VALUE)
                  .maxNumberLength(LONGEST_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private int itemsLeft = MOST_ITEMS;

  private PayloadReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads a JSON object.
   *
   * @throws PayloadException if it is none
   */
  static Payload read(byte[] json, Shape shape) throws PayloadException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      return new PayloadReader(parser).object(shape);
    } catch (StreamConstraintsException e) {
      throw new PayloadException(
          "the payload nests too deep, or has a name, number or text that is too long");
    } catch (IOException | IllegalStateException e) {
      throw new PayloadException("the payload is no JSON");
    }
  }

  private Payload object(Shape shape) throws IOException, PayloadException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new PayloadException("the payload is no JSON object");
    }
    Payload root = fields(shape);
    if (parser.nextToken() != null) {
      throw new PayloadException("the payload has something behind its end");
    }
    return root;
  }

  /** Reads the value whose first token is the current one. */
  private Payload value(Shape shape) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT && shape.hasFields()) {
      return fields(shape);
    } else if (token == JsonToken.START_ARRAY && shape.items() != null) {
      return list(shape.items());
    }
    parser.skipChildren();
    if (!shape.isWanted()) {
      return Payload.NOTHING;
    }
    return switch (token) {
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT -> number(parser.getText());
      case VALUE_TRUE -> Payload.of(true);
      case VALUE_FALSE -> Payload.of(false);
      default -> Payload.NOTHING;
    };
  }

  private static Payload text(String text) {
    return text.length() <= LONGEST_TEXT ? Payload.of(text) : Payload.NOTHING;
  }

  private static Payload number(String digits) {
    return digits.length() <= MOST_DIGITS ? Payload.of(Long.parseLong(digits)) : Payload.NOTHING;
  }

  private Payload fields(Shape shape) throws IOException {
    Map<String, Payload> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      Shape wanted = shape.field(name);
      parser.nextToken();
      if (wanted == null) {
        parser.skipChildren();
      } else {
        fields.put(name, value(wanted));
      }
    }
    return Payload.of(fields);
  }

  private Payload list(Shape shape) throws IOException {
    List<Payload> items = new ArrayList<>();
    boolean cut = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (itemsLeft > 0) {
        itemsLeft--;
        items.add(value(shape));
      } else {
        cut = true;
        parser.skipChildren();
      }
    }
    return Payload.of(items, cut);
  }
}
