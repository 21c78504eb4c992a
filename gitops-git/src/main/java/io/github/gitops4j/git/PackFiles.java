package io.github.gitops4j.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The packs of a repository as files. */
final class PackFiles {
  private static final int DIGEST_LENGTH = 20;
  private static final int BUFFER = 1 << 16;

  private PackFiles() {}

  /** Returns the packs that have an index, in no order. */
  static List<Path> packs(Path repository) throws IOException {
    List<Path> packs = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(repository.resolve("objects/pack"), "pack-*.pack")) {
      for (Path pack : files) {
        if (Files.exists(index(pack))) {
          packs.add(pack);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return packs;
  }

  static Path index(Path pack) {
    String name = pack.getFileName().toString();
    return pack.resolveSibling(name.substring(0, name.length() - ".pack".length()) + ".idx");
  }

  /** Reads all packs and their indexes, and says whether each ends in the digest of its bytes. */
  static boolean areIntact(Path repository) {
    try {
      for (Path pack : packs(repository)) {
        if (!endsInItsDigest(pack) || !endsInItsDigest(index(pack))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean endsInItsDigest(Path file) throws IOException {
    long left = Files.size(file) - DIGEST_LENGTH;
    if (left < 0) {
      return false;
    }
    MessageDigest digest = sha1();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          return false;
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
      return Arrays.equals(digest.digest(), in.readNBytes(DIGEST_LENGTH));
    }
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
