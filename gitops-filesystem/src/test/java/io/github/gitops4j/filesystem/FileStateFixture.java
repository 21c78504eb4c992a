package io.github.gitops4j.filesystem;

import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.testkit.contract.StoreFixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A store in one file of the state directory. */
final class FileStateFixture<T> implements StoreFixture<T> {
  private final Path root;
  private final Path file;
  private final Function<Target, T> part;
  private final T store;

  FileStateFixture(Path temp, String file, Function<Target, T> part) {
    try {
      this.root = Files.createTempDirectory(temp, "root");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.file = root.resolve(PathRules.STATE_DIRECTORY).resolve(file);
    this.part = part;
    this.store = reopen();
  }

  @Override
  public T store() {
    return store;
  }

  @Override
  public T reopen() {
    return part.apply(FilesystemTarget.at(root));
  }

  @Override
  public T damage(long position) {
    change(
        bytes -> {
          bytes.seek(position);
          int was = bytes.read();
          bytes.seek(position);
          bytes.write(was ^ 1 << position % Byte.SIZE);
        });
    return reopen();
  }

  @Override
  public void tear(long count) {
    change(bytes -> bytes.setLength(bytes.length() - count));
  }

  @Override
  public long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void change(Change change) {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      change.make(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Change {
    void make(RandomAccessFile bytes) throws IOException;
  }
}
