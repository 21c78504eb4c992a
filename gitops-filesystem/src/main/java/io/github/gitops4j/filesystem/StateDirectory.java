package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
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
final class StateDirectory implements RootGuard {
  static final String INVENTORY = "inventory.jsonl";
  static final String HISTORY = "history.jsonl";
  static final String STAGE = "stage";
  static final String QUARANTINE = "quarantine";

  private static final int FORMAT = 1;
  private static final int KEY_BYTES = 32;

  private final Path root;
  private final Path state;
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

  StateDirectory(Path root) {
    this.root = root;
    this.state = root.resolve(PathRules.STATE_DIRECTORY);
  }

  Path root() {
    return root;
  }

  Path directory() {
    return state;
  }

  Path file(String name) {
    return state.resolve(name);
  }

  /** Says whether this root was set up before. */
  boolean isInitialised() {
    return Files.exists(file("root.json"), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void check(CallContext call) {
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
    Path file = file("root.json");
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
            file + ": reading failed: it was written by a newer version");
      }
      byte[] key = HexFormat.of().parseHex(fields.text("maskingKey"));
      return new Marker(fields.text("id"), Sensitive.of(key));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new InventoryException(FailureCategory.UNAVAILABLE, file + ": reading failed", e);
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw new InventoryException(
          FailureCategory.INTERNAL, file + ": reading failed: it is damaged", e);
    }
  }

  private Marker create() {
    Mapping json =
        Mapping.builder()
            .put("format", Numeral.of(FORMAT))
            .put("id", Text.of(candidate.id()))
            .put("maskingKey", Text.of(candidate.maskingKey().reveal(HexFormat.of()::formatHex)))
            .build();
    try {
      makePrivate(state);
      makePrivate(file(STAGE));
      makePrivate(file(QUARANTINE));
      // Without the marker these two are left-overs of a set-up that did not end.
      write(file(INVENTORY), InventoryLog.HEADER);
      write(file(HISTORY), new byte[0]);
      Path draft = file("root.json.new");
      write(draft, Document.of(json).canonicalJson());
      Files.move(draft, file("root.json"), StandardCopyOption.ATOMIC_MOVE);
      Durability.force(state);
    } catch (IOException e) {
      throw new InventoryException(
          FailureCategory.UNAVAILABLE, state + ": setting up the state directory failed", e);
    }
    return candidate;
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content);
    Durability.force(file);
  }

  private static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
