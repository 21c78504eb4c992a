package io.github.gitops4j.testkit.git;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;

/**
 * Damages the files of a {@link TestRepository} as a bad disk would. Pack methods need {@link
 * TestRepository#pack()} before them. Confined to one thread, as its repository.
 *
 * @since 0.1.0
 */
public final class RepositoryDamage {
  private final Repository jgit;
  private final Path objects;

  RepositoryDamage(Repository jgit, Path directory) {
    this.jgit = jgit;
    this.objects = directory.resolve("objects");
  }

  /**
   * Invert one byte of a loose object's file.
   *
   * @param offset from the start of the file; a negative one counts from its end
   */
  public void flipLooseByte(String id, long offset) {
    flip(loose(id), offset);
  }

  /** Delete a loose object. */
  public void deleteLoose(String id) {
    try {
      Files.delete(loose(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jgit.getObjectDatabase().close();
  }

  /** Invert one byte of each pack, at an offset as in {@link #flipLooseByte}. */
  public void flipPackByte(long offset) {
    packs(".pack").forEach(file -> flip(file, offset));
  }

  /** Invert one byte of each pack's index, at an offset as in {@link #flipLooseByte}. */
  public void flipIndexByte(long offset) {
    packs(".idx").forEach(file -> flip(file, offset));
  }

  /** Cut each pack to this length, if it is longer. */
  public void truncatePack(long length) {
    packs(".pack").forEach(file -> truncate(file, length));
  }

  private Path loose(String id) {
    Path file = objects.resolve(id.substring(0, 2)).resolve(id.substring(2));
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(id + ": not a loose object");
    }
    return file;
  }

  private List<Path> packs(String suffix) {
    try (Stream<Path> files = Files.list(objects.resolve("pack"))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
      if (found.isEmpty()) {
        throw new IllegalStateException(objects + ": no " + suffix + " file to damage");
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flip(Path file, long offset) {
    try (RandomAccessFile access = writable(file)) {
      long at = offset < 0 ? access.length() + offset : offset;
      if (at < 0 || at >= access.length()) {
        throw new IllegalArgumentException(file + ": has no byte at " + offset);
      }
      access.seek(at);
      int old = access.read();
      access.seek(at);
      access.write(~old);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jgit.getObjectDatabase().close();
  }

  private void truncate(Path file, long length) {
    try (RandomAccessFile access = writable(file)) {
      if (length < access.length()) {
        access.setLength(length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jgit.getObjectDatabase().close();
  }

  /** Git writes objects read-only; JGit keeps them open and cached, which callers undo. */
  private static RandomAccessFile writable(Path file) throws IOException {
    if (!file.toFile().setWritable(true)) {
      throw new IOException(file + ": could not be made writable");
    }
    return new RandomAccessFile(file.toFile(), "rw");
  }
}
