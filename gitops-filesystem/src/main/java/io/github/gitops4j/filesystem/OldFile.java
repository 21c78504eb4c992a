package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.ContentDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is about to be replaced and can have no second name: it is open, so that it can be
 * read when its name is another's. A link is read once, as nobody can write to it.
 *
 * <p>Not thread-safe.
 */
final class OldFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final LiveAttributes attributes;
  private final @Nullable SeekableByteChannel content;
  private final @Nullable Path target;
  private final FileTime modified;

  private OldFile(
      LiveAttributes attributes,
      FileTime modified,
      @Nullable SeekableByteChannel content,
      @Nullable Path target) {
    this.attributes = attributes;
    this.modified = modified;
    this.content = content;
    this.target = target;
  }

  /** Opens what is at a place, without following a link. */
  static OldFile open(Disk.Place place) throws IOException {
    LiveAttributes attributes = LiveAttributes.of(place.path());
    FileTime modified = Files.getLastModifiedTime(place.path(), LinkOption.NOFOLLOW_LINKS);
    if (attributes.isLink()) {
      return new OldFile(attributes, modified, null, Files.readSymbolicLink(place.path()));
    }
    return new OldFile(
        attributes,
        modified,
        place
            .directory()
            .newByteChannel(
                place.name(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)),
        null);
  }

  LiveAttributes attributes() {
    return attributes;
  }

  /** Returns the digest of what it holds now. */
  ContentDigest digest() throws IOException {
    if (content == null) {
      return FileReading.ofLink(String.valueOf(target));
    }
    content.position(0);
    return FileDigests.of(
        attributes.declared(),
        FileDigests.blobId(Channels.newInputStream(content), content.size()));
  }

  /** Makes a file with the same content, permissions and time, and makes it survive a crash. */
  void copyTo(Path copy, Disk disk) throws IOException {
    if (content == null) {
      disk.symlink(copy, Path.of(String.valueOf(target)));
      return;
    }
    try (Disk.Output out = disk.create(copy)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      content.position(0);
      while (content.read(buffer) >= 0) {
        out.write(buffer.flip());
        buffer.clear();
      }
      out.flush();
    }
    disk.permit(copy, attributes.permissions());
    disk.date(copy, modified);
  }

  @Override
  public void close() throws IOException {
    if (content != null) {
      content.close();
    }
  }
}
