package io.github.gitops4j.filesystem;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Does one action after the other to the live files. What it displaces has a name in the stage
 * before it loses its own; there it is looked at, and kept if it is not what was expected.
 *
 * <p>Not thread-safe.
 */
final class Publishing {
  static final String CHANGED = "it changed since it was planned";

  private final ConfinedTree tree;
  private final Path stage;
  private final Disk disk;
  private final ReplaceStyle style;
  private final Quarantine quarantine;
  private final String operation;
  private int taken;

  /** How to write and where displaced content goes. */
  record Rules(ReplaceStyle style, Quarantine quarantine, String operation) {}

  Publishing(ConfinedTree tree, Path stage, Disk disk, Rules rules) {
    this.tree = tree;
    this.stage = stage;
    this.disk = disk;
    this.style = rules.style();
    this.quarantine = rules.quarantine();
    this.operation = rules.operation();
  }

  /** Puts a staged file into place. */
  ApplyOutcome write(PlannedAction action, Path staged) throws IOException {
    if (action.head().precondition() instanceof Precondition.MustEqual expected) {
      return replace(action, staged, expected.digest());
    }
    tree.create(staged, tree.making(action.key().name()));
    return created(action);
  }

  /** Returns the outcome of a file that is there now and was not before. */
  static ApplyOutcome created(PlannedAction action) {
    return ApplyOutcome.Written.of(action.key(), Effect.CREATED, applied(action));
  }

  private static Applied applied(PlannedAction action) {
    ContentDigest content = action.head().desired().orElseThrow();
    return new Applied(content, content, "");
  }

  private ApplyOutcome replace(PlannedAction action, Path staged, ContentDigest expected)
      throws IOException {
    ResourceKey key = action.key();
    Disk.Place place = place(key);
    LiveHandle.requireReplaceable(key, place);
    boolean keep = keeps(action);
    Optional<Path> kept = keep ? Optional.of(quarantine.place(operation, key.name())) : noPlace();
    Path old = Aside.in(stage, taken++, key.name());
    boolean displaced = true;
    if (style == ReplaceStyle.STRICT) {
      takeAndCreate(key, place, new Files(staged, old), expected);
    } else if (tree.hold(place, old)) {
      exchange(key, place, new Files(staged, old), expected);
    } else {
      displaced = exchangeOpen(key, place, new Files(staged, old), expected, keep);
    }
    // Somebody may have written to the old file between our look and the rename.
    String shown =
        displaced ? dispose(old, key, keep ? Optional.empty() : Optional.of(expected), kept) : "";
    Effect effect = action instanceof PlannedAction.Replace ? Effect.REPLACED : Effect.UPDATED;
    return new ApplyOutcome.Written(key, effect, applied(action), shown);
  }

  /** The new file, and the name that the old one gets. */
  private record Files(Path staged, Path old) {}

  private static Optional<Path> noPlace() {
    return Optional.empty();
  }

  private static boolean keeps(PlannedAction action) {
    return action instanceof PlannedAction.Update update
        && update.overwritten() == LiveContent.KEEP_ASIDE;
  }

  /** Looks at the old file under its second name, then renames the new one over the first. */
  private void exchange(ResourceKey key, Disk.Place place, Files files, ContentDigest expected)
      throws IOException {
    boolean done = false;
    try {
      LiveAttributes attributes = LiveAttributes.of(files.old());
      attributes.requireNames(key, 2);
      requireDigest(key, expected, digest(files.old()));
      attributes.passOnTo(files.staged(), key, disk);
      tree.publish(files.staged(), place);
      done = true;
    } finally {
      if (!done) {
        forget(files.old());
      }
    }
  }

  /**
   * Renames the new file over an old one that can have no second name; says whether there is a copy
   * of the old one, which there is if it is to be kept or if it changed meanwhile.
   */
  private boolean exchangeOpen(
      ResourceKey key, Disk.Place place, Files files, ContentDigest expected, boolean keep)
      throws IOException {
    try (OldFile old = OldFile.open(place)) {
      old.attributes().requireNames(key, 1);
      requireDigest(key, expected, old.digest());
      old.attributes().passOnTo(files.staged(), key, disk);
      if (keep) {
        old.copyTo(files.old(), disk);
      }
      publish(place, files, keep);
      if (is(old, expected)) {
        return keep;
      }
      if (keep) {
        disk.delete(files.old());
      }
      old.copyTo(files.old(), disk);
      return true;
    }
  }

