package io.github.gitops4j.report;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Value;
import java.nio.charset.StandardCharsets;

/**
 * JSON that is safe to look at: characters that are not seen are escapes.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonText {
  private JsonText() {}

  /** Returns one line, with keys in order and a line break at its end. */
  public static String of(Value value) {
    String json = new String(Document.of(value).canonicalJson(), StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(json.length() + 16);
    json.codePoints().forEach(point -> append(out, point));
    return out.append('\n').toString();
  }

  // Outside of text JSON is ASCII, so whatever is hidden is inside of text and may be an escape.
  private static void append(StringBuilder out, int point) {
    if (!Printable.isHidden(point)) {
      out.appendCodePoint(point);
      return;
    }
    for (char unit : Character.toChars(point)) {
      out.append(String.format("\\u%04x", (int) unit));
    }
  }
}
