package io.github.gitops4j.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.io.CharConversionException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Builds our tree from jackson-core's tokens. Confined to one read. */
final class JsonTree {
  private final JsonParser parser;
  private final NodeBudget budget;

  private JsonTree(JsonParser parser, NodeBudget budget) {
    this.parser = parser;
    this.budget = budget;
  }

  /** Creates a factory that holds the limits; it may be shared. */
  static JsonFactory factory(DocumentLimits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth() + 1)
                .maxNumberLength(limits.maxNumberLength())
                .maxStringLength(limits.maxBytes())
                .maxNameLength(limits.maxBytes())
                .build())
        .build();
  }

  /**
   * Reads one JSON value.
   *
   * @throws JsonParseException if the bytes are no JSON
   * @throws io.github.gitops4j.error.InvalidInputException if they are, and over a limit or with a
   *     key twice
   */
  static Document read(JsonFactory factory, byte[] bytes, NodeBudget budget)
      throws JsonParseException {
    try (JsonParser parser = factory.createParser(bytes)) {
      return new JsonTree(parser, budget).document();
    } catch (JsonParseException e) {
      throw e;
    } catch (StreamConstraintsException e) {
      JsonLocation at = e.getLocation();
      String problem = "too long or too deep: " + e.getOriginalMessage();
      throw budget.limit(line(at), column(at), problem);
    } catch (CharConversionException e) {
      throw new JsonParseException(null, "the bytes are not in the encoding of the file", e);
    } catch (IOException | IllegalStateException e) {
      throw budget.wrong(0, 0, "not readable as JSON");
    }
  }

  private Document document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new JsonParseException(parser, "the file is empty");
    }
    Value root = value(first, 1);
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "more text behind the end of the value");
    }
    return Document.of(root);
  }

  private Value value(@Nullable JsonToken token, int depth) throws IOException {
    JsonLocation at = parser.currentTokenLocation();
    budget.take(1, line(at), column(at));
    if (token == null) {
      throw new JsonParseException(parser, "the text ends too early");
    }
    return switch (token) {
      case START_OBJECT -> mapping(depth);
      case START_ARRAY -> sequence(depth);
      case VALUE_STRING -> new Text(checked(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> Bool.TRUE;
      case VALUE_FALSE -> Bool.FALSE;
      case VALUE_NULL -> Null.INSTANCE;
      default -> throw new JsonParseException(parser, "a value was expected");
    };
  }

  private Value mapping(int depth) throws IOException {
    checkDepth(depth);
    Mapping.Builder fields = Mapping.builder();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = checked(parser.currentName());
      JsonLocation at = parser.currentTokenLocation();
      if (!fields.putIfAbsent(key, value(parser.nextToken(), depth + 1), line(at))) {
        throw budget.wrong(line(at), column(at), YamlKeys.duplicateProblem(key));
      }
    }
    return fields.build();
  }

  private Value sequence(int depth) throws IOException {
    checkDepth(depth);
    Sequence.Builder items = Sequence.builder();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      int line = line(parser.currentTokenLocation());
      items.add(value(token, depth + 1), line);
      token = parser.nextToken();
    }
    return items.build();
  }

  private Value number() throws IOException {
    try {
      return Numeral.parse(parser.getText());
    } catch (IllegalArgumentException e) {
      throw new JsonParseException(parser, "the number is too large");
    }
  }

  private String checked(String text) throws IOException {
    if (LoneSurrogates.isIn(text)) {
      throw new JsonParseException(parser, "an escape names half of a surrogate pair");
    }
    return text;
  }

  private void checkDepth(int depth) {
    JsonLocation at = parser.currentTokenLocation();
    budget.checkDepth(depth, line(at), column(at));
  }

  static int line(@Nullable JsonLocation at) {
    return at == null ? 0 : Math.max(0, at.getLineNr());
  }

  static int column(@Nullable JsonLocation at) {
    return at == null ? 0 : Math.max(0, at.getColumnNr());
  }
}
