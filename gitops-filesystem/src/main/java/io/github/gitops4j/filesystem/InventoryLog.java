package io.github.gitops4j.filesystem;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.resource.ResourceKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The text of an inventory's log: a header, then batches. A batch counts if its last line is there
 * with the right checksum; the beginning of a batch at the end of the log counts as never written.
 * Anything else is damage: a batch that was once whole is not dropped.
 */
final class InventoryLog {
  static final byte[] HEADER = "{\"gitops4j-inventory\":1}\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ANY_HEADER =
      "{\"gitops4j-inventory\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BATCH = "{\"batch\":".getBytes(StandardCharsets.UTF_8);

  private static final byte[] END = "{\"end\":".getBytes(StandardCharsets.UTF_8);

  private final Map<ResourceKey, InventoryRecord> records = new HashMap<>();
  private long sequence;
  private long lines;
  private int validLength;

  /** Says that a log is not what was once written. */
  static final class DamageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final FailureCategory category;
    private final String remedy;

    DamageException(String message) {
      this(FailureCategory.INTERNAL, message, StateDirectory.REMEDY);
    }

    DamageException(FailureCategory category, String message, String remedy) {
      super(message);
      this.category = category;
      this.remedy = remedy;
    }

    FailureCategory category() {
      return category;
    }

    String remedy() {
      return remedy;
    }
  }

  /** Says that the log ends in the middle of a line. */
  private static final class UnfinishedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int from;

    UnfinishedException(int from) {
      super("a line is not whole");
      this.from = from;
    }
  }

  /** Reads a whole log. */
  static InventoryLog parse(byte[] log) throws IOException {
    InventoryLog parsed = new InventoryLog();
    if (!startsWith(log, HEADER, 0)) {
      throw startsWith(log, ANY_HEADER, 0)
          ? new DamageException(
              FailureCategory.UNSUPPORTED, "it was written by another version", "; use that one")
          : new DamageException("its header is not there");
    }
    parsed.validLength = HEADER.length;
    boolean more = true;
    while (more) {
      more = parsed.batch(log);
    }
    return parsed;
  }

  Collection<InventoryRecord> records() {
    return records.values();
  }

  long sequence() {
    return sequence;
  }

  /** Returns the number of lines that count, by which it is judged whether to compact. */
  long lines() {
    return lines;
  }

  /** Returns the number of bytes that count. */
  int validLength() {
    return validLength;
  }

  /** Reads one batch; gives false at the end, or at a tail that was never finished. */
  private boolean batch(byte[] log) throws IOException {
    int start = validLength;
    if (start >= log.length) {
      return false;
    }
    try {
      List<InventoryChange> changes = new ArrayList<>();
      int at = lineEnd(log, start);
      InventoryLine first = InventoryLine.parse(log, start, at - start);
      long number = first.number("batch");
      for (long left = first.number("n"); left > 0; left--) {
        int end = lineEnd(log, at);
        changes.add(InventoryLine.parse(log, at, end - at).change());
        at = end;
      }
      int end = lineEnd(log, at);
      InventoryLine last = InventoryLine.parse(log, at, end - at);
      if (last.number("end") != number || last.number("crc") != crc(log, start, at)) {
        throw new IOException("its checksum is wrong");
      }
      if (sequence != 0 && number != sequence + 1) {
        throw new IOException("a batch is missing");
      }
      changes.forEach(this::take);
      sequence = number;
      lines += changes.size();
      validLength = end;
      return true;
    } catch (UnfinishedException e) {
      if (wasWhole(log, start, e.from)) {
        throw damaged(e);
      }
      return false;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private DamageException damaged(Exception cause) {
    return new DamageException("batch " + (sequence + 1) + " is damaged: " + cause.getMessage());
  }

  private void take(InventoryChange change) {
    if (change instanceof InventoryChange.Put put) {
      records.put(change.key(), put.record());
    } else {
      records.remove(change.key());
    }
  }

  /**
   * Says whether what ends without a line end had one, from the start of the batch and of its last
   * line: the last line goes on after its closing brace, or a batch begins in it.
   */
  private static boolean wasWhole(byte[] log, int start, int line) {
    if (startsWith(log, END, line)) {
      for (int i = line; i < log.length - 1; i++) {
        if (log[i] == '}') {
          return true;
        }
      }
    }
    for (int i = Math.max(start + 1, line); i < log.length; i++) {
      if (startsWith(log, BATCH, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] log, byte[] prefix, int at) {
    if (log.length - at < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (log[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static int lineEnd(byte[] log, int from) throws IOException {
    for (int i = from; i < log.length; i++) {
      if (log[i] == '\n') {
        return i + 1;
      }
    }
    throw new UnfinishedException(from);
  }

  private static long crc(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return crc.getValue();
  }

  /** Returns a batch as bytes. */
  static byte[] batch(long sequence, Collection<? extends InventoryChange> changes)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(changes.size() * 128 + 128);
    out.writeBytes(
        ("{\"batch\":" + sequence + ",\"n\":" + changes.size() + "}\n")
            .getBytes(StandardCharsets.UTF_8));
    try (JsonGenerator json = InventoryLine.generator(out)) {
      for (InventoryChange change : changes) {
        InventoryLine.write(change, json);
      }
    }
    byte[] body = out.toByteArray();
    out.writeBytes(
        ("{\"end\":" + sequence + ",\"crc\":" + crc(body, 0, body.length) + "}\n")
            .getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
