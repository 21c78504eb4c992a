package io.github.gitops4j.filesystem;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Does one action after the other to the live files. Each is one rename; what it displaces is
 * looked at before and after, and kept if it is not what was expected.
 *
 * <p>Not thread-safe.
 */
final class Publishing {
  private final ConfinedTree tree;
  private final Path root;
  private final Quarantine quarantine;
  private final String operation;
  private int withdrawn;

  Publishing(ConfinedTree tree, Path root, Quarantine quarantine, String operation) {
    this.tree = tree;
    this.root = root;
    this.quarantine = quarantine;
    this.operation = operation;
  }

  /** Puts a staged file into place. */
  ApplyOutcome write(PlannedAction action, Path staged) throws IOException {
    String path = action.key().name();
    ContentDigest content = action.head().desired().orElseThrow();
    Applied applied = new Applied(content, content, "");
    if (action.head().precondition() instanceof Precondition.MustEqual expected) {
      ConfinedTree.Place place = place(action.key(), path, false);
      try (LiveHandle live = LiveHandle.open(place, root.resolve(path))) {
        live.requireDigest(action.key(), expected.digest());
        Path kept = keeps(action) ? live.copyTo(quarantine.place(operation, path)) : null;
        tree.publish(staged, place);
        // Somebody may have written to the old file between our look and the rename.
        if (kept == null && !live.stillHas(expected.digest())) {
          kept = live.copyTo(quarantine.place(operation, path));
        }
        return new ApplyOutcome.Written(
            action.key(), Effect.UPDATED, applied, kept == null ? "" : quarantine.shown(kept));
      }
    }
    ConfinedTree.Place place = place(action.key(), path, true);
    if (LiveHandle.exists(place)) {
      throw moved(action.key());
    }
    tree.publish(staged, place);
    return ApplyOutcome.Written.of(action.key(), Effect.CREATED, applied);
  }

  private static boolean keeps(PlannedAction action) {
    return action instanceof PlannedAction.Update update
        && update.overwritten() == LiveContent.KEEP_ASIDE;
  }

  /** Checks that what is to be owned from now on is what was planned. */
  ApplyOutcome adopt(PlannedAction action) throws IOException {
    ContentDigest content = action.head().desired().orElseThrow();
    requireUnchanged(action);
    return ApplyOutcome.Written.of(action.key(), Effect.ADOPTED, new Applied(content, content, ""));
  }

  /** Takes a file away: for good if it is what we wrote, into quarantine otherwise. */
  ApplyOutcome remove(PlannedAction action) throws IOException {
    String path = action.key().name();
    ContentDigest expected = requireUnchanged(action);
    ConfinedTree.Place place = place(action.key(), path, false);
    Path taken = tree.withdraw(place, FileSession.WITHDRAWN + withdrawn++);
    boolean ours =
        action instanceof PlannedAction.Prune
            && FileReading.digest(taken, FileStat.of(taken)).equals(expected);
    String kept = "";
    if (ours) {
      Files.delete(taken);
    } else {
      Path aside = quarantine.place(operation, path);
      Files.move(taken, aside);
      kept = quarantine.shown(aside);
    }
    tree.removeEmptyParents(path);
    return new ApplyOutcome.Removed(action.key(), ours ? Effect.PRUNED : Effect.QUARANTINED, kept);
  }

  private ContentDigest requireUnchanged(PlannedAction action) throws IOException {
    if (!(action.head().precondition() instanceof Precondition.MustEqual expected)) {
      throw moved(action.key());
    }
    ConfinedTree.Place place = place(action.key(), action.key().name(), false);
    try (LiveHandle live = LiveHandle.open(place, root.resolve(action.key().name()))) {
      live.requireDigest(action.key(), expected.digest());
    }
    return expected.digest();
  }

  private ConfinedTree.Place place(ResourceKey key, String path, boolean make) throws IOException {
    try {
      return make ? tree.making(path) : tree.existing(path);
    } catch (NoSuchFileException e) {
      throw moved(key);
    }
  }

  static ApplyException moved(ResourceKey key) {
    return new ApplyException(
        FailureCategory.STALE, key + ": writing failed: it changed since it was planned");
  }
}
