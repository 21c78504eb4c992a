package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Null;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the documents of a YAML file as the Kubernetes tools read them.
 *
 * <p>Values equal those of sigs.k8s.io/yaml, except that some files are refused: a key that is
 * there twice, a file over a limit, bytes in an unknown encoding. A file that is JSON, by its name
 * or its content, is read as JSON. The whole list is in {@code docs/yaml.md}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class YamlReader {
  private final DocumentLimits limits;
  private final JsonReader json;

  private YamlReader(DocumentLimits limits) {
    this.limits = requireNonNull(limits, "limits");
    this.json = JsonReader.withLimits(limits);
  }

  /** Creates a reader with the default limits. */
  public static YamlReader create() {
    return new YamlReader(DocumentLimits.defaults());
  }

  /** Creates a reader with other limits. */
  public static YamlReader withLimits(DocumentLimits limits) {
    return new YamlReader(limits);
  }

  /**
   * Reads a file.
   *
   * @param file name for messages; one that ends with {@code .json} is read strictly as JSON
   * @param bytes the content
   * @return the documents that are not empty, in their order
   * @throws InvalidInputException at the first thing that is wrong, with its place
   */
  public List<DocumentPart> read(String file, byte[] bytes) {
    return read(file, bytes, warning -> {});
  }

  /**
   * Reads a file, and says what kustomize reads in another way than kubectl, whose way is ours.
   *
   * @param file name for messages; one that ends with {@code .json} is read strictly as JSON
   * @param bytes the content
   * @param warnings is given what is found, in the order of the file
   * @return the documents that are not empty, in their order
   * @throws InvalidInputException at the first thing that is wrong, with its place
   */
  public List<DocumentPart> read(String file, byte[] bytes, Consumer<InputWarning> warnings) {
    requireNonNull(file, "file");
    requireNonNull(bytes, "bytes");
    requireNonNull(warnings, "warnings");
    NodeBudget.checkSize(file, bytes, limits);
    if (file.endsWith(".json")) {
      return parts(json.read(file, bytes), 1);
    }
    return readAsJson(file, bytes)
        .map(document -> parts(document, firstLine(bytes)))
        .orElseGet(() -> List.copyOf(YamlTree.read(file, bytes, limits, warnings)));
  }

  /** Says whether a file is read as JSON. */
  boolean isJson(String file, byte[] bytes) {
    return file.endsWith(".json") || readAsJson(file, bytes).isPresent();
  }

  /** Most files that begin like JSON are JSON; the others fail at once and are read as YAML. */
  private Optional<Document> readAsJson(String file, byte[] bytes) {
    int start = firstVisible(bytes);
    if (start == bytes.length || (bytes[start] != '{' && bytes[start] != '[')) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.parse(file, bytes));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static List<DocumentPart> parts(Document document, int line) {
    return document.root() == Null.INSTANCE
        ? List.of()
        : List.of(new DocumentPart(0, line, document));
  }

  private static int firstLine(byte[] bytes) {
    int line = 1;
    for (int i = firstVisible(bytes) - 1; i >= 0; i--) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static int firstVisible(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    return at;
  }
}