  private void publish(Disk.Place place, Files files, boolean copied) throws IOException {
    boolean done = false;
    try {
      tree.publish(files.staged(), place);
      done = true;
    } finally {
      if (!done && copied) {
        forget(files.old());
      }
    }
  }

  private static boolean is(OldFile file, ContentDigest expected) {
    try {
      return file.digest().equals(expected);
    } catch (IOException e) {
      // Somebody writes to it right now.
      return false;
    }
  }

  private void forget(Path secondName) {
    try {
      disk.delete(secondName);
    } catch (IOException e) {
      // The file has its first name; the second goes with the stage.
    }
  }

  /** Takes the old file away first, whatever it is by then; for a moment there is none. */
  private void takeAndCreate(ResourceKey key, Disk.Place place, Files files, ContentDigest expected)
      throws IOException {
    LiveAttributes attributes = LiveAttributes.of(place.path());
    attributes.requireNames(key, 1);
    requireDigest(key, expected, LiveHandle.digest(place));
    attributes.passOnTo(files.staged(), key, disk);
    tree.withdraw(place, files.old());
    try {
      tree.create(files.staged(), place);
    } catch (IOException e) {
      putBack(files.old(), place, key);
      throw e;
    }
  }

  private void putBack(Path old, Disk.Place place, ResourceKey key) throws IOException {
    try {
      tree.create(old, place);
    } catch (FileAlreadyExistsException e) {
      quarantine.keep(old, operation, key.name());
    }
  }

  /** Removes what was displaced if it is what was expected, and keeps it otherwise. */
  private String dispose(
      Path old, ResourceKey key, Optional<ContentDigest> expendable, Optional<Path> reserved)
      throws IOException {
    if (expendable.isPresent() && is(old, expendable.get())) {
      disk.delete(old);
      return "";
    }
    Path kept = reserved.isPresent() ? reserved.get() : quarantine.place(operation, key.name());
    disk.rename(old, kept);
    return quarantine.shown(kept);
  }

  /** Says whether that is the content; a file being written to right now has not. */
  private static boolean is(Path file, ContentDigest expected) {
    try {
      return digest(file).equals(expected);
    } catch (IOException e) {
      return false;
    }
  }

  private static ContentDigest digest(Path file) throws IOException {
    return FileReading.digest(file, FileStat.of(file), CallContext.unbounded());
  }

  /** Checks that what is to be owned from now on is what was planned. */
  ApplyOutcome adopt(PlannedAction action) throws IOException {
    requireDigest(action.key(), expected(action), LiveHandle.digest(place(action.key())));
    return ApplyOutcome.Written.of(action.key(), Effect.ADOPTED, applied(action));
  }

  /** Takes a file away: for good if it is what we wrote, into quarantine otherwise. */
  ApplyOutcome remove(PlannedAction action) throws IOException {
    ResourceKey key = action.key();
    ContentDigest expected = expected(action);
    Disk.Place place = place(key);
    LiveHandle.requireReplaceable(key, place);
    LiveAttributes.of(place.path()).requireNames(key, 1);
    requireDigest(key, expected, LiveHandle.digest(place));
    boolean prune = action instanceof PlannedAction.Prune;
    Optional<Path> kept = prune ? noPlace() : Optional.of(quarantine.place(operation, key.name()));
    Path old = Aside.in(stage, taken++, key.name());
    tree.withdraw(place, old);
    String shown = dispose(old, key, prune ? Optional.of(expected) : Optional.empty(), kept);
    tree.removeEmptyParents(key.name());
    Effect effect = shown.isEmpty() ? Effect.PRUNED : Effect.QUARANTINED;
    return new ApplyOutcome.Removed(key, effect, shown);
  }

  private static ContentDigest expected(PlannedAction action) {
    if (action.head().precondition() instanceof Precondition.MustEqual expected) {
      return expected.digest();
    }
    throw moved(action.key());
  }

  private static void requireDigest(ResourceKey key, ContentDigest expected, ContentDigest found) {
    if (!found.equals(expected)) {
      throw moved(key);
    }
  }

  private Disk.Place place(ResourceKey key) throws IOException {
    try {
      return tree.existing(key.name());
    } catch (NoSuchFileException e) {
      throw moved(key);
    }
  }

  private static ApplyException moved(ResourceKey key) {
    return new ApplyException(FailureCategory.STALE, key + ": writing failed: " + CHANGED);
  }
}
