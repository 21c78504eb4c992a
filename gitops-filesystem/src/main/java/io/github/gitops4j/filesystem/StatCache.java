package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is remembered of files for the next process, so that it reads no file whose stat is
 * what it was.
 *
 * <p>It owns no truth: losing it costs one reading of every file. So it is not flushed, and one
 * that is damaged, cut, from another version, from another root or from before the machine started
 * is thrown away whole. Only files whose last change was well before they were read are in it, as
 * Git's index has it ("racy git").
 *
 * <p>Not thread-safe.
 */
final class StatCache {
  static final String FILE = "statcache";

  private static final Logger LOG = LoggerFactory.getLogger(StatCache.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final byte[] MAGIC = "gitops4j stat 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FIXED = 2 * Integer.BYTES + 8 * Long.BYTES;
  private static final int LONGEST_NAME = 1 << 16;
  private static final int BUFFER = 1 << 16;
  // It is written anew when so great a part of it is new; that bounds what a restart reads.
  private static final int PART = 8;

  private final StateDirectory state;
  private final String boot;
  private final BooleanSupplier writable;
  private long unsaved;

  /**
   * Creates a cache.
   *
   * @param boot names this start of the machine; empty if nothing does, and then nothing is kept: a
   *     crash may leave old stats beside other content
   * @param writable says whether nobody else writes the cache now
   */
  StatCache(StateDirectory state, String boot, BooleanSupplier writable) {
    this.state = state;
    this.boot = boot;
    this.writable = writable;
  }

  /** Returns what Linux calls this start of the machine, or nothing. */
  static String currentBoot() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns what is kept, or nothing. */
  List<LiveFile> load(Sharing sharing) {
    Path file = state.file(FILE);
    if (boot.isEmpty()) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Reader(new BufferedInputStream(in, BUFFER)).read(header(), sharing);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("{}: thrown away", file, e);
      return List.of();
    }
  }

  /**
   * Takes note that files were read, and writes the cache if that is worth it.
   *
   * @param files what is known now
   * @param read how many of them were read since the last call
   * @param sealed wall time in nanoseconds, by which it was judged how fresh a change is
   */
  void keep(KeyedSnapshot<LiveFile> files, int read, long sealed) {
    unsaved += read;
    if (unsaved == 0
        || unsaved < files.size() / PART
        || boot.isEmpty()
        || !writable.getAsBoolean()) {
      return;
    }
    List<LiveFile> trusted = new ArrayList<>();
    files.forEach(
        (LiveFile file) -> {
          if (file.trusted()) {
            trusted.add(file);
          }
        });
    trusted.sort(Comparator.comparing(LiveFile::key));
    try {
      state.replace(
          FILE, out -> new Writer(out).write(header(), sealed, trusted), StateDirectory.Flush.NO);
      unsaved = 0;
    } catch (IOException e) {
      LOG.debug("{}: not written", state.file(FILE), e);
    }
  }

  /** What the file begins with: of what it is the cache. */
  private byte[] header() {
    String about = boot + '\n' + state.markerOrCandidate().id() + '\n';
    byte[] bytes = about.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(MAGIC.length + bytes.length).put(MAGIC).put(bytes).array();
  }

  /** Writes header, seal time, number of files, files, and a checksum over all of it. */
  private static final class Writer {
    private final Disk.Output out;
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER + LONGEST_NAME + FIXED);

    Writer(Disk.Output out) {
      this.out = out;
    }

    void write(byte[] header, long sealed, List<LiveFile> files) throws IOException {
      buffer.put(header).putLong(sealed).putInt(files.size());
      for (LiveFile file : files) {
        put(file);
        if (buffer.position() > BUFFER) {
          drain();
        }
      }
      drain();
      out.write(buffer.putLong(checksum.getValue()).flip());
    }

    private void put(LiveFile file) {
      byte[] name = file.key().name().getBytes(StandardCharsets.UTF_8);
      FileStat stat = file.stat();
      ContentDigest digest = file.digest();
      buffer.putInt(name.length).putInt(stat.mode());
      buffer.putLong(stat.inode()).putLong(stat.size());
      buffer.putLong(stat.modified()).putLong(stat.changed());
      buffer.putLong(digest.first()).putLong(digest.second());
      buffer.putLong(digest.third()).putLong(digest.fourth());
      buffer.put(name);
    }

    private void drain() throws IOException {
      buffer.flip();
      checksum.update(buffer.duplicate());
      out.write(buffer);
      buffer.clear();
    }
  }

  /** Reads what the writer wrote; gives nothing before the checksum is right. */
  private static final class Reader {
    private final InputStream in;
    private final CRC32C checksum = new CRC32C();

    Reader(InputStream in) {
      this.in = in;
    }

    List<LiveFile> read(byte[] header, Sharing sharing) throws IOException {
      if (!ByteBuffer.wrap(header).equals(take(header.length))) {
        throw new IOException("it is of another version, root or start of the machine");
      }
      ByteBuffer counts = take(Long.BYTES + Integer.BYTES);
      long sealed = counts.getLong();
      int count = counts.getInt();
      List<LiveFile> files = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        LiveFile file = file();
        if (file.stat().newest() < sealed - TreeScan.GRAIN_NANOS) {
          files.add(sharing.file(file));
        }
      }
      long found = checksum.getValue();
      if (take(Long.BYTES).getLong() != found || in.read() >= 0) {
        throw new IOException("its checksum is wrong");
      }
      return files;
    }

    private LiveFile file() throws IOException {
      ByteBuffer fixed = take(FIXED);
      int length = fixed.getInt();
      int mode = fixed.getInt();
      FileStat stat =
          new FileStat(fixed.getLong(), fixed.getLong(), fixed.getLong(), fixed.getLong(), mode);
      ContentDigest digest =
          new ContentDigest(fixed.getLong(), fixed.getLong(), fixed.getLong(), fixed.getLong());
      if (length <= 0 || length > LONGEST_NAME) {
        throw new IOException("a name has " + length + " bytes");
      }
      String name = new String(take(length).array(), StandardCharsets.UTF_8);
      return new LiveFile(ResourceKey.file(name), stat, digest, true);
    }

    private ByteBuffer take(int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("it ends early");
      }
      checksum.update(bytes, 0, length);
      return ByteBuffer.wrap(bytes);
    }
  }
}
