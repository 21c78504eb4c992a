package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One immutable state of a tree of files. Reading it later gives the same bytes.
 *
 * <ul>
 *   <li>ST-1: {@link #id()} is equal for equal trees (paths, modes, bytes) of one source, and only
 *       for those.
 *   <li>ST-2: {@link #forEach} gives each file once, ordered by path as Git orders them or by code
 *       unit; the order is the same each time.
 *   <li>ST-3: {@link #open} gives the bytes that {@link TreeEntry#contentId()} names; if they are
 *       gone, opening or reading to the end throws. {@link #size} is their number.
 *   <li>ST-4: {@link #changesSince} is Known only if it is complete; an id that is not known gives
 *       Unknown, never an empty list.
 *   <li>ST-5: a name is given as it is, hostile or not, and spelled as {@link TreeEntry#spelled}
 *       says; judging names is the model's work.
 *   <li>ST-6: {@link #find} and {@link #names} agree with {@link #forEach}.
 *   <li>ST-7: every call ends at its deadline or soon after it is cancelled.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface SourceTree {
  /** Returns the id of this tree. */
  String id();

  /**
   * Gives each file to the visitor.
   *
   * @throws io.github.gitops4j.error.SourceException if the tree cannot be read
   */
  void forEach(Consumer<TreeEntry> visitor, CallContext call);

  /**
   * Returns the names of files and directories directly below a directory, unordered and with
   * duplicates if the tree has them; empty text is the root.
   */
  List<String> names(String directory, CallContext call);

  /** Returns the file at a path, if there is one. */
  Optional<TreeEntry> find(String path, CallContext call);

  /**
   * Opens the bytes of an entry of this tree; the caller closes the stream.
   *
   * @throws IOException if they cannot be read
   */
  InputStream open(TreeEntry entry) throws IOException;

  /** Returns the number of bytes of an entry of this tree, without reading them. */
  long size(TreeEntry entry) throws IOException;

  /** Returns what changed from the tree with that id to this one. */
  TreeChanges changesSince(String treeId, CallContext call);
}
