package io.github.gitops4j.jackson;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;

/**
 * Documents as the trees and records of a program that uses Jackson, and back. For a health rule, a
 * check of inputs or a differ of its own that would rather have a record than a path.
 *
 * <pre>{@code
 * JacksonDocuments documents = JacksonDocuments.with(new ObjectMapper());
 * Shop shop = documents.read(resource.document(), "shop.yaml", Shop.class);
 * }</pre>
 *
 * <p>Numbers are those of a {@link io.github.gitops4j.resource.Numeral}: integers of 64 bits, and
 * 64-bit floats. Source lines are not in a tree; what is read from one has none.
 *
 * <p>Thread-safe as the mapper is.
 *
 * @since 0.1.0
 */
public final class JacksonDocuments {
  private final ObjectMapper mapper;

  private JacksonDocuments(ObjectMapper mapper) {
    this.mapper = requireNonNull(mapper, "mapper");
  }

  /** Creates the adapter for a mapper of the program, with its modules and settings. */
  public static JacksonDocuments with(ObjectMapper mapper) {
    return new JacksonDocuments(mapper);
  }

  /** Returns a document as a tree, which the caller may change. */
  public JsonNode toTree(Document document) {
    return new TreeWriter(mapper.getNodeFactory()).node(document.root());
  }

  /**
   * Returns a tree as a document.
   *
   * @throws IllegalArgumentException if it holds what JSON has not, or a number that no 64-bit
   *     float comes near
   */
  public Document fromTree(JsonNode tree) {
    return Document.of(TreeReader.value(tree));
  }

  /**
   * Reads a document as a record, or whatever else the mapper makes.
   *
   * @param file where the document is from, for messages
   * @throws InvalidInputException if it is none; it names the line of the field, and no value, as
   *     that may be secret
   */
  public <T> T read(Document document, String file, Class<T> type) {
    try {
      return mapper.treeToValue(toTree(document), type);
    } catch (JsonMappingException e) {
      throw Mismatch.of(e, type).at(document, file);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file, 0, 0, "it cannot be read as " + type.getSimpleName());
    }
  }

  /**
   * Returns a record, or whatever else the mapper can write, as a document.
   *
   * @throws IllegalArgumentException if the mapper cannot write it
   */
  public Document write(Object value) {
    return fromTree(mapper.valueToTree(requireNonNull(value, "value")));
  }
}
