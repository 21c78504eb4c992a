package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/**
 * A live file held open, so that its content can still be read after something else took its name.
 */
final class LiveHandle implements AutoCloseable {
  private final PosixFileAttributes attributes;
  private final @Nullable SeekableByteChannel channel;
  private final @Nullable Path linkTarget;

  private LiveHandle(
      PosixFileAttributes attributes,
      @Nullable SeekableByteChannel channel,
      @Nullable Path linkTarget) {
    this.attributes = attributes;
    this.channel = channel;
    this.linkTarget = linkTarget;
  }

  /** Opens what is at a place, without following it if it is a link. */
  static LiveHandle open(ConfinedTree.Place place, Path path) throws IOException {
    PosixFileAttributes attributes = attributes(place);
    if (attributes.isSymbolicLink()) {
      return new LiveHandle(attributes, null, Files.readSymbolicLink(path));
    } else if (!attributes.isRegularFile()) {
      return new LiveHandle(attributes, null, null);
    }
    SeekableByteChannel channel =
        place.directory().newByteChannel(place.name(), ConfinedTree.reading());
    return new LiveHandle(attributes, channel, null);
  }

  static boolean exists(ConfinedTree.Place place) throws IOException {
    try {
      attributes(place);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static PosixFileAttributes attributes(ConfinedTree.Place place) throws IOException {
    return place
        .directory()
        .getFileAttributeView(place.name(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  void requireDigest(ResourceKey key, ContentDigest expected) throws IOException {
    if (!digest().equals(expected)) {
      throw Publishing.moved(key);
    }
  }

  /** Says whether the content is still that; a file being written to right now has not. */
  boolean stillHas(ContentDigest expected) {
    try {
      return digest().equals(expected);
    } catch (IOException e) {
      return false;
    }
  }

  private ContentDigest digest() throws IOException {
    if (linkTarget != null) {
      return FileReading.ofLink(linkTarget.toString());
    } else if (channel == null) {
      return FileDigests.ofOther(attributes.isDirectory() ? "directory" : "special file");
    }
    channel.position(0);
    FileMode mode =
        attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
            ? FileMode.EXECUTABLE
            : FileMode.REGULAR;
    return FileDigests.of(
        mode, FileDigests.blobId(Channels.newInputStream(channel), channel.size()));
  }

  /** Copies the content to a path that is free. */
  Path copyTo(Path path) throws IOException {
    if (linkTarget != null) {
      return Files.createSymbolicLink(path, linkTarget);
    } else if (channel == null) {
      throw new IOException("what is there is neither a file nor a link");
    }
    channel.position(0);
    Files.copy(Channels.newInputStream(channel), path);
    Files.setPosixFilePermissions(path, attributes.permissions());
    Durability.force(path);
    return path;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
