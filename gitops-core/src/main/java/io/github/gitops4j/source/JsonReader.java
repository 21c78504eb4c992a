package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;

/**
 * Reads a JSON file: strict RFC 8259, one value, each key once.
 *
 * <p>Numbers are read as {@link YamlReader} reads them, so a file means the same in both.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonReader {
  private static final String UNKNOWN_TOKEN = "Unrecognized token";

  private final DocumentLimits limits;
  private final JsonFactory factory;

  private JsonReader(DocumentLimits limits) {
    this.limits = requireNonNull(limits, "limits");
    this.factory = JsonTree.factory(limits);
  }

  /** Creates a reader with the default limits. */
  public static JsonReader create() {
    return new JsonReader(DocumentLimits.defaults());
  }

  /** Creates a reader with other limits. */
  public static JsonReader withLimits(DocumentLimits limits) {
    return new JsonReader(limits);
  }

  /**
   * Reads a file.
   *
   * @param file name for messages
   * @param bytes the content
   * @throws InvalidInputException if the file is no JSON, has a key twice or is over a limit
   */
  public Document read(String file, byte[] bytes) {
    requireNonNull(file, "file");
    requireNonNull(bytes, "bytes");
    try {
      return parse(file, bytes);
    } catch (JsonParseException e) {
      int line = JsonTree.line(e.getLocation());
      int column = JsonTree.column(e.getLocation());
      throw new InvalidInputException(file, line, column, "not valid JSON: " + problem(e));
    }
  }

  /** Reads a file, or throws the parser's own exception if it is no JSON. */
  Document parse(String file, byte[] bytes) throws JsonParseException {
    NodeBudget.checkSize(file, bytes, limits);
    return JsonTree.read(factory, bytes, new NodeBudget(file, limits));
  }

  /** Leaves out text from the file: it may be part of a secret. */
  private static String problem(JsonParseException e) {
    String message = String.valueOf(e.getOriginalMessage());
    return message.startsWith(UNKNOWN_TOKEN) ? "an unknown word" : message;
  }
}
