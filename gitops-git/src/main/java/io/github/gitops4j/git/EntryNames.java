package io.github.gitops4j.git;

import io.github.gitops4j.source.TreeEntry;
import java.util.Arrays;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * How names of trees are spelled. JGit reads a name that is not UTF-8 as another encoding, and so
 * gives the name of another file.
 */
final class EntryNames {
  private EntryNames() {}

  /** Returns the path at which a walk is. */
  static String path(TreeWalk walk) {
    String path = walk.getPathString();
    return isAscii(path) ? path : TreeEntry.spelled(walk.getRawPath());
  }

  /** Returns the name at which a parser is that began at the tree itself. */
  static String name(CanonicalTreeParser parser) {
    String name = parser.getEntryPathString();
    return isAscii(name)
        ? name
        : TreeEntry.spelled(
            Arrays.copyOf(parser.getEntryPathBuffer(), parser.getEntryPathLength()));
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }
}
