package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The directory {@code .gitops} below the root, in which everything is kept that we know about it.
 *
 * <p>Its file {@code root.json} is the root's marker. Once it was seen, a root without it is not
 * that root: rather a volume that is not mounted.
 *
 * <p>Thread-safe.
 */
final class StateDirectory {
  /** Two targets of this process set a root up in turn; a lock of a file cannot part them. */
  private static final Object SET_UP = new Object();

  private static final String SET_UP_LOCK = "setup";
  static final String INVENTORY = "inventory.jsonl";
  static final String HISTORY = "history.jsonl";
  static final String MARKER = "root.json";
  static final String STAGE = "stage";
  static final String QUARANTINE = "quarantine";

  /** What a message about a damaged state file ends with. */
  static final String REMEDY =
      "; restore it from a backup, or move .gitops away to begin anew: nothing is pruned then, and"
          + " files that are as declared are adopted";

  private static final int FORMAT = 1;
  private static final int KEY_BYTES = 32;

  private final Path root;
  private final Path state;
  private final Disk disk;
  private final Object lock = new Object();
  private final Marker candidate = Marker.random();
  private @Nullable Marker seen;

  /**
   * What the marker says.
   *
   * @param id random id of the root
   * @param maskingKey key under which sensitive values are digested
   */
  record Marker(String id, Sensitive<byte[]> maskingKey) {
    static Marker random() {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      return new Marker(UUID.randomUUID().toString(), Sensitive.of(key));
    }
  }

  /** Whether a file has to survive a crash of the machine. */
  enum Flush {
    YES,
    NO
  }

  StateDirectory(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
    this.state = root.resolve(PathRules.STATE_DIRECTORY);
  }

  Disk disk() {
    return disk;
  }

  Path root() {
    return root;
  }

  /** Returns the root without links in its own path; what is below it is never followed. */
  Path realRoot() throws IOException {
    return root.toRealPath();
  }

  Path directory() {
    return state;
  }

  Path file(String name) {
    return state.resolve(name);
  }

  /** Says whether this root was set up before. */
  boolean isInitialised() {
    return Files.exists(file(MARKER), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Checks that the root is there and is the one it was.
   *
   * @throws LiveStateException if not; nothing may be concluded from what is there then
   */
  void check(CallContext call) {
    if (!Files.isDirectory(root)) {
      throw new LiveStateException(
          FailureCategory.NOT_FOUND, root + ": observing failed: there is no such directory");
    }
    synchronized (lock) {
      Marker now = read();
      if (seen != null && (now == null || !now.id().equals(seen.id()))) {
        throw new LiveStateException(
            FailureCategory.CONFLICT,
            root + ": observing failed: it is not the root it was; is a volume not mounted?");
      }
      if (now != null) {
        seen = now;
      }
    }
  }

  /** Returns the marker; makes it and the state directory if the root was never set up. */
  Marker initialise() {
    synchronized (lock) {
      Marker now = read();
      if (now == null) {
        if (seen != null) {
          throw new InventoryException(
              FailureCategory.CONFLICT,
              root + ": writing failed: it is not the root it was; is a volume not mounted?");
        }
        now = create();
      }
      seen = now;
      return now;
    }
  }

  /** Returns the marker, or the one that the root will get when it is set up. */
  Marker markerOrCandidate() {
    synchronized (lock) {
      Marker now = read();
      return now == null ? candidate : now;
    }
  }

  private @Nullable Marker read() {
    Path file = file(MARKER);
    try {
      if (Files.isSymbolicLink(state)) {
        throw new InventoryException(
            FailureCategory.CONFLICT, state + ": reading failed: it is a symbolic link");
      }
      byte[] json = Files.readAllBytes(file);
      MappingReader fields =
          MappingReader.of(file.toString(), JsonReader.create().read(file.toString(), json).root());
      if (fields.number("format") > FORMAT) {
        throw new InventoryException(
            FailureCategory.UNSUPPORTED,
            file + ": reading failed: it was written by a newer version; use that one");
      }
      byte[] key = HexFormat.of().parseHex(fields.text("maskingKey"));
      return new Marker(fields.text("id"), Sensitive.of(key));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new InventoryException(
          FailureCategory.UNAVAILABLE, file + ": reading failed: " + Failure.reasonOf(e), e);
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw new InventoryException(
          FailureCategory.INTERNAL, file + ": reading failed: it is damaged" + REMEDY, e);
    }
  }

  /** Sets the root up; whoever comes second, here or in another process, takes what is there. */
  private Marker create() {
    synchronized (SET_UP) {
      try {
        makePrivate(state);
        try (FileChannel channel =
                FileChannel.open(
                    file(SET_UP_LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.lock()) {
          Marker other = read();
          return other == null ? createAlone() : other;
        }
      } catch (IOException e) {
        throw new InventoryException(
            FailureCategory.UNAVAILABLE,
            state + ": setting up the state directory failed: " + Failure.reasonOf(e),
            e);
      }
    }
  }

  private Marker createAlone() throws IOException {
    Mapping json =
        Mapping.builder()
            .put("format", Numeral.of(FORMAT))
            .put("id", Text.of(candidate.id()))
            .put("maskingKey", Text.of(candidate.maskingKey().reveal(HexFormat.of()::formatHex)))
            .build();
    requireNothingKnown();
    makePrivateDirectories();
    // Without the marker these two are left-overs of a set-up that did not end.
    replace(INVENTORY, InventoryLog.HEADER, Flush.YES);
    replace(HISTORY, new byte[0], Flush.YES);
    disk.flush(state);
    replace(MARKER, Document.of(json).canonicalJson(), Flush.YES);
    disk.flush(state);
    disk.flush(realRoot());
    return candidate;
  }

  /** A set-up that did not end left at most an empty inventory; more was known once. */
  private void requireNothingKnown() throws IOException {
    Path inventory = file(INVENTORY);
    if (Files.exists(inventory, LinkOption.NOFOLLOW_LINKS)
        && Files.size(inventory) > InventoryLog.HEADER.length) {
      throw new InventoryException(
          FailureCategory.INTERNAL, file(MARKER) + ": reading failed: it is gone" + REMEDY);
    }
  }

  /** Makes the directories in it that are not there. */
  void makePrivateDirectories() throws IOException {
    makePrivate(file(STAGE));
    makePrivate(file(QUARANTINE));
  }

  private void makePrivate(Path directory) throws IOException {
    try {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        disk.makePrivateDirectory(directory);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  /** Writes the content of a file. */
  interface Content {
    void writeTo(Disk.Output out) throws IOException;
  }

  /** Gives a file a new content, whole or not at all. */
  void replace(String name, byte[] content, Flush flush) throws IOException {
    replace(name, out -> out.write(ByteBuffer.wrap(content)), flush);
  }

  /** Gives a file a new content, whole or not at all. */
  void replace(String name, Content content, Flush flush) throws IOException {
    Path draft = file(name + ".new");
    if (Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
      disk.delete(draft);
    }
    try (Disk.Output out = disk.create(draft)) {
      content.writeTo(out);
      if (flush == Flush.YES) {
        out.flush();
      }
    }
    disk.rename(draft, file(name));
  }
}
