package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.ContentDigest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The questions that looking at a directory asks the file system. Each costs a system call or more,
 * so what a look costs is what goes through here.
 *
 * <p>Thread-safe.
 */
interface FileReads {
  /** Asks the file system itself. */
  FileReads DIRECT =
      new FileReads() {
        @Override
        public FileStat stat(Path path) throws IOException {
          return FileStat.of(path);
        }

        @Override
        public ContentDigest digest(Path path, FileStat stat, CallContext call) throws IOException {
          return FileReading.digest(path, stat, call);
        }

        @Override
        public DirectoryStream<Path> list(Path directory) throws IOException {
          return Files.newDirectoryStream(directory);
        }
      };

  /** Returns the stat of a path, without following a link at its end. */
  FileStat stat(Path path) throws IOException;

  /** Reads what is at a path whose stat was just read; a call that ends meanwhile throws. */
  ContentDigest digest(Path path, FileStat stat, CallContext call) throws IOException;

  /** Lists a directory; the caller closes the stream. */
  DirectoryStream<Path> list(Path directory) throws IOException;
}
