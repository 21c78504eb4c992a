package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Damages a cache on disk. */
final class Damage {
  private Damage() {}

  static void truncatePacks(Path cache) throws IOException {
    for (Path pack : files(cache, ".pack")) {
      try (FileChannel channel = writable(pack)) {
        channel.truncate(channel.size() / 3);
      }
    }
  }

  /** Inverts one byte of each file, at a fraction of its length. */
  static void flip(Path cache, String suffix, double place) throws IOException {
    for (Path file : files(cache, suffix)) {
      try (FileChannel channel = writable(file)) {
        long at = (long) (place * (channel.size() - 1));
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, at);
        one.put(0, (byte) ~one.get(0));
        channel.write(one.rewind(), at);
      }
    }
  }

  /** Makes the index of each pack lead from one object to the other one, and back. */
  static void exchange(Path cache, String one, String other) throws IOException {
    for (Path file : files(cache, ".idx")) {
      byte[] index = Files.readAllBytes(file);
      int names = 8 + 256 * 4;
      int count = ByteBuffer.wrap(index).getInt(names - 4);
      int offsets = names + count * 24;
      int first = offsets + 4 * position(index, names, count, one);
      int second = offsets + 4 * position(index, names, count, other);
      ByteBuffer written = ByteBuffer.wrap(index);
      int kept = written.getInt(first);
      written.putInt(first, written.getInt(second)).putInt(second, kept);
      try (FileChannel channel = writable(file)) {
        channel.write(written.rewind(), 0);
      }
    }
  }

  private static int position(byte[] index, int names, int count, String id) {
    for (int each = 0; each < count; each++) {
      int at = names + 20 * each;
      if (HexFormat.of().formatHex(index, at, at + 20).equals(id)) {
        return each;
      }
    }
    throw new AssertionError("no object " + id);
  }

  static void delete(Path cache, String suffix) throws IOException {
    for (Path file : files(cache, suffix)) {
      Files.delete(file);
    }
  }

  private static FileChannel writable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static List<Path> files(Path cache, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      if (found.isEmpty()) {
        throw new IllegalStateException(cache + ": nothing to damage: " + suffix);
      }
      return found;
    }
  }
}
