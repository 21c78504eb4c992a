package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A disk on which something happens at the n-th operation: it fails, somebody else changes
 * something, or the process dies, after which nothing more is done. A write that is struck is done
 * by half.
 */
final class FaultyDisk implements Disk {
  private final Disk real = new JdkDisk();
  private final List<String> operations = new ArrayList<>();
  private final List<Strike> strikes = new ArrayList<>();
  private boolean dead;

  /** What happens. */
  interface Event {
    void happen() throws IOException;
  }

  private record Strike(int at, Event event) {}

  /** Thrown where a process would die; nobody may catch it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Lets something happen before the n-th operation, the first being 1. */
  FaultyDisk at(int operation, Event event) {
    strikes.add(new Strike(operation, event));
    return this;
  }

  FaultyDisk killAt(int operation) {
    return at(
        operation,
        () -> {
          dead = true;
          throw new Killed();
        });
  }

  FaultyDisk failAt(int operation, String reason) {
    return at(
        operation,
        () -> {
          throw new IOException(reason);
        });
  }

  /** Returns the operations that were begun. */
  List<String> operations() {
    return operations;
  }

  private void step(String operation, Path path) throws IOException {
    if (dead) {
      throw new Killed();
    }
    operations.add(operation + " " + path.getFileName());
    for (Strike strike : strikes) {
      if (strike.at() == operations.size()) {
        strike.event().happen();
      }
    }
  }

  private final class Watched implements Output {
    private final Path file;
    private final Output out;

    Watched(Path file, Output out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      try {
        step("write", file);
      } catch (IOException | Killed e) {
        ByteBuffer half = bytes.duplicate();
        half.limit(half.position() + half.remaining() / 2);
        out.write(half);
        throw e;
      }
      out.write(bytes);
    }

    @Override
    public void truncate(long size) throws IOException {
      step("truncate", file);
      out.truncate(size);
    }

    @Override
    public void flush() throws IOException {
      step("fsync", file);
      // What is counted here need not wait for a disk.
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    step("create", file);
    return new Watched(file, real.create(file));
  }

  @Override
  public Output create(Path file, Set<PosixFilePermission> permissions) throws IOException {
    step("create", file);
    return new Watched(file, real.create(file, permissions));
  }

  @Override
  public Output append(Path file) throws IOException {
    step("open", file);
    return new Watched(file, real.append(file));
  }

  @Override
  public void permit(Path file, Set<PosixFilePermission> permissions) throws IOException {
    step("chmod", file);
    real.permit(file, permissions);
  }

  @Override
  public void date(Path file, FileTime modified) throws IOException {
    step("utime", file);
    real.date(file, modified);
  }

  @Override
  public void give(Path file, int owner, int group) throws IOException {
    step("chown", file);
    real.give(file, owner, group);
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    step("mkdir", directory);
    real.makeDirectory(directory);
  }

  @Override
  public void makePrivateDirectory(Path directory) throws IOException {
    step("mkdir", directory);
    real.makePrivateDirectory(directory);
  }

  @Override
  public void symlink(Path link, Path target) throws IOException {
    step("symlink", link);
    real.symlink(link, target);
  }

  @Override
  public void link(Path link, Path existing) throws IOException {
    step("link", link);
    real.link(link, existing);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step("rename", to);
    real.rename(from, to);
  }

  @Override
  public void rename(Place from, Place to) throws IOException {
    step("rename", to.path());
    real.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step("unlink", file);
    real.delete(file);
  }

  @Override
  public void deleteDirectory(Place directory) throws IOException {
    step("rmdir", directory.path());
    real.deleteDirectory(directory);
  }

  @Override
  public void flush(Path path) throws IOException {
    step("fsync", path);
  }

  @Override
  public boolean flushFileSystem(Path path) throws IOException {
    step("syncfs", path);
    return true;
  }
}
