package io.github.gitops4j.filesystem;

import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.resource.ContentDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a file becomes a directory or the other way round, the old one goes in the wave in which
 * the new one comes; if the old one is held, so is the new one. A directory of which all our files
 * go is not in the way of a file: if somebody else's are left in it, writing that file fails. A
 * directory where a file of ours was is never removed for that file.
 */
final class FileArrangement implements Arrangement {
  private static final ContentDigest DIRECTORY = FileDigests.ofOther("directory");

  @Override
  public List<PlannedAction> arrange(List<PlannedAction> planned) {
    List<PlannedAction> actions =
        planned.stream().map(FileArrangement::releasedIfDirectory).toList();
    Map<String, PlannedAction> removals = new HashMap<>();
    Map<String, PlannedAction> writes = new HashMap<>();
    for (PlannedAction action : actions) {
      (action.head().desired().isPresent() ? writes : removals).put(action.key().name(), action);
    }
    if (removals.isEmpty() || writes.isEmpty()) {
      return actions;
    }
    Map<String, Step> moved = new HashMap<>();
    Map<String, PlannedAction> blocked = new HashMap<>();
    for (PlannedAction write : writes.values()) {
      PlannedAction inTheWay = ancestor(write.key().name(), removals);
      note(inTheWay, write, moved, blocked);
    }
    for (PlannedAction removal : removals.values()) {
      PlannedAction below = ancestor(removal.key().name(), writes);
      if (below instanceof PlannedAction.Hold hold && isEmptied(hold, removal)) {
        below = create(hold);
        writes.put(below.key().name(), below);
      }
      if (below != null) {
        note(removal, below, moved, blocked);
      }
    }
    List<PlannedAction> arranged = new ArrayList<>(actions.size());
    for (PlannedAction action : actions) {
      PlannedAction now =
          action.head().desired().isPresent() ? writes.get(action.key().name()) : action;
      arranged.add(rearranged(now == null ? action : now, moved, blocked));
    }
    return arranged;
  }

  /** Where a directory is now, our file is gone; the directory may well hold declared files. */
  private static PlannedAction releasedIfDirectory(PlannedAction action) {
    boolean removes =
        action instanceof PlannedAction.Prune || action instanceof PlannedAction.Quarantine;
    return removes
            && action.head().precondition() instanceof Precondition.MustEqual seen
            && seen.digest().equals(DIRECTORY)
        ? new PlannedAction.Release(action.head())
        : action;
  }

  private static boolean isEmptied(PlannedAction.Hold hold, PlannedAction removal) {
    return hold.reason() == HoldReason.UNMANAGED_IN_THE_WAY
        && !(removal instanceof PlannedAction.Hold)
        && hold.head().precondition() instanceof Precondition.MustEqual seen
        && seen.digest().equals(DIRECTORY);
  }

  private static PlannedAction create(PlannedAction.Hold hold) {
    ActionHead head = hold.head();
    return new PlannedAction.Create(
        new ActionHead(
            head.key(),
            head.step(),
            head.desired(),
            Precondition.MustBeAbsent.INSTANCE,
            head.origin()));
  }

  private static void note(
      @Nullable PlannedAction removal,
      PlannedAction write,
      Map<String, Step> moved,
      Map<String, PlannedAction> blocked) {
    if (removal == null || write instanceof PlannedAction.Hold) {
      return;
    }
    if (removal instanceof PlannedAction.Hold) {
      blocked.put(write.key().name(), removal);
    } else {
      moved.merge(removal.key().name(), write.step(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
  }

  private static PlannedAction rearranged(
      PlannedAction action, Map<String, Step> moved, Map<String, PlannedAction> blocked) {
    PlannedAction inTheWay = blocked.get(action.key().name());
    if (inTheWay != null && !(action instanceof PlannedAction.Hold)) {
      return PlannedAction.Hold.of(
          action,
          HoldReason.DEPENDENCY,
          inTheWay.key() + " is in the way, and its removal is held");
    }
    Step step = moved.get(action.key().name());
    return step == null || action.head().desired().isPresent() ? action : action.at(step);
  }

  private static @Nullable PlannedAction ancestor(
      String path, Map<String, PlannedAction> candidates) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      PlannedAction found = candidates.get(path.substring(0, slash));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
