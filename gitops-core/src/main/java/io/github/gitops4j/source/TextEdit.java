package io.github.gitops4j.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Gives texts in a YAML or JSON file another value, and leaves every other byte of it as it is:
 * comments, order, quotes and line ends stay.
 *
 * <p>A text keeps its quotes, or lack of them, where the new one can be written so. What was
 * written is read again, and must be what was there with these texts replaced and nothing else.
 *
 * <p>Thread-safe if the rule is.
 *
 * @since 0.1.0
 */
public final class TextEdit {
  private static final String BOM = "\uFEFF";

  private final Rule rule;
  private final YamlReader reader = YamlReader.create();

  private TextEdit(Rule rule) {
    this.rule = requireNonNull(rule, "rule");
  }

  /** Says what becomes of a text. It is asked more than once and always says the same. */
  @FunctionalInterface
  public interface Rule {
    /**
     * Returns what stands for a text, or nothing if it stays.
     *
     * @param path where it is in its document
     * @param text the text; numbers, booleans, null and keys are none
     */
    Optional<String> other(FieldPath path, String text);
  }

  /** Returns an edit by a rule. */
  public static TextEdit by(Rule rule) {
    return new TextEdit(rule);
  }

  /**
   * Edits a file.
   *
   * @param file name for messages; one that ends with {@code .json} is read strictly as JSON
   * @param bytes the content
   * @return the new content; equal bytes if no text gets another value
   * @throws InvalidInputException if the file cannot be read, or a text cannot be replaced alone:
   *     it is a block of lines, or an alias or a merge repeats it elsewhere
   */
  public byte[] apply(String file, byte[] bytes) {
    List<DocumentPart> before = reader.read(file, bytes);
    byte[] edited = reader.isJson(file, bytes) ? json(file, bytes) : yaml(file, bytes);
    if (!isAsMeant(before, reader.read(file, edited))) {
      throw new InvalidInputException(
          file, 0, 0, "an alias or a merge repeats a text that is to be replaced; write it out");
    }
    return edited;
  }

  private byte[] yaml(String file, byte[] bytes) {
    SourceText text = SourceText.decode(file, bytes);
    String chars = new String(text.chars(), 0, text.length());
    return text.encode(spliced(chars, YamlTexts.find(file, text, rule)));
  }

  private byte[] json(String file, byte[] bytes) {
    String text = new String(bytes, UTF_8);
    if (!Arrays.equals(text.getBytes(UTF_8), bytes)) {
      throw new InvalidInputException(file, 0, 0, "expected JSON in UTF-8");
    }
    String mark = text.startsWith(BOM) ? BOM : "";
    String json = text.substring(mark.length());
    return (mark + spliced(json, JsonTexts.find(json, rule))).getBytes(UTF_8);
  }

  private static String spliced(String text, List<TextPlace> places) {
    StringBuilder edited = new StringBuilder(text.length() + 100);
    int at = 0;
    for (TextPlace place : places) {
      edited.append(text, at, place.begin()).append(place.written());
      at = place.end();
    }
    return edited.append(text, at, text.length()).toString();
  }

  private boolean isAsMeant(List<DocumentPart> before, List<DocumentPart> after) {
    boolean same = before.size() == after.size();
    for (int i = 0; same && i < before.size(); i++) {
      Value meant = replaced(before.get(i).document().root(), FieldPath.root());
      same = meant.equals(after.get(i).document().root());
    }
    return same;
  }

  private Value replaced(Value value, FieldPath path) {
    if (value instanceof Text text) {
      return new Text(rule.other(path, text.value()).orElse(text.value()));
    } else if (value instanceof Mapping mapping) {
      Mapping.Builder fields = Mapping.builder();
      for (int i = 0; i < mapping.size(); i++) {
        String key = mapping.key(i);
        fields.put(key, replaced(mapping.value(i), path.field(key)));
      }
      return fields.build();
    } else if (value instanceof Sequence sequence) {
      Sequence.Builder items = Sequence.builder();
      for (int i = 0; i < sequence.size(); i++) {
        items.add(replaced(sequence.get(i), path.index(i)));
      }
      return items.build();
    }
    return value;
  }
}
