package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * The branches, tags and HEAD of a {@link TestRepository}. Every move is forced. Confined to one
 * thread, as its repository.
 *
 * @since 0.1.0
 */
public final class TestRefs {
  private static final Set<RefUpdate.Result> DONE =
      Set.of(
          RefUpdate.Result.NEW,
          RefUpdate.Result.FAST_FORWARD,
          RefUpdate.Result.FORCED,
          RefUpdate.Result.NO_CHANGE);

  private static final Instant TAG_TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final Path directory;
  private final Repository jgit;

  TestRefs(Path directory, Repository jgit) {
    this.directory = directory;
    this.jgit = jgit;
  }

  /** Point a branch at a commit: make it, move it on, or rewind it as a forced push does. */
  public void branch(String name, String commitId) {
    set(Constants.R_HEADS + name, commitId);
  }

  /** Point a light tag at any object. */
  public void tag(String name, String id) {
    set(Constants.R_TAGS + name, id);
  }

  /**
   * Make an annotated tag and point its ref at it, wherever the ref was.
   *
   * @param kind what the target is; a tag of a tag is allowed
   * @return the id of the tag object
   */
  public String annotatedTag(String name, String targetId, ObjectKind kind, String message) {
    String content =
        "object %s\ntype %s\ntag %s\ntagger %s\n\n%s"
            .formatted(
                targetId,
                Constants.typeString(kind.code()),
                name,
                Person.DEFAULT.line(TAG_TIME.getEpochSecond()),
                message);
    try (ObjectInserter inserter = jgit.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_TAG, content.getBytes(UTF_8));
      inserter.flush();
      tag(name, id.name());
      return id.name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Point any ref at an object. */
  public void set(String fullName, String id) {
    try {
      RefUpdate update = jgit.updateRef(requireNonNull(fullName, "fullName"), true);
      update.setNewObjectId(ObjectId.fromString(id));
      update.setForceUpdate(true);
      update.disableRefLog();
      check(fullName, update.update());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Make HEAD name a ref, which may be missing: an unborn or a dangling HEAD. */
  public void head(String fullName) {
    try {
      RefUpdate update = jgit.updateRef(Constants.HEAD);
      update.disableRefLog();
      check(Constants.HEAD, update.link(requireNonNull(fullName, "fullName")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Point HEAD at a commit itself. */
  public void detachHead(String commitId) {
    set(Constants.HEAD, commitId);
  }

  /** Delete a ref; nothing happens where there is none. */
  public void delete(String fullName) {
    try {
      if (jgit.exactRef(fullName) == null) {
        return;
      }
      RefUpdate update = jgit.updateRef(fullName);
      update.setForceUpdate(true);
      update.disableRefLog();
      update.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Write the file of a loose ref with any text: a missing object, a loop, garbage. */
  public void writeRaw(String fullName, String text) {
    Path file = directory.resolve(fullName).normalize();
    if (!file.startsWith(directory.normalize())) {
      throw new IllegalArgumentException(fullName + ": lies outside the repository");
    }
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      jgit.getRefDatabase().refresh();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Find the object that a ref names. */
  public Optional<String> find(String fullName) {
    try {
      return Optional.ofNullable(jgit.exactRef(fullName)).map(Ref::getObjectId).map(ObjectId::name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Give all refs below {@code refs/} with the objects that they name, sorted. */
  public Map<String, String> all() {
    try {
      Map<String, String> all = new TreeMap<>();
      for (Ref ref : jgit.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
        all.put(ref.getName(), ref.getObjectId().name());
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(String name, RefUpdate.Result result) {
    if (!DONE.contains(result)) {
      throw new IllegalStateException(name + ": moving the ref failed: " + result);
    }
  }
}
