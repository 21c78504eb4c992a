package io.github.gitops4j.kubernetes.inventory;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of bytes, each with its end. */
final class Lines {
  private Lines() {}

  static byte[] join(List<byte[]> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      bytes.writeBytes(line);
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  /**
   * Splits what {@link #join} joined.
   *
   * @throws IllegalArgumentException if the last line has no end
   */
  static List<byte[]> split(byte[] content) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        lines.add(Arrays.copyOfRange(content, start, i));
        start = i + 1;
      }
    }
    if (start != content.length) {
      throw new IllegalArgumentException("the last line was cut");
    }
    return lines;
  }
}
