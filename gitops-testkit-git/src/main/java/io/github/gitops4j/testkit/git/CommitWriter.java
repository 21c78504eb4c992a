package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/** Plays the edits of one commit: loose objects for a few files, one pack for many. */
final class CommitWriter {
  private static final int FILES_WORTH_A_PACK = 1_000;

  private final TestRepository repository;
  private final int fileCount;

  CommitWriter(TestRepository repository, int fileCount) {
    this.repository = repository;
    this.fileCount = fileCount;
  }

  String writeTree(Optional<String> base, List<TreeEdit> edits) {
    try (ObjectInserter inserter = newInserter();
        ObjectReader reader = repository.jgit().newObjectReader()) {
      TreeNode root =
          base.isPresent()
              ? TreeNode.read(reader, ObjectId.fromString(base.get()))
              : TreeNode.empty(reader);
      for (TreeEdit edit : edits) {
        edit.apply(root, inserter);
      }
      ObjectId id = root.write(inserter);
      inserter.flush();
      return id.name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectId content(ObjectInserter inserter, byte[] bytes, EntryMode mode)
      throws IOException {
    return mode == EntryMode.SUBMODULE
        ? ObjectId.fromString(new String(bytes, US_ASCII))
        : inserter.insert(Constants.OBJ_BLOB, bytes);
  }

  static TreeNode directory(TreeNode root, RawPath path) throws IOException {
    TreeNode node = root;
    for (String name : path.directories()) {
      node = node.directory(name);
    }
    return node;
  }

  private ObjectInserter newInserter() {
    if (fileCount >= FILES_WORTH_A_PACK
        && repository.jgit().getObjectDatabase() instanceof ObjectDirectory directory) {
      return directory.newPackInserter();
    }
    return repository.jgit().newObjectInserter();
  }
}
