package io.github.gitops4j.source;

import io.github.gitops4j.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of a YAML file as characters, checked: UTF-8, or UTF-16 with a byte order mark, and no
 * control characters. Strict, because a file in another encoding must not become other values.
 *
 * <p>The array ends with a NUL that is not part of the text.
 */
final class SourceText {
  private static final char BOM = '\uFEFF';

  private final String file;
  private final byte[] bytes;
  private Charset charset = StandardCharsets.UTF_8;
  private int markLength;
  private char[] chars = new char[0];
  private int length;

  private SourceText(String file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  static SourceText decode(String file, byte[] bytes) {
    SourceText text = new SourceText(file, bytes);
    if (startsWith(bytes, 0xFE, 0xFF)) {
      text.decodeUtf16(StandardCharsets.UTF_16BE);
    } else if (startsWith(bytes, 0xFF, 0xFE)) {
      text.decodeUtf16(StandardCharsets.UTF_16LE);
    } else {
      text.markLength = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
      text.decodeUtf8(text.markLength);
    }
    return text;
  }

  char[] chars() {
    return chars;
  }

  int length() {
    return length;
  }

  /** Returns another text in the encoding of this one, with its byte order mark. */
  byte[] encode(String other) {
    byte[] encoded = other.getBytes(charset);
    byte[] all = Arrays.copyOf(bytes, markLength + encoded.length);
    System.arraycopy(encoded, 0, all, markLength, encoded.length);
    return all;
  }

  private void decodeUtf16(Charset utf16) {
    charset = utf16;
    markLength = 2;
    try {
      String decoded =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, 2, bytes.length - 2))
              .toString();
      length = decoded.length();
      chars = new char[length + 1];
      decoded.getChars(0, length, chars, 0);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(file, 1, 0, "the bytes are not " + charset.name());
    }
    for (int i = 0; i < length; i++) {
      if (!isAllowed(chars[i]) && !Character.isSurrogate(chars[i])) {
        throw refusal(chars, i, i * 2 + 2, control(chars[i]));
      }
      checkMark(i, i * 2 + 2);
    }
  }

  private void decodeUtf8(int start) {
    char[] out = new char[bytes.length - start + 1];
    chars = out;
    int to = 0;
    int from = start;
    int end = bytes.length;
    while (from < end) {
      int b = bytes[from];
      if (b >= ' ' && b < 0x7F) {
        out[to++] = (char) b;
        from++;
      } else if (b == '\n' || b == '\r' || b == '\t') {
        out[to++] = (char) b;
        from++;
      } else if (b >= 0) {
        throw refusal(out, to, from, control(b));
      } else {
        int width = decodeWide(from, to);
        from += width;
        to += width == 4 ? 2 : 1;
      }
    }
    length = to;
  }

  /** Decodes one character above ASCII and returns how many bytes it has. */
  private int decodeWide(int from, int to) {
    int first = bytes[from] & 0xFF;
    int width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || from + width > bytes.length) {
      throw notUtf8(from, to);
    }
    int codePoint = first & (0x7F >> width);
    for (int i = 1; i < width; i++) {
      int next = bytes[from + i];
      if ((next & 0xC0) != 0x80) {
        throw notUtf8(from, to);
      }
      codePoint = (codePoint << 6) | (next & 0x3F);
    }
    if (isOverlong(codePoint, width) || codePoint > 0x10FFFF) {
      throw notUtf8(from, to);
    }
    if (width == 4) {
      chars[to] = Character.highSurrogate(codePoint);
      chars[to + 1] = Character.lowSurrogate(codePoint);
      return width;
    }
    if (!isAllowed((char) codePoint)) {
      throw refusal(chars, to, from, control(codePoint));
    }
    chars[to] = (char) codePoint;
    checkMark(to, from);
    return width;
  }

  private static boolean isOverlong(int codePoint, int width) {
    return codePoint < (width == 4 ? 0x10000 : width == 3 ? 0x800 : 0x80);
  }

  /** YAML's printable characters, without the supplementary ones. */
  private static boolean isAllowed(char c) {
    return (c >= ' ' && c < 0x7F)
        || c == '\n'
        || c == '\r'
        || c == '\t'
        || c == 0x85
        || (c >= 0xA0 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD);
  }

  /** Joined files leave a mark at the start of a line, where it would become part of a key. */
  private void checkMark(int at, int offset) {
    if (chars[at] == BOM && (at == 0 || chars[at - 1] == '\n' || chars[at - 1] == '\r')) {
      throw refusal(chars, at, offset, "a byte order mark in the middle of the file");
    }
  }

  private InvalidInputException notUtf8(int from, int to) {
    String found = String.format("the byte 0x%02x is not UTF-8", bytes[from] & 0xFF);
    return refusal(chars, to, from, found + "; the file is in another encoding or binary");
  }

  private static String control(int c) {
    return c == 0
        ? "a NUL character; the file is binary or UTF-16 without a byte order mark"
        : String.format("the control character U+%04X is not allowed", c);
  }

  private InvalidInputException refusal(char[] text, int at, int offset, String problem) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < at; i++) {
      column++;
      if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n')) {
        line++;
        column = 1;
      }
    }
    return new InvalidInputException(file, line, column, problem + " (byte offset " + offset + ")");
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
