package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The file system as the JDK gives it. What the JDK lacks is one flush for everything: the system's
 * {@code sync} makes it.
 */
final class JdkDisk implements Disk {
  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final long SYNC_SECONDS = 600;
  private static final Path SYNC = Path.of("/bin/sync");

  private record Channel(FileChannel file) implements Output {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
      file.position(size);
    }

    @Override
    public void flush() throws IOException {
      file.force(true);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    return create(file, PRIVATE_FILE);
  }

  @Override
  public Output create(Path file, Set<PosixFilePermission> permissions) throws IOException {
    return new Channel(
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(permissions)));
  }

  @Override
  public Output append(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    channel.position(channel.size());
    return new Channel(channel);
  }

  @Override
  public void permit(Path file, Set<PosixFilePermission> permissions) throws IOException {
    Files.setPosixFilePermissions(file, permissions);
  }

  @Override
  public void date(Path file, FileTime modified) throws IOException {
    Files.setLastModifiedTime(file, modified);
  }

  @Override
  public void give(Path file, int owner, int group) throws IOException {
    Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
  }

  @Override
  public void makePrivateDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, PRIVATE_DIRECTORY);
  }

  @Override
  public void symlink(Path link, Path target) throws IOException {
    Files.createSymbolicLink(link, target);
  }

  @Override
  public void link(Path link, Path existing) throws IOException {
    Files.createLink(link, existing);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void rename(Place from, Place to) throws IOException {
    from.directory().move(from.name(), to.directory(), to.name());
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.delete(file);
  }

  @Override
  public void deleteDirectory(Place directory) throws IOException {
    directory.directory().deleteDirectory(directory.name());
  }

  @Override
  public void flush(Path path) throws IOException {
    // A descriptor that is open for reading will do, and a read-only file has no other.
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      channel.force(true);
    }
  }

  @Override
  public boolean flushFileSystem(Path path) throws IOException {
    if (!Files.isExecutable(SYNC)) {
      return false;
    }
    ProcessBuilder sync = new ProcessBuilder(SYNC.toString(), "-f", path.toString());
    sync.environment().clear();
    sync.redirectErrorStream(true);
    sync.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = sync.start();
    try {
      return process.waitFor(SYNC_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("flushing was interrupted", e);
    }
  }
}
