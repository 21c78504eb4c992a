package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Lays one directory over another, of which some files stay as they are.
 *
 * <p>Confined to one call.
 */
final class TreePromotion {
  private final PathGlobs kept;
  private final ObjectReader reader;
  private final MemoryObjects objects;
  private boolean taken;

  TreePromotion(PathGlobs kept, ObjectReader reader, MemoryObjects objects) {
    this.kept = kept;
    this.reader = reader;
    this.objects = objects;
  }

  /**
   * Returns the tree.
   *
   * @param target what is replaced, if it is there
   * @throws GitWriteException if nothing of the source would be in it, or a file that stays is
   *     where the source has something else
   */
  ObjectId of(ObjectId source, @Nullable ObjectId target) throws IOException {
    ObjectId merged = merge(source, target, "");
    if (merged == null || !taken) {
      throw GitWriteException.of(
          FailureCategory.INVALID_INPUT,
          "promoting failed: there is nothing to promote but files that are kept back");
    }
    return merged;
  }

  private @Nullable ObjectId merge(
      @Nullable ObjectId source, @Nullable ObjectId target, String prefix) throws IOException {
    if (source != null && source.equals(target)) {
      taken = true;
      return source;
    }
    TreeNames from = TreeNames.read(source, reader);
    TreeNames onto = TreeNames.read(target, reader);
    TreeNames result = new TreeNames();
    from.forEach(
        (name, item) -> {
          String path = prefix + name;
          if (item.isDirectory()) {
            add(result, name, merge(item.id(), onto.directory(name), path + "/"));
          } else if (!isKept(path)) {
            taken = true;
            result.put(name, item);
          }
        });
    onto.forEach(
        (name, item) -> {
          String path = prefix + name;
          if (item.isDirectory()) {
            if (from.directory(name) == null) {
              ObjectId rest = merge(null, item.id(), path + "/");
              refuseClash(rest != null, result, name, path);
              add(result, name, rest);
            }
          } else if (isKept(path)) {
            refuseClash(true, result, name, path);
            result.put(name, item);
          }
        });
    return result.write(objects);
  }

  private static void add(TreeNames result, String name, @Nullable ObjectId tree) {
    if (tree != null) {
      result.put(name, TreeItem.directory(tree));
    }
  }

  private boolean isKept(String path) {
    return kept.matches(TreeNames.text(path));
  }

  private static void refuseClash(boolean stays, TreeNames result, String name, String path) {
    if (stays && result.find(name).isPresent()) {
      throw GitWriteException.of(
          FailureCategory.INVALID_INPUT,
          "promoting failed: "
              + TreeNames.text(path)
              + " is to stay as it is, and what is promoted has something else there");
    }
  }
}
