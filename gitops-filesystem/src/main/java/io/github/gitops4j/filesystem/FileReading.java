package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads the digest of what is at a path, without following a link at its end. */
final class FileReading {
  private FileReading() {}

  /** Returns the digest of a path whose stat was just read; a call that ends meanwhile throws. */
  static ContentDigest digest(Path path, FileStat stat, CallContext call) throws IOException {
    if (stat.isLink()) {
      return ofLink(Files.readSymbolicLink(path).toString());
    } else if (stat.isDirectory()) {
      return FileDigests.ofOther("directory");
    } else if (!stat.isRegular()) {
      return FileDigests.ofOther("special file");
    }
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return FileDigests.of(mode(stat), FileDigests.blobId(in, stat.size(), call));
    }
  }

  static ContentDigest ofLink(String target) {
    return FileDigests.of(
        FileMode.SYMLINK, FileDigests.blobId(target.getBytes(StandardCharsets.UTF_8)));
  }

  static FileMode mode(FileStat stat) {
    if (stat.isLink()) {
      return FileMode.SYMLINK;
    }
    return stat.isExecutable() ? FileMode.EXECUTABLE : FileMode.REGULAR;
  }
}
