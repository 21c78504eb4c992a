package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes declared files into the private stage directory, whole and verified, before anything that
 * is live is touched. A full disk shows here.
 *
 * <p>Thread-safe.
 */
final class Staging {
  private static final int SMALL = 1 << 20;
  private static final Set<PosixFilePermission> REGULAR =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final int LONGEST_LFS = 1024;
  private static final byte[] LFS =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  private final Path stage;
  private final DesiredState desired;
  private final Disk disk;
  private final AtomicInteger counter = new AtomicInteger();
  private final Set<Set<PosixFilePermission>> createdAsMeant = ConcurrentHashMap.newKeySet();

  Staging(Path stage, DesiredState desired, Disk disk) {
    this.stage = stage;
    this.desired = desired;
    this.disk = disk;
  }

  /**
   * Writes one file and returns where.
   *
   * @param place where, if that matters
   */
  Path write(ResourceKey key, Optional<Path> place, ContentDigest expected, CallContext call)
      throws IOException {
    call.checkActive("stage");
    Resource resource = desired.load(key, call);
    if (!(resource.content() instanceof Content.Opaque file)) {
      throw new ApplyException(FailureCategory.UNSUPPORTED, key + ": writing failed: no file");
    }
    Path staged = place.orElseGet(() -> stage.resolve("file-" + counter.getAndIncrement()));
    ContentDigest written =
        file.mode() == FileMode.SYMLINK ? link(staged, file) : content(key, staged, file, call);
    if (!written.equals(expected)) {
      throw new ApplyException(
          FailureCategory.STALE, key + ": writing failed: the source gave other content");
    }
    return staged;
  }

  private ContentDigest link(Path staged, Content.Opaque file) throws IOException {
    try (InputStream in = file.bytes().open()) {
      String target = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      disk.symlink(staged, Path.of(target));
      return FileReading.ofLink(target);
    }
  }

  private ContentDigest content(ResourceKey key, Path staged, Content.Opaque file, CallContext call)
      throws IOException {
    Set<PosixFilePermission> permissions =
        file.mode() == FileMode.EXECUTABLE ? EXECUTABLE : REGULAR;
    String blobId;
    try (InputStream in = file.bytes().open();
        Disk.Output out = disk.create(staged, permissions)) {
      byte[] first = in.readNBytes(SMALL);
      refuseLfsPointer(key, first);
      out.write(ByteBuffer.wrap(first));
      blobId = first.length < SMALL ? FileDigests.blobId(first) : large(staged, in, out, call);
    }
    permit(staged, permissions);
    return FileDigests.of(file.mode(), blobId);
  }

  /** What the first file of a kind was created with, the others are: then nothing is to be done. */
  private void permit(Path staged, Set<PosixFilePermission> permissions) throws IOException {
    if (createdAsMeant.contains(permissions)) {
      return;
    }
    if (Files.getPosixFilePermissions(staged, LinkOption.NOFOLLOW_LINKS).equals(permissions)) {
      createdAsMeant.add(permissions);
    } else {
      disk.permit(staged, permissions);
    }
  }

  /** Streams the rest; its id needs the size first, so what was written is read again. */
  private static String large(Path staged, InputStream in, Disk.Output out, CallContext call)
      throws IOException {
    byte[] buffer = new byte[SMALL];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      call.checkActive("stage");
      out.write(ByteBuffer.wrap(buffer, 0, read));
    }
    try (InputStream again = Files.newInputStream(staged)) {
      return FileDigests.blobId(again, Files.size(staged), call);
    }
  }

  private static void refuseLfsPointer(ResourceKey key, byte[] content) {
    if (content.length < LFS.length || content.length > LONGEST_LFS) {
      return;
    }
    for (int i = 0; i < LFS.length; i++) {
      if (content[i] != LFS[i]) {
        return;
      }
    }
    throw new ApplyException(
        FailureCategory.UNSUPPORTED,
        key
            + ": writing failed: it is a Git LFS pointer, and its content is not in the repository");
  }
}
