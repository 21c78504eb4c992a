package io.github.gitops4j.source;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Keys of objects: JSON's are text, so {@code 1:} is "1" and {@code y:} is "true". */
final class YamlKeys {
  private static final String MERGE = "<<";
  private static final String FLOW_INDICATORS = ",[]{}";
  private static final int LONGEST_SHOWN = 60;

  private final NodeBudget budget;

  YamlKeys(NodeBudget budget) {
    this.budget = budget;
  }

  /** Says whether a key is a merge key: {@code <<} without quotes. */
  static boolean isMerge(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.getValue().equals(MERGE)
        && (scalar.getImplicit().canOmitTagInPlainScalar()
            || YamlTags.MERGE.equals(scalar.getTag()));
  }

  /** Returns the text of a key without tag. */
  String text(ScalarEvent scalar) {
    String text = scalar.getValue();
    if (!scalar.isPlain()) {
      checkSurrogates(scalar);
      return text;
    }
    if (isWord(text)) {
      return text;
    }
    @Nullable Double floating = isNumberLike(text) ? floating(text) : null;
    if (floating != null) {
      return YamlNumbers.keyText(floating);
    }
    return ofValue(scalar, YamlScalars.plain(text));
  }

  /** Returns the text of a key whose value is already known. */
  String ofValue(Event event, Value value) {
    if (value instanceof Text text) {
      return text.value();
    }
    if (value instanceof Bool bool) {
      return bool.isTrue() ? "true" : "false";
    }
    if (value instanceof Numeral number && number.asLong().isPresent()) {
      return Long.toString(number.asLong().getAsLong());
    }
    if (value instanceof Numeral number && hasFraction(number)) {
      return YamlNumbers.keyText(number.doubleValue());
    }
    throw wrong(event, "a key must be text, a boolean or a number below 2^63");
  }

  InvalidInputException duplicate(String key, Event event) {
    return wrong(event, duplicateProblem(key));
  }

  static String duplicateProblem(String key) {
    String shown = key.length() <= LONGEST_SHOWN ? key : key.substring(0, LONGEST_SHOWN) + "...";
    return "the key \"" + shown + "\" is there twice";
  }

  /**
   * Refuses {@code {a:[1]}} and {@code {a:}}: for this parser the key is {@code a}, for the
   * reference it is {@code a:}.
   */
  void checkColon(ScalarEvent key, char[] text) {
    int at = key.getEndMark().getIndex();
    while (text[at] == ' ' || text[at] == '\t') {
      at++;
    }
    if (key.isPlain() && text[at] == ':' && FLOW_INDICATORS.indexOf(text[at + 1]) >= 0) {
      throw wrong(key, "a colon behind a key without quotes needs a blank behind it");
    }
  }

  /** Refuses half of a surrogate pair, which an escape can write and UTF-8 cannot carry. */
  void checkSurrogates(ScalarEvent scalar) {
    if (scalar.isDQuoted() && LoneSurrogates.isIn(scalar.getValue())) {
      throw wrong(scalar, "an escape names half of a surrogate pair");
    }
  }

  private static boolean hasFraction(Numeral number) {
    BigDecimal decimal = number.toBigDecimal();
    return decimal.stripTrailingZeros().scale() > 0;
  }

  /** The common case: a letter that begins no special word. */
  static boolean isWord(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char c = text.charAt(0);
    return c >= 'a' && c <= 'z' && c != 'y' && c != 'n' && c != 't' && c != 'f' && c != 'o';
  }

  private static boolean isNumberLike(String text) {
    return !text.isEmpty() && "+-.0123456789".indexOf(text.charAt(0)) >= 0;
  }

  private static @Nullable Double floating(String text) {
    return YamlNumbers.integer(text) == null ? YamlNumbers.floating(text) : null;
  }

  private InvalidInputException wrong(Event event, String problem) {
    Mark mark = event.getStartMark();
    return budget.wrong(mark.getLine() + 1, mark.getColumn() + 1, problem);
  }
}
