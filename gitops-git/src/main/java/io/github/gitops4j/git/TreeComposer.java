package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Makes new trees of those that are there; what is not touched is taken over by its id, unread.
 *
 * <p>Confined to one call.
 */
final class TreeComposer {
  private final ObjectReader reader;
  private final MemoryObjects objects;

  TreeComposer(ObjectReader reader, MemoryObjects objects) {
    this.reader = reader;
    this.objects = objects;
  }

  /**
   * Returns a tree in which a path stands for something else, or for nothing.
   *
   * @return the new tree, or nothing if no file would be left
   */
  @Nullable ObjectId with(@Nullable ObjectId tree, String path, @Nullable TreeItem item)
      throws IOException {
    return path.isEmpty() ? whole(item) : at(tree, TreeNames.raw(path), item);
  }

  private static @Nullable ObjectId whole(@Nullable TreeItem item) {
    return item == null ? null : item.id();
  }

  private @Nullable ObjectId at(@Nullable ObjectId tree, String path, @Nullable TreeItem item)
      throws IOException {
    TreeNames names = TreeNames.read(tree, reader);
    int slash = path.indexOf('/');
    if (slash < 0) {
      names.set(path, item);
      return names.write(objects);
    }
    String name = path.substring(0, slash);
    if (names.find(name).isPresent() && names.directory(name) == null) {
      throw GitWriteException.of(
          FailureCategory.INVALID_INPUT,
          "writing failed: " + TreeNames.text(name) + " is not a directory there");
    }
    ObjectId below = at(names.directory(name), path.substring(slash + 1), item);
    names.set(name, below == null ? null : TreeItem.directory(below));
    return names.write(objects);
  }
}
