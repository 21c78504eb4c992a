package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.contract.TreeSourceFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Files in a directory, as somebody else writes them. */
final class DirectorySourceFixture implements TreeSourceFixture {
  private final Path root;
  private final CountedReads reads = new CountedReads();
  private final DirectorySource source;

  DirectorySourceFixture(Path temp) {
    this.root = temp.resolve("source");
    // A minute later no file was written just now, which would be read again each time.
    InstantSource later = () -> InstantSource.system().instant().plusSeconds(60);
    this.source = new DirectorySource(root, later, reads);
  }

  @Override
  public TreeSource source() {
    return source;
  }

  DirectorySource reopen() {
    return DirectorySource.at(root);
  }

  @Override
  public void publish(SortedMap<String, Published> files) {
    try {
      clear();
      for (var file : files.entrySet()) {
        write(root.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void clear() throws IOException {
    Files.createDirectories(root);
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> paths = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : paths.subList(0, paths.size() - 1)) {
        Files.delete(path);
      }
    }
  }

  private static void write(Path path, Published file) throws IOException {
    Files.createDirectories(path.getParent());
    if (file.mode() == FileMode.SYMLINK) {
      Files.createSymbolicLink(path, Path.of(file.content()));
      return;
    }
    Files.writeString(path, file.content());
    if (file.mode() == FileMode.EXECUTABLE) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Override
  public long contentRead() {
    return reads.digests.size();
  }

  @Override
  public void makeUnreachable() {
    try {
      Files.move(root, root.resolveSibling("moved"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DirectorySource emptySource() {
    try {
      return DirectorySource.at(Files.createDirectories(root.resolveSibling("empty")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
