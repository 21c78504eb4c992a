package io.github.gitops4j.resource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Writes a value as compact JSON, in pieces, so that a digest needs no copy of the whole text.
 *
 * <p>Escapes only what JSON demands; a lone surrogate, which UTF-8 cannot carry, as {@code \ud800}.
 */
final class JsonWriter {
  /** Takes the bytes: a digest or a buffer. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] bytes, int offset, int length);
  }

  /** Order of the fields of an object. */
  enum KeyOrder {
    /** As written. */
    WRITTEN,
    /** By UTF-16 code unit: the canonical form. */
    SORTED
  }

  private static final int BUFFER = 8192;
  private static final int LONGEST_UNIT = 6;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Sink sink;
  private final KeyOrder order;
  private final byte[] buffer = new byte[BUFFER];
  private int used;

  private JsonWriter(Sink sink, KeyOrder order) {
    this.sink = sink;
    this.order = order;
  }

  static void write(Value value, KeyOrder order, Sink sink) {
    JsonWriter writer = new JsonWriter(sink, order);
    writer.write(value);
    writer.flush();
  }

  static byte[] bytes(Value value, KeyOrder order) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(value, order, out::write);
    return out.toByteArray();
  }

  static String text(Value value) {
    if (value instanceof Numeral number) {
      return number.text();
    }
    return new String(bytes(value, KeyOrder.WRITTEN), StandardCharsets.UTF_8);
  }

  private void write(Value value) {
    if (value instanceof Text text) {
      quoted(text.value());
    } else if (value instanceof Mapping mapping) {
      mapping(mapping);
    } else if (value instanceof Sequence sequence) {
      sequence(sequence);
    } else if (value instanceof Numeral numeral) {
      plain(numeral.text());
    } else if (value instanceof Bool bool) {
      plain(bool.isTrue() ? "true" : "false");
    } else if (value instanceof Null) {
      plain("null");
    } else {
      throw new AssertionError(value.getClass());
    }
  }

  private void mapping(Mapping mapping) {
    put('{');
    if (order == KeyOrder.WRITTEN || isSorted(mapping)) {
      for (int i = 0; i < mapping.size(); i++) {
        field(mapping, i, i);
      }
    } else {
      int written = 0;
      for (int position : sorted(mapping)) {
        field(mapping, position, written++);
      }
    }
    put('}');
  }

  private void field(Mapping mapping, int position, int written) {
    if (written > 0) {
      put(',');
    }
    quoted(mapping.key(position));
    put(':');
    write(mapping.value(position));
  }

  private static boolean isSorted(Mapping mapping) {
    for (int i = 1; i < mapping.size(); i++) {
      if (mapping.key(i - 1).compareTo(mapping.key(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Integer[] sorted(Mapping mapping) {
    Integer[] positions = new Integer[mapping.size()];
    Arrays.setAll(positions, i -> i);
    Arrays.sort(positions, Comparator.comparing(mapping::key));
    return positions;
  }

  private void sequence(Sequence sequence) {
    put('[');
    for (int i = 0; i < sequence.size(); i++) {
      if (i > 0) {
        put(',');
      }
      write(sequence.get(i));
    }
    put(']');
  }

  private void plain(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
  }

  private void quoted(String text) {
    put('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        put(c);
      } else if (c < 0x80) {
        escaped(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        supplementary(Character.toCodePoint(c, text.charAt(i)));
      } else {
        basic(c);
      }
    }
    put('"');
  }

  private void escaped(char c) {
    switch (c) {
      case '"', '\\' -> pair(c);
      case '\n' -> pair('n');
      case '\r' -> pair('r');
      case '\t' -> pair('t');
      case '\b' -> pair('b');
      case '\f' -> pair('f');
      default -> unicode(c);
    }
  }

  private void pair(char c) {
    put('\\');
    put(c);
  }

  private void unicode(char c) {
    reserve();
    pair('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      buffer[used++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void basic(char c) {
    if (Character.isSurrogate(c)) {
      unicode(c);
      return;
    }
    reserve();
    if (c < 0x800) {
      buffer[used++] = (byte) (0xc0 | (c >> 6));
    } else {
      buffer[used++] = (byte) (0xe0 | (c >> 12));
      buffer[used++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    }
    buffer[used++] = (byte) (0x80 | (c & 0x3f));
  }

  private void supplementary(int codePoint) {
    reserve();
    buffer[used++] = (byte) (0xf0 | (codePoint >> 18));
    buffer[used++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
    buffer[used++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
    buffer[used++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  private void put(char ascii) {
    if (used == buffer.length) {
      flush();
    }
    buffer[used++] = (byte) ascii;
  }

  private void reserve() {
    if (buffer.length - used < LONGEST_UNIT) {
      flush();
    }
  }

  private void flush() {
    sink.accept(buffer, 0, used);
    used = 0;
  }
}
