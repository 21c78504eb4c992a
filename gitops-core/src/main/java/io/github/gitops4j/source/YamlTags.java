package io.github.gitops4j.source;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a scalar with a tag means, by the rules of sigs.k8s.io/yaml: other tags are dropped. */
final class YamlTags {
  static final String MERGE = "tag:yaml.org,2002:merge";

  private static final String STANDARD = "tag:yaml.org,2002:";
  private static final int YEAR_DIGITS = 4;

  private YamlTags() {}

  /** Signals a value that does not have the type its tag names. */
  static final class TagException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TagException(String problem) {
      super(problem, null, false, false);
    }
  }

  /**
   * Returns the value of a tagged scalar, quoted or not.
   *
   * @throws TagException if the scalar is not what the tag says
   */
  static Value value(String tag, String text) {
    if (!tag.startsWith(STANDARD)) {
      return new Text(text);
    }
    String type = tag.substring(STANDARD.length());
    return switch (type) {
      case "null", "bool" -> word(type, text);
      case "int" -> integer(text);
      case "float" -> floating(text);
      case "timestamp" -> timestamp(text);
      case "binary" -> new Text(decode(text));
      default -> new Text(text);
    };
  }

  private static Value word(String type, String text) {
    @Nullable Value word = YamlScalars.word(text);
    if (word instanceof Null && type.equals("null")) {
      return Null.INSTANCE;
    }
    if (word instanceof Bool bool && type.equals("bool")) {
      return bool;
    }
    throw new TagException("the value is no !!" + type);
  }

  private static Value integer(String text) {
    @Nullable Numeral number = text.isEmpty() ? null : YamlNumbers.integer(text);
    if (number == null) {
      throw new TagException("the value is no !!int");
    }
    return number;
  }

  private static Value floating(String text) {
    Value value = YamlScalars.plain(text);
    if (value instanceof Numeral) {
      return value;
    }
    throw new TagException("the value is no !!float");
  }

  private static Value timestamp(String text) {
    boolean plausible = text.length() > YEAR_DIGITS && text.charAt(YEAR_DIGITS) == '-';
    for (int i = 0; plausible && i < YEAR_DIGITS; i++) {
      plausible = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!plausible) {
      throw new TagException("the value is no !!timestamp");
    }
    return new Text(text);
  }

  /** JSON holds text only, so bytes that are not text are refused instead of mangled. */
  private static String decode(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("[\\r\\n]", ""));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException e) {
      throw new TagException("the !!binary value is not base64");
    } catch (CharacterCodingException e) {
      throw new TagException("the !!binary value is not UTF-8 text, which JSON cannot hold");
    }
  }
}
