package io.github.gitops4j.source;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar without quotes means: the rules of sigs.k8s.io/yaml, which every Kubernetes tool
 * applies. They are neither YAML 1.1 nor 1.2: {@code y} is true, {@code 1:30} is text, {@code 0o14}
 * is 12.
 */
final class YamlScalars {
  private static final int LONGEST_WORD = 5;

  private YamlScalars() {}

  /** Signals {@code .inf} and {@code .nan}, which JSON cannot hold. */
  static final class NotFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFiniteException() {
      super("JSON has no infinity and no NaN", null, false, false);
    }
  }

  /**
   * Returns the value of a plain scalar.
   *
   * @throws NotFiniteException for an infinity or NaN
   */
  static Value plain(String text) {
    if (text.isEmpty()) {
      return Null.INSTANCE;
    }
    return switch (text.charAt(0)) {
      case 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '~' -> {
        Value word = word(text);
        yield word == null ? new Text(text) : word;
      }
      case '.', '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        Numeral number = number(text);
        yield number == null ? new Text(text) : number;
      }
      default -> new Text(text);
    };
  }

  /** Returns the boolean or null that a word stands for. */
  static @Nullable Value word(String text) {
    if (text.length() > LONGEST_WORD) {
      return null;
    }
    return switch (text) {
      case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> Bool.TRUE;
      case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> Bool.FALSE;
      case "", "~", "null", "Null", "NULL" -> Null.INSTANCE;
      default -> null;
    };
  }

  private static @Nullable Numeral number(String text) {
    Numeral integer = YamlNumbers.integer(text);
    if (integer != null) {
      return integer;
    }
    Double floating = YamlNumbers.floating(text);
    if (floating == null) {
      return null;
    }
    if (!Double.isFinite(floating)) {
      throw new NotFiniteException();
    }
    return Numeral.of(floating);
  }
}
