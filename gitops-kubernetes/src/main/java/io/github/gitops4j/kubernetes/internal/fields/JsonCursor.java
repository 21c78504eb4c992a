package io.github.gitops4j.kubernetes.internal.fields;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/**
 * Walks over JSON and makes nothing of it but the texts that are asked for. Of the objects of a
 * list only a few are, and where the parts are; a parser makes a token of everything else too.
 *
 * <p>What is walked over is checked: it is taken if Jackson takes it, save that no text or number
 * is too long, and that names may have half of a surrogate pair. What stands behind the outermost
 * value is not looked at.
 *
 * <p>Confined to one thread.
 *
 * @since 0.1.0
 */
public final class JsonCursor {
  /** So deep objects and arrays may be in each other, as with Jackson. */
  static final int DEEPEST = 1000;

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";
  private static final int HEX_DIGITS = 4;

  private final byte[] json;
  private int at;

  /** How the objects and arrays end that the cursor is in, from the outermost on. */
  private final byte[] ends = new byte[DEEPEST];

  private int depth;

  /** Whether nothing of the innermost object or array was read yet. */
  private boolean first;

  private int nameBegin;
  private int nameEnd;
  private boolean plainName;

  /** Begins before the first value of a text, which nobody changes any more. */
  public JsonCursor(byte[] json) {
    this.json = json;
    skipSpace();
  }

  /** Returns where the value begins that comes next, or where the last one ended. */
  public int position() {
    return at;
  }

  /** Returns where the name of the field begins. */
  int nameBegin() {
    return nameBegin;
  }

  /** Returns the name of the field. */
  public String name() {
    return text(nameBegin, nameEnd, plainName);
  }

  /** Says whether the value that comes next is an object. */
  public boolean isObject() throws IOException {
    return peek() == '{';
  }

  /** Says whether the value that comes next is an array. */
  public boolean isArray() throws IOException {
    return peek() == '[';
  }

  /** Says whether the value that comes next is a null. */
  boolean isNull() throws IOException {
    return peek() == 'n';
  }

  /** Goes into an object; its fields are next. */
  public void enterObject() throws IOException {
    enter('{', '}');
  }

  /** Goes into an array; its items are next. */
  public void enterArray() throws IOException {
    enter('[', ']');
  }

  private void enter(char begin, char end) throws IOException {
    expect(begin);
    if (depth == DEEPEST) {
      throw wrong(at);
    }
    ends[depth++] = (byte) end;
    first = true;
  }

  /**
   * Goes to the next item; behind the array if there is none.
   *
   * @return whether there is one
   */
  public boolean nextItem() throws IOException {
    skipSpace();
    if (peek() == ends[depth - 1]) {
      at++;
      depth--;
      first = false;
      return false;
    }
    if (!first) {
      expect(',');
      skipSpace();
    }
    first = false;
    return true;
  }

  /**
   * Goes to the value of the next field; behind the object if there is none.
   *
   * @return whether there is one
   */
  public boolean nextField() throws IOException {
    if (!nextItem()) {
      return false;
    }
    nameBegin = at;
    plainName = skipText();
    nameEnd = at;
    skipSpace();
    expect(':');
    skipSpace();
    return true;
  }

  /** Goes behind the value. A loop, so that a JVM that has just begun compiles little. */
  public void skip() throws IOException {
    int outside = depth;
    boolean inside = true;
    while (inside) {
      switch (peek()) {
        case '"' -> skipText();
        case '{' -> enterObject();
        case '[' -> enterArray();
        case 't' -> skipWord("true");
        case 'f' -> skipWord("false");
        case 'n' -> skipWord("null");
        default -> skipNumber();
      }
      boolean found = false;
      while (!found && depth > outside) {
        found = ends[depth - 1] == '}' ? nextField() : nextItem();
      }
      inside = found;
    }
  }

  /** Goes behind the value and returns its text; empty text if it is none. */
  public String text() throws IOException {
    if (peek() != '"') {
      skip();
      return "";
    }
    int begin = at;
    boolean plain = skipText();
    return text(begin, at, plain);
  }

  private String text(int begin, int end, boolean plain) {
    return plain
        ? new String(json, begin + 1, end - begin - 2, UTF_8)
        : unescaped(begin + 1, end - 1);
  }

  private String unescaped(int begin, int end) {
    StringBuilder text = new StringBuilder(end - begin);
    int from = begin;
    for (int i = begin; i < end; i++) {
      if (json[i] == '\\') {
        text.append(new String(json, from, i - from, UTF_8));
        i++;
        if (json[i] == 'u') {
          String digits = new String(json, i + 1, HEX_DIGITS, ISO_8859_1);
          text.append((char) Integer.parseInt(digits, 16));
          i += HEX_DIGITS;
        } else {
          text.append(ESCAPED.charAt(ESCAPES.indexOf(json[i])));
        }
        from = i + 1;
      }
    }
    return text.append(new String(json, from, end - from, UTF_8)).toString();
  }

  /**
   * Goes behind a text or a name. Most bytes of a list are in texts, so they have a short way.
   *
   * @return whether its bytes are the text
   */
  private boolean skipText() throws IOException {
    expect('"');
    boolean plain = true;
    int i = at;
    while (i < json.length) {
      byte b = json[i];
      if (b == '"') {
        at = i + 1;
        return plain;
      } else if (b == '\\') {
        plain = false;
        i = behindEscape(i);
      } else {
        i = b >= ' ' ? i + 1 : behindCharacter(i);
      }
    }
    throw wrong(json.length);
  }

  private int behindEscape(int begin) throws IOException {
    int sign = begin + 1 < json.length ? json[begin + 1] : -1;
    if (sign != 'u') {
      if (ESCAPES.indexOf(sign) < 0) {
        throw wrong(begin);
      }
      return begin + 2;
    }
    int end = begin + 2 + HEX_DIGITS;
    for (int i = begin + 2; i < end; i++) {
      if (i >= json.length || Character.digit((char) (json[i] & 0xff), 16) < 0) {
        throw wrong(begin);
      }
    }
    return end;
  }

  /** Takes the bytes of UTF-8 if there are as many as there must be. */
  private int behindCharacter(int begin) throws IOException {
    int lead = json[begin] & 0xff;
    int end = begin + (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);
    if (lead < 0xc0 || lead >= 0xf8 || end > json.length) {
      throw wrong(begin);
    }
    for (int i = begin + 1; i < end; i++) {
      if ((json[i] & 0xc0) != 0x80) {
        throw wrong(begin);
      }
    }
    return end;
  }

  private void skipWord(String word) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
  }

  private void skipNumber() throws IOException {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      skipDigits();
    }
    if (at < json.length && json[at] == '.') {
      at++;
      skipDigits();
    }
    if (at < json.length && (json[at] == 'e' || json[at] == 'E')) {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      skipDigits();
    }
  }

  private void skipDigits() throws IOException {
    int begin = at;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    if (at == begin) {
      throw wrong(at);
    }
  }

  private void skipSpace() {
    while (at < json.length && isSpace(json[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private byte peek() throws IOException {
    if (at >= json.length) {
      throw wrong(at);
    }
    return json[at];
  }

  private void expect(char sign) throws IOException {
    if (peek() != sign) {
      throw wrong(at);
    }
    at++;
  }

  /** Says where, but not what is there: it may be secret. */
  private IOException wrong(int where) {
    return new IOException(
        where < json.length ? "no JSON at byte " + where : "it ends at byte " + where);
  }
}
