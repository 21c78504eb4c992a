package io.github.gitops4j.git;

import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a name in a directory stands for.
 *
 * @param mode the mode as it is written there
 * @param id the object
 */
record TreeItem(int mode, ObjectId id) {
  static TreeItem directory(ObjectId tree) {
    return new TreeItem(FileMode.TREE.getBits(), tree);
  }

  static TreeItem file(ObjectId blob) {
    return new TreeItem(FileMode.REGULAR_FILE.getBits(), blob);
  }

  boolean isDirectory() {
    return FileMode.TREE.equals(mode);
  }

  boolean isFile() {
    return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
  }
}
