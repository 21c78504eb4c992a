package io.github.gitops4j.testkit.git;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectInserter;

/** One change of a tree, kept until the commit is created. */
@FunctionalInterface
interface TreeEdit {
  void apply(TreeNode root, ObjectInserter inserter) throws IOException;
}
